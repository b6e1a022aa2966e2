"""The drawing area of a view: a still pyqtgraph plot that says where the pointer is."""

from PySide6.QtCore import QEvent, QPointF, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QGraphicsView, QWidget

from vgviewer.app import theme
from vgviewer.app.picture.axes import TOP_MARGIN, PlainAxis, bottom_height
from vgviewer.app.picture.library import pg

Range = tuple[float, float]
BEHIND_CURVES = -200  # pyqtgraph's view box is at -100
RIGHT_MARGIN = 14  # px: half of the last tick's label
BY_KEYS = (
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
    Qt.FocusReason.OtherFocusReason,
)


class Plot(pg.PlotWidget):
    """Ranges are set by the view and by nothing else; positions are told in data coordinates."""

    pointed = Signal(float, float)
    left = Signal()
    clicked = Signal(float, float)
    double_clicked = Signal()
    key_pressed = Signal(QKeyEvent)  # whoever takes it accepts it
    focused = Signal(bool)
    resized = Signal()

    def __init__(self, left_axis: PlainAxis, parent: QWidget) -> None:
        self._axes = (left_axis, PlainAxis("bottom"))
        self._dress = theme.current()
        axes = {"left": self._axes[0], "bottom": self._axes[1]}
        super().__init__(parent, axisItems=axes, enableMenu=False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._is_ringed = False
        self.setMinimumSize(64, 48)
        self.setCacheMode(QGraphicsView.CacheModeFlag.CacheNone)  # it would be a bitmap in an SVG
        self.hideButtons()
        self.setMouseEnabled(x=False, y=False)
        self.plotItem.vb.disableAutoRange()
        left_axis.setZValue(BEHIND_CURVES)
        self._make_room()
        self.setMouseTracking(True)

    @property
    def left_axis(self) -> PlainAxis:
        return self._axes[0]

    @property
    def bottom_axis(self) -> PlainAxis:
        return self._axes[1]

    def data_size(self) -> tuple[float, float]:
        """Width and height of the data area in px."""
        box = self.plotItem.vb.boundingRect()
        return box.width(), box.height()

    def show_range(self, x: Range, y: Range) -> None:
        """Shows exactly this part of the plane, without padding."""
        self.plotItem.vb.setRange(xRange=x, yRange=y, padding=0, disableAutoRange=True)

    def wear(self, dress: theme.Theme) -> None:
        """Takes the colors of the theme."""
        self._dress = dress
        self.setBackground(dress.window)
        self._make_room()
        for axis in self._axes:
            axis.wear(dress)

    def position_of(self, x: float, y: float) -> QPointF:
        """Where a data coordinate lies, in px of this widget."""
        return QPointF(self.mapFromScene(self.plotItem.vb.mapViewToScene(QPointF(x, y))))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        at = self._data_at(event)
        self.pointed.emit(at.x(), at.y())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        if event.button() is Qt.MouseButton.LeftButton:
            at = self._data_at(event)
            self.clicked.emit(at.x(), at.y())

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        super().mouseDoubleClickEvent(event)
        if event.button() is Qt.MouseButton.LeftButton:
            self.double_clicked.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Nothing in the scene takes keys."""
        event.ignore()
        self.key_pressed.emit(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._is_ringed = event.reason() in BY_KEYS
        self.viewport().update()
        self.focused.emit(True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._is_ringed = False
        self.viewport().update()
        self.focused.emit(False)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._is_ringed:
            painter = QPainter(self.viewport())
            painter.setPen(QPen(QColor(self._dress.accent), 2))
            painter.drawRect(self.viewport().rect().adjusted(1, 1, -1, -1))

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.left.emit()

    def resizeEvent(self, event: QEvent) -> None:
        super().resizeEvent(event)
        self._axes[1].setHeight(bottom_height(self.height()))
        self.resized.emit()

    def _make_room(self) -> None:
        """Around the data, for labels in their size."""
        self._axes[1].setHeight(bottom_height(self.height()))
        self.plotItem.layout.setContentsMargins(0, TOP_MARGIN, theme.px(RIGHT_MARGIN), 0)

    def _data_at(self, event: QMouseEvent) -> QPointF:
        return QPointF(self.plotItem.vb.mapSceneToView(self.mapToScene(event.position().toPoint())))
