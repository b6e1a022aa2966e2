"""The items of the scene: blocks, wires between them, notes below them, the mark where a layer will go."""

from dataclasses import replace
from itertools import pairwise

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPainterPath, QPen, QPolygonF
from PySide6.QtWidgets import (
    QGraphicsItem,
    QGraphicsSceneHoverEvent,
    QStyleOptionGraphicsItem,
    QWidget,
)

from vgviewer.app import icons, theme
from vgviewer.app.editor.face import RADIUS, READABLE, Face, paint_face
from vgviewer.app.editor.layout import ARC_RISE, BLOCK_HEIGHT, LABEL_HEIGHT, Layout

EMPTY_TEXT = "Drag a layer here, or double-click one in the palette"
HALO = 72.0  # how far a mark stands out when the blocks are seen from afar
ARROW = 7.0
ICON = 14.0


class Block(QGraphicsItem):
    """One place of the network; it repaints only when its face is another one."""

    def __init__(self, place: str) -> None:
        super().__init__()
        self.place = place
        self.face = Face(place)
        self.box = QRectF()
        self.setAcceptHoverEvents(True)
        self.setZValue(1)

    def stand(self, box: QRectF) -> None:
        """Moves to its box of the layout."""
        if box != self.box:
            self.prepareGeometryChange()
            self.box = box

    def wear(self, **looks: object) -> None:
        """Changes some of the face's fields."""
        face = replace(self.face, **looks)  # type: ignore[arg-type]
        if face != self.face:
            self.face = face
            self.update()

    def boundingRect(self) -> QRectF:
        return self.box.adjusted(-HALO, -HALO, HALO, HALO)

    def shape(self) -> QPainterPath:
        path = QPainterPath()
        path.addRect(self.box)
        return path

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        paint_face(painter, self.box, self.face, option.levelOfDetailFromTransform(painter.worldTransform()))

    def hoverEnterEvent(self, event: QGraphicsSceneHoverEvent) -> None:
        self.wear(is_hovered=True)

    def hoverLeaveEvent(self, event: QGraphicsSceneHoverEvent) -> None:
        self.wear(is_hovered=False)


class Wires(QGraphicsItem):
    """Arrows along the chain, arcs above it, and the place for the first layer."""

    def __init__(self) -> None:
        super().__init__()
        self._layout: Layout | None = None
        self._selected = ""

    def follow(self, layout: Layout, selected: str) -> None:
        """Draws between these boxes, the selected arc in the accent."""
        if layout != self._layout or selected != self._selected:
            self.prepareGeometryChange()
            self._layout, self._selected = layout, selected
            self.update()

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
        for before, after in pairwise(boxes):
            _paint_arrow(painter, before.right() + 2, after.left() - 2)
        zoom = option.levelOfDetailFromTransform(painter.worldTransform())
        self._paint_arcs(painter, self._layout, zoom)

    def _paint_vacancy(self, painter: QPainter, box: QRectF) -> None:
        now = theme.current()
        painter.setPen(QPen(QColor(now.handle), 1.2, Qt.PenStyle.DashLine))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box, RADIUS, RADIUS)
        painter.setPen(QColor(now.text_muted))
        painter.setFont(theme.font(theme.CAPTION))
        wrap = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
        painter.drawText(box.adjusted(16, 4, -16, -4), int(wrap), EMPTY_TEXT)

    def _paint_arcs(self, painter: QPainter, layout: Layout, zoom: float) -> None:
        now = theme.current()
        painter.setFont(theme.font(theme.CAPTION))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for arc in layout.arcs:
            is_selected = arc.place == self._selected
            color = QColor(now.accent if is_selected else now.text_muted)
            painter.setPen(QPen(color, 2.0 if is_selected else 1.4))
            path = QPainterPath(arc.start)
            path.cubicTo(QPointF(arc.start.x(), arc.control), QPointF(arc.end.x(), arc.control), arc.end)
            painter.drawPath(path)
            if zoom >= READABLE:
                middle = (arc.start.x() + arc.end.x()) / 2
                label = QRectF(middle - 80, arc.peak - LABEL_HEIGHT - 1, 160, LABEL_HEIGHT)
                painter.drawText(label, Qt.AlignmentFlag.AlignCenter, arc.place)


class Note(QGraphicsItem):
    """Words below a block: the shape that leaves it, or what is wrong with it."""

    def __init__(self) -> None:
        super().__init__()
        self._text = ""
        self._is_problem = False
        self._box = QRectF()

    def say(self, text: str, is_problem: bool, box: QRectF) -> None:
        """Wraps the text into `box`."""
        if (text, is_problem, box) != (self._text, self._is_problem, self._box):
            self.prepareGeometryChange()
            self._text, self._is_problem, self._box = text, is_problem, box
            self.update()

    @property
    def text(self) -> str:
        """What it says."""
        return self._text

    @property
    def box(self) -> QRectF:
        """Where it stands."""
        return self._box

    def boundingRect(self) -> QRectF:
        return self._box

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        if option.levelOfDetailFromTransform(painter.worldTransform()) < READABLE:
            return
        now = theme.current()
        painter.setFont(theme.font(theme.CAPTION))
        box = self._box
        if self._is_problem:
            icons.paint(painter, "triangle-alert", QRectF(box.left(), box.top() + 1, ICON, ICON), now.warning)
            box = box.adjusted(ICON + 5, 0, 0, 0)
            painter.setPen(QColor(now.warning))
            painter.drawText(box, int(Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextWordWrap), self._text)
        else:
            painter.setPen(QColor(now.text_muted))
            painter.drawText(box, int(Qt.AlignmentFlag.AlignHCenter), self._text)


def problem_height(text: str, width: float) -> float:
    """The height of a problem's note that is `width` wide."""
    metrics = QFontMetricsF(theme.font(theme.CAPTION))
    room = QRectF(0, 0, width - ICON - 5, 1000)
    return metrics.boundingRect(room, int(Qt.TextFlag.TextWordWrap), text).height() + 2


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


def _paint_arrow(painter: QPainter, start: float, end: float) -> None:
    color = QColor(theme.current().curve_raw)
    painter.setPen(QPen(color, 1.4))
    painter.drawLine(QPointF(start, 0), QPointF(end - ARROW, 0))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(color)
    half = ARROW * 0.5
    tip = [QPointF(end, 0), QPointF(end - ARROW, -half), QPointF(end - ARROW, half)]
    painter.drawPolygon(QPolygonF(tip))
