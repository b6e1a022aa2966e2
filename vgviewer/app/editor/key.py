"""What the strips at the foot of the blocks are: a key of two words."""

import numpy as np
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from vgviewer.app import theme
from vgviewer.app.colormaps import scale_of
from vgviewer.app.editor.face import paint_strip
from vgviewer.app.picture.meaning import relative

SWATCH = (20, 8)  # px
SHRUNK = -3.0  # decades: a size that is no longer that at the loss
TOLD = (
    "The strip at the foot of a block: the size of the gradient there, relative to that at the loss. Hatched is what "
    "theory expects, solid what was measured; blue has shrunk, red has grown."
)


class Key(QWidget):
    """Names only what is seen now."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.words: tuple[str, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        self.setToolTip(TOLD)
        self.setWhatsThis(TOLD)
        theme.changed.connect(self.updateGeometry)

    def show_strips(self, is_expected: bool, is_measured: bool) -> bool:
        """Which of them the blocks have. False where nothing is new."""
        strips = (("expected", is_expected), ("measured", is_measured))
        words = tuple(word for word, is_seen in strips if is_seen)
        if words == self.words:
            return False
        self.words = words
        self.setAccessibleName(f"Strips at the blocks: {', '.join(self.words)}" if self.words else "")
        self.updateGeometry()
        self.update()
        return True

    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(theme.font(theme.CAPTION))
        each = theme.px(SWATCH[0]) + theme.GRID // 2
        words = sum(metrics.horizontalAdvance(word) + each for word in self.words)
        between = 2 * theme.GRID * max(0, len(self.words) - 1)
        return QSize(words + between, metrics.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        now, painter, x = theme.current(), QPainter(self), 0.0
        shrunk = QColor(*scale_of(now, relative("")).colors(np.array([SHRUNK]))[0].tolist())
        painter.setFont(theme.font(theme.CAPTION))
        metrics, (width, height) = painter.fontMetrics(), map(theme.px, SWATCH)
        for word in self.words:
            box = QRectF(x, round((self.height() - height) / 2), width, height)
            paint_strip(painter, box, shrunk, is_expected=word == "expected")
            painter.setPen(QColor(now.edge))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(box.adjusted(0.5, 0.5, -0.5, -0.5))
            painter.setPen(QColor(now.text_muted))
            x += width + theme.GRID // 2
            room = QRectF(x, 0, metrics.horizontalAdvance(word) + 1, self.height())
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, word)
            x += metrics.horizontalAdvance(word) + 2 * theme.GRID
