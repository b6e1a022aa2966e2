"""How a part of the network looks, as plain values, and its painting: on the canvas and as a drag's ghost."""

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPen

from vgviewer.app import icons, theme
from vgviewer.app.alerts.looks import LOOKS, OTHER

RADIUS = 8.0
PAD = 12.0
ICON = 14.0
BAR, STRIP = 6.0, 5.0  # heights of what was measured, and above it of what is expected
ALONE = 8.0  # of either without the other
HATCH, HATCH_WIDTH, HATCH_ALPHA = 5.0, 1.2, 130  # from line to line, and of each
HANDLE = 5.0  # radius of the dot from which a skip is drawn
MARK = 18.0  # diameter of an alert's mark
READABLE = 0.5  # zoom below which words are left out and the tint fills the block

ALERT_ICONS: dict[str, str] = {kind: look.icon for kind, look in LOOKS.items()} | {
    "non_finite": "x"
}  # on a disc


@dataclass(frozen=True)
class Face:
    """`tint` is the color of the measured gradient as "#rrggbb", `expected` that of the predicted one, `alert` the kind
    of the one that stands; a node is a skip's circle, a target the block where one would end."""

    name: str
    caption: str = ""
    icon: str = ""
    is_node: bool = False
    tint: str | None = None
    expected: str | None = None
    alert: str | None = None
    has_problem: bool = False
    is_selected: bool = False
    has_focus: bool = False
    is_hovered: bool = False
    is_target: bool = False
    has_handle: bool = False

    @property
    def shows_handle(self) -> bool:
        """Whether a skip can be drawn from it now."""
        return self.has_handle and (self.is_hovered or (self.is_selected and self.has_focus))


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
    if face.shows_handle and zoom >= READABLE:
        _paint_handle(painter, box)


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
    if (face.is_selected and face.has_focus) or face.is_target:
        painter.setPen(QPen(QColor(now.accent_soft), 8))
        painter.drawPath(outline)
    painter.fillPath(outline, QColor(now.hover if face.is_hovered else now.raised))
    painter.save()
    painter.setClipPath(outline)
    _paint_tint(painter, box, face, zoom)
    painter.restore()
    color = now.warning if face.has_problem else now.handle if face.is_hovered else now.outline
    is_chosen = face.is_selected or face.is_target
    pen = QPen(QColor(now.accent if is_chosen else color), 2.0 if is_chosen else 1.0)
    if face.is_node and not is_chosen:
        pen = QPen(QColor(now.warning if face.has_problem else now.text_muted), 1.5)
    pen.setCosmetic(zoom < READABLE)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPath(outline)


def _paint_tint(painter: QPainter, box: QRectF, face: Face, zoom: float) -> None:
    """What was measured is solid; what is expected is hatched, so that nobody takes the one for the other."""
    if zoom < READABLE:
        _paint_from_afar(painter, box, face)
        return
    both = face.tint is not None and face.expected is not None
    bottom = box.bottom()
    for color, low, is_expected in ((face.tint, BAR, False), (face.expected, STRIP, True)):
        if color is not None:
            height = low if both else ALONE
            paint_strip(
                painter, QRectF(box.left(), bottom - height, box.width(), height), QColor(color), is_expected
            )
            bottom -= height + 1
            line = QRectF(box.left(), bottom, box.width(), 1)  # an end, also for the color of the ground
            painter.fillRect(line, QColor(theme.current().edge))


def _paint_from_afar(painter: QPainter, box: QRectF, face: Face) -> None:
    """Too small for a hatch: half the block."""
    if face.tint is not None:
        painter.fillRect(box, QColor(face.tint))
    elif face.expected is not None:
        painter.fillRect(box.adjusted(0, box.height() / 2, 0, 0), QColor(face.expected))


def paint_strip(painter: QPainter, strip: QRectF, color: QColor, is_expected: bool) -> None:
    """The size of a gradient; the hatch of an expected one is seen on any color."""
    painter.fillRect(strip, color)
    if not is_expected:
        return
    painter.save()
    painter.setClipRect(strip, Qt.ClipOperation.IntersectClip)
    shade = 0 if color.lightnessF() > 0.5 else 255
    painter.setPen(QPen(QColor(shade, shade, shade, HATCH_ALPHA), HATCH_WIDTH))
    x, lean = strip.left() - strip.height(), strip.height()
    while x < strip.right():
        painter.drawLine(QPointF(x, strip.bottom()), QPointF(x + lean, strip.top()))
        x += HATCH
    painter.restore()


def _paint_handle(painter: QPainter, box: QRectF) -> None:
    now = theme.current()
    painter.setPen(QPen(QColor(now.accent), 1.5))
    painter.setBrush(QColor(now.raised))
    painter.drawEllipse(QPointF(box.center().x(), box.top()), HANDLE, HANDLE)


def _paint_plus(painter: QPainter, box: QRectF) -> None:
    pen = QPen(QColor(theme.current().text), 1.6)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    painter.setPen(pen)
    center, arm = box.center(), box.width() * 0.22
    painter.drawLine(center - QPointF(arm, 0), center + QPointF(arm, 0))
    painter.drawLine(center - QPointF(0, arm), center + QPointF(0, arm))


def _paint_words(painter: QPainter, box: QRectF, face: Face) -> None:
    now = theme.current()
    width = box.width() - 2 * PAD + 6
    start = box.left() + PAD - 2
    room = width - (MARK - 2 if face.has_problem or face.alert else 0)
    if face.icon:
        icons.paint(painter, face.icon, QRectF(start, box.top() + 9, ICON, ICON), now.text_muted)
    indent = ICON + 5 if face.icon else 0
    bold = theme.drawn_font(theme.BODY, QFont.Weight.DemiBold)
    at = QPointF(start + indent, box.top() + 21)
    _paint_line(painter, bold, now.text, at, face.name, room - indent)
    caption = theme.drawn_font(theme.CAPTION)
    _paint_line(painter, caption, now.text_muted, QPointF(start, box.top() + 38), face.caption, width)


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
