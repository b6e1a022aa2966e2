"""The strip that a pane is dragged by: out of sight until the pointer or the focus is near, a row of
buttons when it floats: what stands in the pane has a heading of its own."""

from PySide6.QtCore import QEvent, QPoint, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QContextMenuEvent, QEnterEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QDockWidget,
    QHBoxLayout,
    QMenu,
    QSizePolicy,
    QSpacerItem,
    QToolButton,
    QWidget,
)

from vgviewer.app import theme
from vgviewer.app.icons import icon

SLIM, TALL = 8, 40  # px
GRIP = (28, 3)  # px
ICON = 16  # px


class Handle(QWidget):
    """Leaves presses of the mouse to the dock, which drags; a double click floats or docks."""

    menu_wanted = Signal(QPoint)  # on the screen

    def __init__(self, dock: QDockWidget) -> None:
        super().__init__(dock)
        self._dock = dock
        self._is_near = False
        self.setCursor(Qt.CursorShape.OpenHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setToolTip("Drag to move, double-click to float, right-click for more")
        self.buttons: tuple[QToolButton, ...] = ()  # to put it back and to close it, once it has floated
        self._row = QHBoxLayout(self)
        theme.grow(self._row.setContentsMargins, 2 * theme.GRID, 0, theme.GRID, 0)
        self._row.addStretch(1)
        self._strut = QSpacerItem(0, 0)  # the layout knows the height: Qt asks for it thousands of times
        self._row.addSpacerItem(self._strut)
        dock.topLevelChanged.connect(self._show_form)
        theme.changed.connect(self._follow_theme)
        self._show_form(dock.isFloating())

    def come_near(self, is_near: bool) -> None:
        """Shows the grip while somebody is about."""
        if is_near != self._is_near:
            self._is_near = is_near
            self.update()

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.update()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.menu_wanted.emit(event.globalPos())

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._dock.isFloating() or not (self._is_near or self.underMouse()):
            return
        now, painter = theme.current(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(now.accent if self.underMouse() else now.handle))
        width, height = (theme.px(length) for length in GRIP)
        box = QRectF((self.width() - width) / 2, (self.height() - height) / 2, width, height)
        painter.drawRoundedRect(box, height / 2, height / 2)

    def _show_form(self, is_floating: bool) -> None:
        if is_floating and not self.buttons:
            self.buttons = self._make_buttons()
        for button in self.buttons:
            button.setVisible(is_floating)
        height = theme.px(TALL if is_floating else SLIM)
        self._strut.changeSize(0, height)
        self._row.invalidate()
        self.setFixedHeight(height)

    def _make_buttons(self) -> tuple[QToolButton, ...]:
        back = _button(self, "panel-bottom", "Put it back into the window")
        close = _button(self, "x", "Close this pane")
        back.clicked.connect(self._dock_again)
        close.clicked.connect(self._dock.close)
        for button in (back, close):
            self._row.insertWidget(self._row.count() - 1, button)
        return back, close

    def _follow_theme(self) -> None:
        self._show_form(self._dock.isFloating())
        self.update()

    def _dock_again(self) -> None:
        self._dock.setFloating(False)


class PaneMenu(QMenu):
    """What can be done with a pane that is pointed at; one for the whole desk."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._dock: QDockWidget | None = None
        self.setToolTipsVisible(True)
        self.floating = self.addAction("&Float")
        self.floating.triggered.connect(self._float)
        self.closing = self.addAction(icon("x"), "&Close")
        self.closing.triggered.connect(self._close)

    def open_for(self, dock: QDockWidget, where: QPoint) -> None:
        """Opens at that point of the screen."""
        self._dock = dock
        self.floating.setText("Put &Back" if dock.isFloating() else "&Float")
        self.floating.setIcon(icon("panel-bottom" if dock.isFloating() else "picture-in-picture-2"))
        self.popup(where)

    def _float(self) -> None:
        if self._dock is not None:
            self._dock.setFloating(not self._dock.isFloating())

    def _close(self) -> None:
        if self._dock is not None:
            self._dock.close()


def _button(parent: QWidget, name: str, tooltip: str) -> QToolButton:
    button = QToolButton(parent)
    button.setIcon(icon(name))
    theme.grow(button.setIconSize, ICON)
    button.setCursor(Qt.CursorShape.ArrowCursor)
    button.setToolTip(tooltip)
    button.setAccessibleName(tooltip)
    return button
