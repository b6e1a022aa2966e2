"""A sheet that lies over the window for a moment: Esc or a look elsewhere puts it away."""

from typing import TypeGuard

import shiboken6
from PySide6.QtCore import QEvent, QObject, QRectF, Qt
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QApplication, QFrame, QWidget

from vgviewer.app import theme

RADIUS = 10  # px


def is_there(before: QWidget | None) -> TypeGuard[QWidget]:
    """Whether who had the focus has not been deleted meanwhile: a network that is opened takes its fields along."""
    return before is not None and shiboken6.isValid(before)


class Overlay(QFrame):
    """A child of the window, so that no window system can place it wrongly. Who had the focus gets it back."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.hide()
        self._before: QWidget | None = None
        window.installEventFilter(self)
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusChanged.connect(self._follow_focus)
        theme.changed.connect(self.update)

    def place(self) -> None:
        """Sets its own geometry within the window."""
        raise NotImplementedError

    def begin(self) -> None:
        """Fills it and takes the focus; when it is to be seen."""
        raise NotImplementedError

    def toggle(self) -> None:
        """Opens it, or puts it away."""
        if self.isVisible():
            self.leave()
        else:
            self.open()

    def open(self) -> None:
        """Shows it on top of everything else."""
        focus = self.window().focusWidget()
        self._before = focus if focus is not None and not self.isAncestorOf(focus) else None
        self.place()
        self.show()
        self.raise_()
        self.begin()
        self.place()

    def leave(self) -> None:
        """Puts it away; the focus is where it was before."""
        before, self._before = self._before, None
        self.hide()
        if is_there(before) and before.isVisible():
            before.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
            return
        super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Esc is the sheet's while it lies there, whatever else the window does with it."""
        is_ours = event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent)
        if is_ours and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            event.accept()
            return True
        return super().event(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Resize and self.isVisible():
            self.place()
        return super().eventFilter(watched, event)

    def paintEvent(self, event: QPaintEvent) -> None:
        now, painter = theme.current(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(now.outline), 1))
        painter.setBrush(QColor(now.raised))
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(box, theme.px(RADIUS), theme.px(RADIUS))

    def _follow_focus(self, old: QWidget | None, new: QWidget | None) -> None:
        if self.isVisible() and new is not None and new is not self and not self.isAncestorOf(new):
            self._before = None
            self.hide()
