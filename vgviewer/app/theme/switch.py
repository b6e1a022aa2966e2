"""Which theme is worn, and the signal that everybody listens to."""

from PySide6.QtCore import QObject, Signal

from vgviewer.app.theme.colors import LIGHT, Theme


class Switch(QObject):
    """One for the program."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.theme = LIGHT
        self.look: tuple[Theme, float, bool] | None = None  # what was put on last, and how large


switch = Switch()
changed = switch.changed


def current() -> Theme:
    """The theme that the application shows now."""
    return switch.theme
