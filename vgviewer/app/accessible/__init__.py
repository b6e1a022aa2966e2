"""What a screen reader is told that Qt cannot know: what our own widgets are, the blocks of the canvas, and what has
just been said. Nothing of it is made before a reader asks."""

from vgviewer.app.accessible.aloud import announce, announce_block
from vgviewer.app.accessible.roles import install

__all__ = ["announce", "announce_block", "install"]
