"""What joins the blocks: arrows along the chain, arcs of skips, the arc that is being drawn, the insertion mark."""

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPainterPathStroker, QPen, QPolygonF
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from vgviewer.app import theme
from vgviewer.app.editor.face import RADIUS, READABLE
from vgviewer.app.editor.layout import ARC_RISE, BLOCK_HEIGHT, LABEL_HEIGHT, Arc, Layout

EMPTY_TEXT = "Drag a layer here, or double-click one in the palette"
ARROW = 7.0
REACH = 12.0  # width of the band in which a click takes an arc


class Wires(QGraphicsItem):
    """Arrows along the chain, arcs above it, and the place for the first layer."""

    def __init__(self) -> None:
        super().__init__()
        self.setFlag(QGraphicsItem.GraphicsItemFlag.ItemUsesExtendedStyleOption)  # for exposedRect
        self._layout: Layout | None = None
        self._chosen: frozenset[str] = frozenset()

    def follow(self, layout: Layout, chosen: frozenset[str]) -> None:
        """Draws between these boxes, the arcs of chosen layers in the accent."""
        if layout is not self._layout or chosen != self._chosen:
            self.prepareGeometryChange()
            self._layout, self._chosen = layout, chosen
            self.update()

    def arc_at(self, point: QPointF) -> str | None:
        """The skip whose arc is there."""
        arcs = self._layout.arcs if self._layout is not None else ()
        return next((arc.place for arc in arcs if _band(arc).contains(point)), None)

    def boundingRect(self) -> QRectF:
        if self._layout is None:
            return QRectF()
        top = self._layout.top - LABEL_HEIGHT
        return QRectF(0, top, self._layout.right, BLOCK_HEIGHT - top)

    def shape(self) -> QPainterPath:
        return QPainterPath()

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        if self._layout is None:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        boxes = list(self._layout.boxes.values())
        if self._layout.vacancy is not None:
            boxes.insert(1, self._layout.vacancy)
            self._paint_vacancy(painter, self._layout.vacancy)
        seen: QRectF = option.exposedRect  # type: ignore[attr-defined]
        for before, after in pairwise(boxes):
            if before.right() <= seen.right() and after.left() >= seen.left():
                _paint_arrow(painter, before.right() + 2, after.left() - 2)
        zoom = option.levelOfDetailFromTransform(painter.worldTransform())
        arcs = [
            arc for arc in self._layout.arcs if arc.start.x() <= seen.right() and arc.end.x() >= seen.left()
        ]
        self._paint_arcs(painter, arcs, zoom)

    def _paint_vacancy(self, painter: QPainter, box: QRectF) -> None:
        now = theme.current()
        painter.setPen(QPen(QColor(now.handle), 1.2, Qt.PenStyle.DashLine))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box, RADIUS, RADIUS)
        painter.setPen(QColor(now.text_muted))
        painter.setFont(theme.drawn_font(theme.CAPTION))
        wrap = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
        painter.drawText(box.adjusted(16, 4, -16, -4), int(wrap), EMPTY_TEXT)

    def _paint_arcs(self, painter: QPainter, arcs: Sequence[Arc], zoom: float) -> None:
        now = theme.current()
        painter.setFont(theme.drawn_font(theme.CAPTION))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for arc in arcs:
            is_chosen = arc.place in self._chosen
            color = QColor(now.accent if is_chosen else now.text_muted)
            painter.setPen(QPen(color, 2.0 if is_chosen else 1.4))
            painter.drawPath(path_of(arc))
            if zoom >= READABLE:
                middle = (arc.start.x() + arc.end.x()) / 2
                label = QRectF(middle - 80, arc.peak - LABEL_HEIGHT - 1, 160, LABEL_HEIGHT)
                painter.drawText(label, Qt.AlignmentFlag.AlignCenter, arc.place)


class Link(QGraphicsItem):
    """The arc of a skip that is being drawn; dashed, because it is not there yet."""

    def __init__(self) -> None:
        super().__init__()
        self._path = QPainterPath()
        self.setZValue(5)
        self.hide()

    def reach(self, start: QPointF, end: QPointF) -> None:
        """From the top of its source to the pointer, or to the top of a block."""
        self.prepareGeometryChange()
        peak = min(start.y(), end.y()) - ARC_RISE
        self._path = path_of(Arc("", start, end, peak))
        self.show()
        self.update()

    def boundingRect(self) -> QRectF:
        return self._path.boundingRect().adjusted(-8, -8, 8, 8)

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        accent = QColor(theme.current().accent)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(accent, 2.0, Qt.PenStyle.DashLine))
        painter.drawPath(self._path)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(accent)
        painter.drawEllipse(self._path.currentPosition(), 4, 4)


class Mark(QGraphicsItem):
    """The line that shows where a dragged layer will go."""

    def __init__(self) -> None:
        super().__init__()
        self.setZValue(3)
        self.hide()

    def point_to(self, x: float | None) -> None:
        """Stands at `x`, or is gone."""
        self.setVisible(x is not None)
        if x is not None:
            self.setPos(x, 0)

    def boundingRect(self) -> QRectF:
        return QRectF(-5, -BLOCK_HEIGHT / 2 - ARC_RISE / 2, 10, BLOCK_HEIGHT + ARC_RISE)

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        accent = QColor(theme.current().accent)
        reach = BLOCK_HEIGHT / 2 + 6
        painter.setPen(QPen(accent, 2.5))
        painter.drawLine(QPointF(0, -reach), QPointF(0, reach))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(accent)
        for y in (-reach, reach):
            painter.drawEllipse(QPointF(0, y), 4, 4)


def path_of(arc: Arc) -> QPainterPath:
    """The curve of a skip."""
    path = QPainterPath(arc.start)
    path.cubicTo(QPointF(arc.start.x(), arc.control), QPointF(arc.end.x(), arc.control), arc.end)
    return path


def _band(arc: Arc) -> QPainterPath:
    stroker = QPainterPathStroker()
    stroker.setWidth(REACH)
    return stroker.createStroke(path_of(arc))


def _paint_arrow(painter: QPainter, start: float, end: float) -> None:
    color = QColor(theme.current().curve_raw)
    painter.setPen(QPen(color, 1.4))
    painter.drawLine(QPointF(start, 0), QPointF(end - ARROW, 0))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(color)
    half = ARROW * 0.5
    tip = [QPointF(end, 0), QPointF(end - ARROW, -half), QPointF(end - ARROW, half)]
    painter.drawPolygon(QPolygonF(tip))
