"""Words below the blocks: the shape that leaves a layer or what is wrong with it, and a teacher's note."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from vgviewer.app import icons, theme
from vgviewer.app.editor.face import READABLE

ICON = 14.0
INDENT = ICON + 5
LINE = 18.0  # height of the fix below a problem
SLIP_PAD = 10.0
MOST_LINES = 4  # of a note on the canvas; the tooltip has all of it
WRAPPED = int(Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextWordWrap)


class Note(QGraphicsItem):
    """The shape that leaves the layer, or its problem with the link that mends it."""

    def __init__(self) -> None:
        super().__init__()
        self._text = ""
        self._fix = ""
        self._is_problem = False
        self._box = QRectF()

    def say(self, text: str, is_problem: bool, box: QRectF, fix: str = "") -> None:
        """Wraps the text into `box`, whose last line is for the fix, if there is one."""
        if (text, is_problem, box, fix) != (self._text, self._is_problem, self._box, self._fix):
            self.prepareGeometryChange()
            self._text, self._is_problem, self._box, self._fix = text, is_problem, box, fix
            self.update()

    @property
    def text(self) -> str:
        """What it says."""
        return self._text

    @property
    def fix(self) -> str:
        """What its link does; empty without one."""
        return self._fix

    @property
    def box(self) -> QRectF:
        """Where it stands."""
        return self._box

    @property
    def link(self) -> QRectF:
        """Where a click mends the problem; empty without a fix."""
        if not self._fix:
            return QRectF()
        width = QFontMetricsF(_link_font()).horizontalAdvance(self._fix)
        return QRectF(self._box.left() + INDENT, self._box.bottom() - LINE, width, LINE)

    def boundingRect(self) -> QRectF:
        return self._box

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        if option.levelOfDetailFromTransform(painter.worldTransform()) < READABLE:
            return
        now = theme.current()
        painter.setFont(theme.drawn_font(theme.CAPTION))
        box = self._box
        if not self._is_problem:
            painter.setPen(QColor(now.text_muted))
            painter.drawText(box, int(Qt.AlignmentFlag.AlignHCenter), self._text)
            return
        icons.paint(painter, "triangle-alert", QRectF(box.left(), box.top() + 1, ICON, ICON), now.warning)
        painter.setPen(QColor(now.warning))
        painter.drawText(box.adjusted(INDENT, 0, 0, 0), WRAPPED, self._text)
        if self._fix:
            painter.setFont(_link_font())
            painter.setPen(QColor(now.accent))
            painter.drawText(self.link.adjusted(0, 0, 8, 0), int(Qt.AlignmentFlag.AlignVCenter), self._fix)


class Slip(QGraphicsItem):
    """A note that somebody has put at a block; a rule at its left tells it from what the program says."""

    def __init__(self) -> None:
        super().__init__()
        self._text = ""
        self.box = QRectF()

    def say(self, text: str, box: QRectF) -> None:
        """Shows as much of the text as `box` has lines for."""
        if (text, box) != (self._text, self.box):
            self.prepareGeometryChange()
            self._text, self.box = text, box
            self.update()

    def boundingRect(self) -> QRectF:
        return self.box

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        if option.levelOfDetailFromTransform(painter.worldTransform()) < READABLE:
            return
        now = theme.current()
        painter.setPen(QPen(QColor(now.accent), 2.0))
        painter.drawLine(self.box.topLeft() + QPointF(1, 1), self.box.bottomLeft() + QPointF(1, -1))
        painter.setPen(QColor(now.text))
        painter.setFont(theme.drawn_font(theme.CAPTION))
        room = self.box.adjusted(SLIP_PAD, 0, 0, 0)
        painter.drawText(room, WRAPPED, _shortened(self._text, room.width()))


def problem_height(text: str, width: float, has_fix: bool = False) -> float:
    """The height of a problem's note that is `width` wide."""
    return _height(text, width - INDENT) + 2 + (LINE if has_fix else 0)


def slip_height(text: str, width: float) -> float:
    """The height of a slip that is `width` wide."""
    return _height(_shortened(text, width - SLIP_PAD), width - SLIP_PAD) + 2


def _shortened(text: str, width: float) -> str:
    """As many of its words as stand in MOST_LINES lines."""
    most = MOST_LINES * QFontMetricsF(theme.drawn_font(theme.CAPTION)).lineSpacing() + 4
    if _height(text, width) <= most:
        return text
    low, high = 0, len(text)
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if _height(f"{text[:middle]}…", width) <= most else (low, middle)
    return f"{text[:low].rstrip()}…"


def _height(text: str, width: float) -> float:
    metrics = QFontMetricsF(theme.drawn_font(theme.CAPTION))
    return metrics.boundingRect(QRectF(0, 0, width, 10_000), WRAPPED, text).height()


def _link_font() -> QFont:
    return theme.drawn_font(theme.CAPTION, QFont.Weight.DemiBold)
