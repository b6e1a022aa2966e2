"""How a part of the network looks, as plain values, and its painting: on the canvas and as a drag's ghost."""

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPen

from vgviewer.app import icons, theme
from vgviewer.app.alerts.looks import LOOKS, OTHER

RADIUS = 8.0
PAD = 12.0
BAR = 7.0  # height of the tint
MARK = 18.0  # diameter of an alert's mark
READABLE = 0.5  # zoom below which words are left out and the tint fills the block

ALERT_ICONS: dict[str, str] = {kind: look.icon for kind, look in LOOKS.items()} | {
    "non_finite": "x"
}  # on a disc


@dataclass(frozen=True)
class Face:
    """`tint` is a color as "#rrggbb", `alert` the kind of the one that stands; a node is a skip's circle."""

    name: str
    caption: str = ""
    is_node: bool = False
    tint: str | None = None
    alert: str | None = None
    has_problem: bool = False
    is_selected: bool = False
    has_focus: bool = False
    is_hovered: bool = False


def paint_face(painter: QPainter, box: QRectF, face: Face, zoom: float = 1.0) -> None:
    """Draws the part into `box`; the marks may stand out by half their size."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    outline = _outline(box, face)
    _paint_ground(painter, outline, box, face, zoom)
    if face.is_node:
        _paint_plus(painter, box)
    elif zoom >= READABLE:
        _paint_words(painter, box, face)
    if face.has_problem:
        _paint_mark(painter, box, face, zoom, ("triangle-alert", theme.current().warning))
    elif face.alert is not None:
        picture = ALERT_ICONS.get(face.alert, OTHER.icon), alert_color(face.alert)
        _paint_mark(painter, box, face, zoom, picture)


def alert_color(kind: str) -> str:
    """Blue for vanishing, red for exploding, as everywhere; the rest is a warning."""
    now = theme.current()
    return {
        "vanishing": now.vanishing,
        "exploding": now.exploding,
        "non_finite": now.not_finite,
    }.get(kind, now.warning)


def _outline(box: QRectF, face: Face) -> QPainterPath:
    path = QPainterPath()
    if face.is_node:
        path.addEllipse(box)
    else:
        path.addRoundedRect(box, RADIUS, RADIUS)
    return path


def _paint_ground(painter: QPainter, outline: QPainterPath, box: QRectF, face: Face, zoom: float) -> None:
    now = theme.current()
    if face.is_selected and face.has_focus:
        painter.setPen(QPen(QColor(now.accent_soft), 8))
        painter.drawPath(outline)
    painter.fillPath(outline, QColor(now.hover if face.is_hovered else now.raised))
    if face.tint is not None:
        painter.save()
        painter.setClipPath(outline)
        height = box.height() if zoom < READABLE else 9.0 if face.is_node else BAR
        painter.fillRect(QRectF(box.left(), box.bottom() - height, box.width(), height), QColor(face.tint))
        painter.restore()
    color = now.warning if face.has_problem else now.handle if face.is_hovered else now.outline
    pen = QPen(QColor(now.accent if face.is_selected else color), 2.0 if face.is_selected else 1.0)
    if face.is_node and not face.is_selected:
        pen = QPen(QColor(now.warning if face.has_problem else now.text_muted), 1.5)
    pen.setCosmetic(zoom < READABLE)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPath(outline)


def _paint_plus(painter: QPainter, box: QRectF) -> None:
    pen = QPen(QColor(theme.current().text), 1.6)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    painter.setPen(pen)
    center, arm = box.center(), box.width() * 0.22
    painter.drawLine(center - QPointF(arm, 0), center + QPointF(arm, 0))
    painter.drawLine(center - QPointF(0, arm), center + QPointF(0, arm))


def _paint_words(painter: QPainter, box: QRectF, face: Face) -> None:
    now = theme.current()
    width = box.width() - 2 * PAD + 4
    room = width - (MARK - 4 if face.has_problem or face.alert else 0)
    bold = theme.font(theme.BODY, QFont.Weight.DemiBold)
    _paint_line(painter, bold, now.text, QPointF(box.left() + PAD, box.top() + 22), face.name, room)
    caption = theme.font(theme.CAPTION)
    _paint_line(
        painter, caption, now.text_muted, QPointF(box.left() + PAD, box.top() + 39), face.caption, width
    )


def _paint_line(painter: QPainter, font: QFont, color: str, at: QPointF, text: str, room: float) -> None:
    painter.setFont(font)
    painter.setPen(QColor(color))
    painter.drawText(at, QFontMetricsF(font).elidedText(text, Qt.TextElideMode.ElideRight, room))


def _paint_mark(painter: QPainter, box: QRectF, face: Face, zoom: float, picture: tuple[str, str]) -> None:
    """A filled disc, from afar as large as from near; its picture tells the kinds apart without color."""
    name, color = picture
    inside = QPointF(-MARK / 2 - 4, MARK / 2 + 4)
    disc = QRectF(0, 0, MARK, MARK)
    disc.moveCenter(box.topRight() + (QPointF(2, -2) if face.is_node else inside))
    painter.save()
    if zoom < READABLE:
        top = QPointF(box.center().x(), box.top())
        disc.moveCenter(painter.transform().map(top) - QPointF(0, MARK / 2))
        painter.resetTransform()
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(color))
    painter.drawEllipse(disc)
    icons.paint(painter, name, disc.adjusted(2, 2, -2, -2), theme.current().window)
    painter.restore()
