"""The legend beside a heatmap: the scale with its unit, and the reserved colors."""

import math

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from vgviewer.app import theme
from vgviewer.app.colormaps import Scale
from vgviewer.app.picture.axes import BOTTOM_HEIGHT, TOP_MARGIN
from vgviewer.app.picture.numbers import power

BAR_WIDTH = 12
WIDTH = 84
LINE = 16  # px from one line of the legend to the next
TICKS_AT_MOST = 5


class Colorbar(QWidget):
    """Stands beside a plot and aligns its bar with the plot's data area."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self._scale: Scale | None = None
        self._unit = ""
        self._theme = theme.current()

    def sizeHint(self) -> QSize:
        return QSize(WIDTH, 120)

    def show_scale(self, scale: Scale, unit: str, dress: theme.Theme) -> None:
        """Shows the scale; `unit` says what the numbers are sizes of."""
        if (scale, unit, dress) == (self._scale, self._unit, self._theme):
            return
        self._scale, self._unit, self._theme = scale, unit, dress
        self.setAccessibleName(f"Color scale from {power(round(scale.low))} to {power(round(scale.high))}")
        self.setAccessibleDescription(unit)
        self.setToolTip("Underflow: exactly 0, or smaller than float32 holds (about 10⁻³⁸ for one entry).")
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._scale is None:
            return
        painter = QPainter(self)
        painter.setFont(theme.font(theme.CAPTION))
        height = max(8, self.height() - BOTTOM_HEIGHT - TOP_MARGIN - 1)
        bar = QRectF(0.5, TOP_MARGIN + 0.5, BAR_WIDTH, height)
        self._paint_bar(painter, self._scale, bar)
        self._paint_ticks(painter, self._scale, bar)
        self._paint_unit(painter, bar)
        self._paint_legend(painter, bar.bottom() + theme.GRID)

    def _paint_bar(self, painter: QPainter, scale: Scale, bar: QRectF) -> None:
        colors = np.ascontiguousarray(scale.table[::-1, None])
        image = QImage(colors.data, 1, len(colors), 4, QImage.Format.Format_RGBA8888)
        painter.drawImage(bar, image)
        painter.setPen(QPen(QColor(self._theme.outline), 1))
        painter.drawRect(bar)

    def _paint_ticks(self, painter: QPainter, scale: Scale, bar: QRectF) -> None:
        painter.setPen(QColor(self._theme.text_muted))
        for exponent in ticks(scale.low, scale.high, bar.height()):
            part = (exponent - scale.low) / (scale.high - scale.low)
            y = min(max(bar.bottom() - part * bar.height(), bar.top() + 6), bar.bottom() - 6)
            box = QRectF(bar.right() + 8, y - LINE / 2, WIDTH, LINE)
            painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, power(exponent))

    def _paint_unit(self, painter: QPainter, bar: QRectF) -> None:
        painter.save()
        painter.translate(QPointF(WIDTH - LINE, bar.center().y()))
        painter.rotate(90)
        room = bar.height()
        text = painter.fontMetrics().elidedText(self._unit, Qt.TextElideMode.ElideRight, int(room))
        painter.drawText(QRectF(-room / 2, -LINE, room, LINE), Qt.AlignmentFlag.AlignCenter, text)
        painter.restore()

    def _paint_legend(self, painter: QPainter, top: float) -> None:
        for color, words in (
            (self._theme.exact_zero, "0 or tiny"),
            (self._theme.not_finite, "not finite"),
        ):
            painter.fillRect(QRectF(0.5, top + 3, BAR_WIDTH, 8), QColor(color))
            painter.setPen(QColor(self._theme.text_muted))
            box = QRectF(BAR_WIDTH + 8.5, top - 1, WIDTH, LINE)
            painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, words)
            top += LINE


def ticks(low: float, high: float, height: float) -> list[int]:
    """Whole exponents from `low` to `high`, as many as are readable in `height` px."""
    room = max(2, min(TICKS_AT_MOST, int(height // (LINE + 4))))
    step = next((s for s in (1, 2, 4, 8, 16) if (high - low) / s + 1 <= room), math.ceil(high - low))
    return [e for e in range(math.ceil(low), math.floor(high) + 1) if (e - math.ceil(low)) % step == 0]
