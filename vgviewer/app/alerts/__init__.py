"""The alerts of a run as cards: what is wrong, why, and what may help."""

from vgviewer.app.alerts.cards import AlertList
from vgviewer.app.alerts.looks import LOOKS, OTHER

__all__ = ["LOOKS", "OTHER", "AlertList"]
