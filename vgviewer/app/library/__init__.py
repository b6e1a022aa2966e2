"""The runs that were recorded here: their folder, and what is seen of them."""

from vgviewer.app.library.shelf import Shelf

__all__ = ["Shelf"]
