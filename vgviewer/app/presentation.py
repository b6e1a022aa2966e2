"""Presentation mode: what a room shall see, large, and nothing else; afterwards everything is as it was."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QEvent, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from vgviewer.app.desk import LAYOUTS, Layout
from vgviewer.app.desk.arranging import put_back
from vgviewer.app.desk.layouts import ABOVE_ALL, CURVES, OVER_STEPS
from vgviewer.app.overlay import is_there
from vgviewer.app.pointer import Lens, Ring

if TYPE_CHECKING:
    from vgviewer.app.window import Window

STAGE = replace(
    LAYOUTS["teach"],
    id="presentation",
    title="Presentation",
    right=(("alerts", "notes"),),
    right_parts=(1.0,),
    below=((ABOVE_ALL, CURVES + OVER_STEPS),),
    network=0.3,
    rows=(1.0,),
)
RETURN_MS = 1000  # a desktop has answered by then, or has other plans with the window
ONLY_WHILE_PRESENTING = ("blank", "magnify")


@dataclass(frozen=True)
class Before:
    """What the window looked like."""

    layout: Layout
    panes: QByteArray
    size: QSize  # of the desk
    is_full_screen: bool
    had_focus: QWidget | None


class Presentation(QObject):
    """The window with larger texts, without menus, palette and status line, and with a ring around the pointer."""

    changed = Signal(bool)  # whether it is on

    def __init__(self, window: "Window") -> None:
        super().__init__(window)
        self._window = window
        self._before: Before | None = None
        self._ring: Ring | None = None
        self._lens: Lens | None = None
        self._blank: Blank | None = None
        self._lent: list[QAction] = []
        self._returns_to: Before | None = None

    @property
    def is_on(self) -> bool:
        """Whether the window is presenting."""
        return self._before is not None

    def toggle(self) -> None:
        """Begins, or ends."""
        if self._before is None:
            self._begin()
        else:
            self._end(self._before)

    def blank(self) -> None:
        """A black screen, so that the room looks at who speaks; any key or click brings the picture back."""
        if self.is_on:
            self._blank = self._blank or Blank(self._window)
            self._blank.cover()

    def magnify(self) -> None:
        """A lens at the pointer, or no longer."""
        if not self.is_on:
            return
        self._lens = self._lens or Lens(self._window.centralWidget(), self._window)
        if self._lens.isHidden():
            self._lens.begin()
        else:
            self._lens.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Esc ends it where nobody else has a use for the key. A desktop takes its time until the window has another
        size: only then its panes find their places."""
        if watched is self._window.desk and event.type() is QEvent.Type.Resize:
            QTimer.singleShot(0, self._follow_size)
        is_key = self.is_on and watched is self._window and event.type() is QEvent.Type.KeyPress
        if is_key and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            self.toggle()
            return True
        return super().eventFilter(watched, event)

    def _begin(self) -> None:
        window, desk = self._window, self._window.desk
        desk.remember()
        self._before = Before(
            desk.arrangement, desk.saveState(), desk.size(), window.isFullScreen(), window.focusWidget()
        )
        for part in (window.menuBar(), window.status):
            part.hide()
        self._lent = [action for action in window.commands.values() if action not in window.actions()]
        window.addActions(self._lent)  # keys of a hidden menu bar are dead
        window.installEventFilter(self)
        desk.installEventFilter(self)
        window.setWindowState(window.windowState() | Qt.WindowState.WindowFullScreen)
        window.text_size.present(True)
        desk.arrange(STAGE)
        self._ring = self._ring or Ring(window)
        self._ring.begin()
        self.show_state()
        self.changed.emit(self.is_on)

    def _end(self, before: Before) -> None:
        window, desk = self._window, self._window.desk
        self._before = None
        for part in (self._ring, self._lens, self._blank):
            if part is not None:
                part.hide()
        self._returns_to = before
        window.removeEventFilter(self)
        for action in self._lent:
            window.removeAction(action)
        for shown in (window.menuBar(), window.status):
            shown.show()
        if not before.is_full_screen:
            window.setWindowState(window.windowState() & ~Qt.WindowState.WindowFullScreen)
        window.text_size.present(False)
        desk.arrange(before.layout)
        QTimer.singleShot(0, self._follow_size)  # when everything knows its smaller size
        QTimer.singleShot(RETURN_MS, self._stop_waiting)
        if is_there(before.had_focus):
            before.had_focus.setFocus()
        self.show_state()
        self.changed.emit(self.is_on)

    def _follow_size(self) -> None:
        desk = self._window.desk
        if self._blank is not None:
            self._blank.resize(self._window.size())
        if self.is_on:
            desk.arrange(STAGE)
        elif self._returns_to is not None:
            put_back(desk, self._returns_to.panes)
            if desk.size() == self._returns_to.size:
                self._stop_waiting()

    def _stop_waiting(self) -> None:
        if not self.is_on:
            self._returns_to = None
            self._window.desk.removeEventFilter(self)

    def show_state(self) -> None:
        """What the commands can do now."""
        commands = self._window.commands
        commands["present"].setChecked(self.is_on)
        commands["magnify"].setAutoRepeat(False)  # who holds the key holds the lens
        for name in ONLY_WHILE_PRESENTING:
            commands[name].setEnabled(self.is_on)


class Blank(QWidget):
    """Covers the window."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setAccessibleName("Blank screen")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.BlankCursor)
        self._had_focus: QWidget | None = None
        self.hide()

    def cover(self) -> None:
        """Until a key is pressed."""
        self._had_focus = self.window().focusWidget()
        self.resize(self.window().size())
        self.show()
        self.raise_()
        self.setFocus()

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), Qt.GlobalColor.black)

    def event(self, event: QEvent) -> bool:
        """All keys are for the black screen, those of commands too."""
        if event.type() is QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self._uncover()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._uncover()

    def _uncover(self) -> None:
        self.hide()
        if is_there(self._had_focus):
            self._had_focus.setFocus()
