"""The dialog of the preferences, made of the description in `choices.py`."""

from vgviewer.app.settings.opening import Settling

__all__ = ["Settling"]
