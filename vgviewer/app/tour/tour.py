"""The tour: a veil over the window with a hole for what is spoken of, and a bubble beside it."""

from operator import attrgetter

from PySide6.QtCore import QByteArray, QEvent, QObject, QPoint, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QMainWindow, QPushButton, QWidget

from vgviewer.app import theme
from vgviewer.app.desk import LAYOUTS, Desk, Layout
from vgviewer.app.desk.arranging import put_back
from vgviewer.app.overlay import is_there
from vgviewer.app.tour.bubble import Bubble
from vgviewer.app.tour.stops import STOPS, Stop
from vgviewer.app.welcome.stage import Stage

VEIL = 96  # of 255: what is not spoken of is still there
EDGE = 4  # px around the target
RADIUS = 8  # px
PRESSING = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
FORTH = (Qt.Key.Key_Right, Qt.Key.Key_PageDown)
BACK = (Qt.Key.Key_Left, Qt.Key.Key_PageUp, Qt.Key.Key_Backspace)
COMMANDING = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier


class Tour(QWidget):
    """A child of the window that lies over all of it. When it ends, everything stands where it stood before."""

    ended = Signal()

    def __init__(self, window: QMainWindow, desk: Desk, stage: Stage) -> None:
        super().__init__(window)
        self.hide()
        self.setObjectName("tour")
        self._desk, self._stage = desk, stage
        self._before: tuple[Layout, QByteArray, bool, QWidget | None] | None = None
        self._place = 0
        self.bubble = Bubble(self)
        self.bubble.back_wanted.connect(self.go_back)
        self.bubble.next_wanted.connect(self.go_on)
        self.bubble.end_wanted.connect(self.end)
        for watched in (window, self.bubble.end, self.bubble.back, self.bubble.next):
            watched.installEventFilter(self)
        theme.changed.connect(self._arrange)

    @property
    def stop(self) -> Stop:
        """What is spoken of."""
        return STOPS[self._place]

    def begin(self) -> None:
        """From the first stop, as often as one likes."""
        if self.isVisible():
            return
        stage, desk = self._stage, self._desk
        was_welcome, focus = stage.is_welcome, self.window().focusWidget()
        stage.show_desk()
        self._before = (desk.arrangement, desk.saveState(), was_welcome, focus)
        desk.arrange(LAYOUTS["watch"])
        self.show()
        self._go(0)

    def go_on(self) -> None:
        """To the next stop; the last one ends at the desk, where one can begin."""
        if self._place + 1 < len(STOPS):
            self._go(self._place + 1)
        else:
            self._leave(at_desk=True)

    def go_back(self) -> None:
        """To the stop before."""
        if self._place:
            self._go(self._place - 1)

    def end(self) -> None:
        """At any time; the welcome page comes back if it was left for this."""
        self._leave(at_desk=False)

    def target_rect(self) -> QRect:
        """Where the stop's part of the window is, in the window; empty where it is not to be seen."""
        target = self._target()
        if not target.isVisible():
            return QRect(self.rect().center(), QPoint(0, 0))
        return QRect(target.mapTo(self.window(), QPoint()), target.size()) & self.rect()

    def event(self, event: QEvent) -> bool:
        """Keys without Ctrl are the tour's: the space bar does not train while it lasts."""
        is_key = event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent)
        if is_key and isinstance(event, QKeyEvent) and not event.modifiers() & COMMANDING:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self._press(Qt.Key(event.key()))

    def focusNextPrevChild(self, next_one: bool) -> bool:
        buttons = self.bubble.buttons
        focus = self.focusWidget()
        place = next((number for number, button in enumerate(buttons) if button is focus), 0)
        buttons[(place + (1 if next_one else -1)) % len(buttons)].setFocus(Qt.FocusReason.TabFocusReason)
        return True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Resize and watched is self.window() and self.isVisible():
            self._arrange()
            return super().eventFilter(watched, event)
        is_key = event.type() is QEvent.Type.KeyPress and watched in self.bubble.buttons
        if is_key and isinstance(event, QKeyEvent):  # to a button an arrow means the next button
            return self._press(Qt.Key(event.key()), watched)
        return super().eventFilter(watched, event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.accept()  # what lies below is only looked at

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        hole, veil = QPainterPath(), QPainterPath()
        box, radius = QRectF(self._hole()).adjusted(1, 1, -1, -1), theme.px(RADIUS)
        hole.addRoundedRect(box, radius, radius)
        veil.addRect(QRectF(self.rect()))
        painter.fillPath(veil.subtracted(hole), QColor(0, 0, 0, VEIL))
        painter.setPen(QPen(QColor(theme.current().accent), 2))
        painter.drawPath(hole)

    def _press(self, key: Qt.Key, button: QObject | None = None) -> bool:
        """True where the key is one of the tour's; Enter and Space press the button that has the focus."""
        if key == Qt.Key.Key_Escape:
            self.end()
        elif key in PRESSING and isinstance(button, QPushButton):
            button.click()
        elif key in (*PRESSING, *FORTH):
            self.go_on()
        elif key in BACK:
            self.go_back()
        else:
            return False
        return True

    def _go(self, place: int) -> None:
        self._place = place
        pane = self._desk.panes.get(self.stop.target)
        if pane is not None:
            pane.show()
            pane.raise_()
        self.bubble.show_stop(self.stop, place + 1, len(STOPS))
        self.bubble.next.setFocus()
        self._arrange()

    def _leave(self, at_desk: bool) -> None:
        if self._before is None:
            return
        (layout, state, was_welcome, focus), self._before = self._before, None
        self.hide()
        self._desk.arrange(layout)
        put_back(self._desk, state)
        if was_welcome and not at_desk:
            self._stage.show_welcome()
        elif is_there(focus) and focus.isVisible():
            focus.setFocus()
        else:
            self._desk.network.canvas.setFocus()
        self.ended.emit()

    def _target(self) -> QWidget:
        pane = self._desk.panes.get(self.stop.target)
        found = pane if pane is not None else attrgetter(self.stop.target)(self.window())
        assert isinstance(found, QWidget)
        return found

    def _hole(self) -> QRect:
        edge = theme.px(EDGE)
        return self.target_rect().adjusted(-edge, -edge, edge, edge) & self.rect()

    def _arrange(self) -> None:
        if not self.isVisible():
            return
        self.setGeometry(self.window().rect())
        self.raise_()
        self.bubble.stand_at(self._hole(), self.rect())
        self.update()
