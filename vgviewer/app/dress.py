"""Which theme is worn: the person's choice, or what the desktop says, also when that changes."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication

from vgviewer.app import theme
from vgviewer.app.preferences import SYSTEM, Preferences

if TYPE_CHECKING:
    from vgviewer.app.text_size import TextSize


def wear(app: QApplication, choice: str) -> None:
    """Dresses the application in a theme by name, or as the desktop is; light where the desktop does not say."""
    if choice != SYSTEM:
        theme.apply(app, theme.THEMES[choice])
        return
    app.styleHints().unsetColorScheme()
    theme.apply(app, of_scheme(app.styleHints().colorScheme()), follows_system=True)


def of_scheme(scheme: Qt.ColorScheme) -> theme.Theme:
    """What a desktop of this scheme wants."""
    return theme.DARK if scheme is Qt.ColorScheme.Dark else theme.LIGHT


class Wardrobe(QObject):
    """Changes the theme and remembers the choice; follows the desktop while that is the choice."""

    def __init__(self, preferences: Preferences, text_size: "TextSize", parent: QObject) -> None:
        super().__init__(parent)
        self._preferences, self._text_size = preferences, text_size
        preferences.changed.connect(self._follow_choice)
        application().styleHints().colorSchemeChanged.connect(self.follow_system)

    def light(self) -> None:
        """Dark text on a light ground, from now on."""
        self._preferences.choose(theme="light")

    def dark(self) -> None:
        """Light text on a dark ground, from now on."""
        self._preferences.choose(theme="dark")

    def contrast(self) -> None:
        """White and strong colors on black, from now on."""
        self._preferences.choose(theme="contrast")

    def system(self) -> None:
        """As the desktop is, from now on."""
        self._preferences.choose(theme=SYSTEM)

    def toggle(self) -> None:
        """From light to dark and back."""
        self._preferences.choose(theme="light" if theme.current().is_dark else "dark")

    def follow_system(self, scheme: Qt.ColorScheme) -> None:
        """The desktop has become light or dark."""
        if self._preferences.theme == SYSTEM:
            theme.apply(application(), of_scheme(scheme), follows_system=True)

    def _follow_choice(self, name: str) -> None:
        if name == "theme":
            self._text_size.enlarge()  # chosen with it, perhaps: everything is dressed once
            wear(application(), self._preferences.theme)


def application() -> QApplication:
    """The one of this program."""
    found = QApplication.instance()
    assert isinstance(found, QApplication)
    return found
