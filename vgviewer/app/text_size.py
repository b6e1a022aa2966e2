"""How large texts and distances are: the person's choice, kept, and for a while larger when presenting."""

from PySide6.QtCore import QObject

from vgviewer.app import theme
from vgviewer.app.dress import application
from vgviewer.app.preferences import Preferences

SIZES = (80, 90, 100, 110, 125, 150, 175, 200, 250, 300)  # %


class TextSize(QObject):
    """Everything that is drawn follows `theme.changed`; here it is said by how much."""

    def __init__(self, preferences: Preferences, parent: QObject) -> None:
        super().__init__(parent)
        self._preferences = preferences
        self._is_presenting = False
        preferences.changed.connect(self._follow_choice)
        self._apply()

    def larger(self) -> None:
        """The next size up."""
        self._choose(next((size for size in SIZES if size > self._chosen), SIZES[-1]))

    def smaller(self) -> None:
        """The next size down."""
        self._choose(next((size for size in reversed(SIZES) if size < self._chosen), SIZES[0]))

    def normal(self) -> None:
        """As large as it is drawn."""
        self._choose(100)

    def present(self, is_presenting: bool) -> None:
        """So large that it is read from afar, or no longer."""
        self._is_presenting = is_presenting
        self._apply()

    def enlarge(self) -> None:
        """What is dressed from now on has the size that is chosen."""
        choices = self._preferences.choices
        percent = max(choices.text_size, choices.presentation_size if self._is_presenting else 0)
        theme.enlarge(percent / 100, from_afar=self._is_presenting)

    @property
    def _chosen(self) -> int:
        """The size that the keys change: that of presenting while it lasts."""
        choices = self._preferences.choices
        return choices.presentation_size if self._is_presenting else choices.text_size

    def _choose(self, percent: int) -> None:
        if self._is_presenting:
            self._preferences.choose(presentation_size=min(250, max(125, percent)))
        else:
            self._preferences.choose(text_size=percent)

    def _follow_choice(self, name: str) -> None:
        if name in ("text_size", "presentation_size"):
            self._apply()

    def _apply(self) -> None:
        self.enlarge()
        theme.apply(application(), theme.current(), follows_system=self._preferences.theme == "system")
