"""A block: one place of the network on the canvas."""

from dataclasses import replace

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter, QPainterPath
from PySide6.QtWidgets import (
    QGraphicsItem,
    QGraphicsSceneHoverEvent,
    QStyleOptionGraphicsItem,
    QWidget,
)

from vgviewer.app.editor.face import HANDLE, Face, paint_face

HALO = 72.0  # how far a mark stands out when the blocks are seen from afar
NEAR = HANDLE + 4  # how near to the handle a press takes it


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
        if not looks.items() <= vars(self.face).items():
            self.face = replace(self.face, **looks)  # type: ignore[arg-type]
            self.update()

    @property
    def top(self) -> QPointF:
        """Where arcs begin and end, and the handle is."""
        return QPointF(self.box.center().x(), self.box.top())

    def has_handle_at(self, point: QPointF) -> bool:
        """Whether a press there draws a skip."""
        return self.face.shows_handle and (point - self.top).manhattanLength() <= NEAR

    def boundingRect(self) -> QRectF:
        return self.box.adjusted(-HALO, -HALO, HALO, HALO)

    def shape(self) -> QPainterPath:
        path = QPainterPath()
        path.addRect(self.box.adjusted(0, -NEAR if self.face.has_handle else 0, 0, 0))
        return path

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        paint_face(painter, self.box, self.face, option.levelOfDetailFromTransform(painter.worldTransform()))

    def hoverEnterEvent(self, event: QGraphicsSceneHoverEvent) -> None:
        self.wear(is_hovered=True)

    def hoverLeaveEvent(self, event: QGraphicsSceneHoverEvent) -> None:
        self.wear(is_hovered=False)
