"""Reduced motion: nothing glides, fades or blinks for who does not want it; what changes is there at once."""

from functools import cache

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication, QMainWindow

from vgviewer.app.dress import application
from vgviewer.app.preferences import Preferences

EFFECTS = (
    Qt.UIEffect.UI_AnimateMenu,
    Qt.UIEffect.UI_FadeMenu,
    Qt.UIEffect.UI_AnimateCombo,
    Qt.UIEffect.UI_AnimateTooltip,
    Qt.UIEffect.UI_FadeTooltip,
)
CALM_S = 1.0  # between two drawings of a picture, where a live one would be nervous
_calm = {"is_reduced": False}


def is_reduced() -> bool:
    """Whether the person wants as little motion as possible."""
    return _calm["is_reduced"]


def interval(seconds: float) -> float:
    """How often a picture that is drawn every so many seconds is drawn for this person."""
    return max(seconds, CALM_S) if is_reduced() else seconds


@cache
def _of_the_system() -> tuple[int, tuple[Qt.UIEffect, ...]]:
    """How long a blink of the text cursor takes, in ms, and which effects there are, before anything was stilled."""
    return QApplication.cursorFlashTime(), tuple(filter(QApplication.isEffectEnabled, EFFECTS))


class Motion(QObject):
    """Applies the choice to what Qt itself moves: docks, menus, the text cursor."""

    def __init__(self, preferences: Preferences, docks: QMainWindow, parent: QObject) -> None:
        super().__init__(parent)
        self._preferences = preferences
        self._docks = docks
        self._blink_ms, self._effects = _of_the_system()
        preferences.changed.connect(self._follow_choice)
        self._apply()

    def _follow_choice(self, name: str) -> None:
        if name == "reduce_motion":
            self._apply()

    def _apply(self) -> None:
        reduce = self._preferences.choices.reduce_motion
        _calm["is_reduced"] = reduce
        self._docks.setAnimated(not reduce)
        application().setCursorFlashTime(0 if reduce else self._blink_ms)
        for effect in self._effects:
            QApplication.setEffectEnabled(effect, not reduce)
