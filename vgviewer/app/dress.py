"""Which theme is worn: the person's choice, or what the desktop says."""

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication

from vgviewer.app import theme
from vgviewer.app.preferences import SYSTEM, Preferences


def wear(app: QApplication, choice: str) -> None:
    """Dresses the application in "light", "dark" or as the desktop is; light where the desktop does not say."""
    if choice == SYSTEM:
        hints = app.styleHints()
        hints.unsetColorScheme()
        choice = "dark" if hints.colorScheme() is Qt.ColorScheme.Dark else "light"
    theme.apply(app, theme.THEMES[choice])


class Wardrobe(QObject):
    """Changes the theme and remembers the choice."""

    def __init__(self, preferences: Preferences, parent: QObject) -> None:
        super().__init__(parent)
        self._preferences = preferences

    def light(self) -> None:
        """Dark text on a light ground, from now on."""
        self._choose("light")

    def dark(self) -> None:
        """Light text on a dark ground, from now on."""
        self._choose("dark")

    def system(self) -> None:
        """As the desktop is, from now on."""
        self._choose(SYSTEM)

    def toggle(self) -> None:
        """From light to dark and back."""
        self._choose("light" if theme.current().is_dark else "dark")

    def _choose(self, choice: str) -> None:
        self._preferences.theme = choice
        application = QApplication.instance()
        if isinstance(application, QApplication):
            wear(application, choice)
