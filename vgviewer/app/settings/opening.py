"""The preferences as something a command can open."""

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from vgviewer.app.preferences import Preferences


class Settling(QObject):
    """One dialog at a time; it stays open beside the window, so that one sees what a choice does."""

    def __init__(self, preferences: Preferences, window: QWidget) -> None:
        super().__init__(window)
        self._preferences = preferences
        self._window = window

    def show(self) -> None:
        """Opens the dialog, or brings it to the front."""
        from vgviewer.app.settings.dialog import PreferencesDialog  # not needed for the first paint

        open_already = self._window.findChild(PreferencesDialog)
        dialog = open_already or PreferencesDialog(self._preferences, self._window)
        dialog.show()
        dialog.raise_()
        dialog.activateWindow()
