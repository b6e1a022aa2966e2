"""Where somebody points in a picture, with the mouse or with the keys."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QKeyEvent

from vgviewer.app import theme
from vgviewer.app.picture.cursor import CellCursor, Stops
from vgviewer.app.picture.plot import Plot

Place = tuple[float, float]
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class Pointing(QObject):
    """`at` is the data coordinate that is pointed at, None where nothing is. A mouse that moves takes over from the
    keys; they let go with the focus."""

    changed = Signal()
    picked = Signal(float, float)  # by Enter
    by_hand = Signal(object)  # Place or None, where somebody points in this very picture

    def __init__(self, plot: Plot, stops: Callable[[], Stops], words: Callable[[float, float], str]) -> None:
        super().__init__(plot)
        self.at: Place | None = None
        self._plot = plot
        self._stops = stops
        self._words = words
        self._cursor = CellCursor(plot)
        plot.pointed.connect(self._hover)
        plot.left.connect(self._leave)
        plot.key_pressed.connect(self._take)
        plot.focused.connect(self._follow_focus)

    def follow(self) -> None:
        """The cursor stays in its cell when the picture has become another."""
        if self._cursor.is_shown:
            self.at = self._cursor.follow(self._stops())

    def echo(self, at: Place | None) -> None:
        """Somebody points there in another picture of the same kind."""
        self._cursor.hide()
        self.at = at
        self.changed.emit()

    def wear(self, dress: theme.Theme, line_scale: float) -> None:
        """Takes the colors of the theme."""
        self._cursor.wear(dress, line_scale)

    def _hover(self, x: float, y: float) -> None:
        self._cursor.hide()
        self._show((x, y))

    def _leave(self) -> None:
        if not self._cursor.is_shown:
            self._show(None)

    def _follow_focus(self, has_focus: bool) -> None:
        if not has_focus and self._cursor.is_shown:
            self._cursor.hide()
            self._show(None)

    def _take(self, event: QKeyEvent) -> None:
        if event.key() in ENTER and self.at:
            event.accept()
            self.picked.emit(*self.at)
            return
        with_ctrl = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if not self._plot.isVisible() or not self._cursor.press(
            Qt.Key(event.key()), with_ctrl, self._stops()
        ):
            return
        event.accept()
        at = self._cursor.follow(self._stops())
        if at is not None:
            self._show(at)
            self._say_aloud(self._words(*at))

    def _say_aloud(self, words: str) -> None:
        """To those who do not see the header."""
        self._plot.setAccessibleDescription(words)
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self._plot, words))

    def _show(self, at: Place | None) -> None:
        self.at = at
        self.changed.emit()
        self.by_hand.emit(at)
