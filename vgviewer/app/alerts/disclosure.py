"""A line that opens and closes what stands below it."""

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from vgviewer.app import theme
from vgviewer.app.icons import paint

CHEVRON = 14  # px
INDENT = 20  # px from the left edge to the words
PAD = 3  # px above and below
RADIUS = 4  # px
LEAST_WIDTH = 96  # px
WRAPPED = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop


class Disclosure(QPushButton):
    """A title may go over several lines, which no button of Qt's does; a link has one. Enter and Space press it."""

    def __init__(self, parent: QWidget, is_link: bool) -> None:
        super().__init__(parent)
        self._is_link = is_link
        self.setStyleSheet("QPushButton { padding: 0; min-height: 0; border: none; }")  # as high as its words
        self.setCheckable(True)
        self.setAutoDefault(True)  # Enter, too
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)

    def hasHeightForWidth(self) -> bool:
        return not self._is_link

    def heightForWidth(self, width: int) -> int:
        box = QRect(0, 0, max(1, width - theme.px(INDENT)), 10_000)
        return QFontMetrics(self._font()).boundingRect(box, int(WRAPPED), self.text()).height() + 2 * PAD

    def sizeHint(self) -> QSize:
        width = QFontMetrics(self._font()).horizontalAdvance(self.text()) + theme.px(INDENT) + PAD
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(LEAST_WIDTH), QFontMetrics(self._font()).height() + 2 * PAD)

    def paintEvent(self, event: QPaintEvent) -> None:
        now, painter = theme.current(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.hasFocus() or self.underMouse():
            painter.setPen(QPen(QColor(now.accent), 2) if self.hasFocus() else Qt.PenStyle.NoPen)
            painter.setBrush(QColor(now.hover) if self.underMouse() else Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), RADIUS, RADIUS)
        color = now.accent if self._is_link else now.text
        side = theme.px(CHEVRON)
        top = PAD + (QFontMetrics(self._font()).height() - side) / 2
        picture = "chevron-down" if self.isChecked() else "chevron-right"
        paint(painter, picture, QRectF(2, top, side, side), now.accent)
        painter.setFont(self._font())
        painter.setPen(QColor(color))
        painter.drawText(self.rect().adjusted(theme.px(INDENT), PAD, 0, 0), int(WRAPPED), self.text())

    def _font(self) -> QFont:
        return theme.font(theme.BODY, QFont.Weight.Medium)
