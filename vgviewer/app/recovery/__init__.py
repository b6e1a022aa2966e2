"""A crash loses no work: a journal of what is not saved yet, and a question at the next start."""

from vgviewer.app.recovery.recovery import Recovery

__all__ = ["Recovery"]
