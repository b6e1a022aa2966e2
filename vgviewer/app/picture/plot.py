"""The drawing area of a view: a still pyqtgraph plot that says where the pointer is."""

import pyqtgraph as pg
from PySide6.QtCore import QEvent, QPointF, Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QFrame, QGraphicsView, QWidget

from vgviewer.app import theme
from vgviewer.app.picture.axes import BOTTOM_HEIGHT, TOP_MARGIN, PlainAxis

Range = tuple[float, float]
BEHIND_CURVES = -200  # pyqtgraph's view box is at -100
RIGHT_MARGIN = 14  # px: half of the last tick's label


class Plot(pg.PlotWidget):
    """Ranges are set by the view and by nothing else; positions are told in data coordinates."""

    pointed = Signal(float, float)
    left = Signal()
    clicked = Signal(float, float)
    resized = Signal()

    def __init__(self, left_axis: PlainAxis, parent: QWidget) -> None:
        self._axes = (left_axis, PlainAxis("bottom"))
        super().__init__(parent, axisItems={"left": self._axes[0], "bottom": self._axes[1]})
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setMinimumSize(64, 48)
        self.setCacheMode(QGraphicsView.CacheModeFlag.CacheNone)  # it would be a bitmap in an SVG
        self.setMenuEnabled(False)
        self.hideButtons()
        self.setMouseEnabled(x=False, y=False)
        self.plotItem.vb.disableAutoRange()
        self.plotItem.layout.setContentsMargins(0, TOP_MARGIN, RIGHT_MARGIN, 0)
        left_axis.setZValue(BEHIND_CURVES)
        self._axes[1].setHeight(BOTTOM_HEIGHT)
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
        self.setBackground(dress.window)
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

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.left.emit()

    def resizeEvent(self, event: QEvent) -> None:
        super().resizeEvent(event)
        self.resized.emit()

    def _data_at(self, event: QMouseEvent) -> QPointF:
        return QPointF(self.plotItem.vb.mapSceneToView(self.mapToScene(event.position().toPoint())))
