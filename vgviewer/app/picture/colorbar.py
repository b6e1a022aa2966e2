"""The legend beside a heatmap: the scale with its unit, and the reserved colors."""

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QImage, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from vgviewer.app import theme
from vgviewer.app.colormaps import Scale, real
from vgviewer.app.picture.axes import TOP_MARGIN, bottom_height, is_low
from vgviewer.app.picture.numbers import plain, power
from vgviewer.app.picture.steps import value_ticks

BAR_WIDTH = 12
LINE = 15  # px from one line of words to the next
TICKS_AT_MOST = 5
HAIR = 1e-6  # decades, or values: what rounding adds passes nothing
WORDS = ("0 or underflow", "not finite", "no value")
COMPACT_WORDS = ("0", "∞, NaN", "none")
UNDERFLOW = "Underflow: exactly 0, or smaller than float32 holds (about 10⁻³⁸ for one entry)."


class Colorbar(QWidget):
    """Stands beside a plot and aligns its bar with the plot's data area; the unit runs along the bar. Of the reserved
    colors those are explained that have occurred.

    A limit that values have passed says so: ≤ or ≥. Where there is little room it says less: the unit up to its first
    comma, and the shorter words of the legend. In a low picture the legend stands beside the bar and the unit below it.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self._scale: Scale | None = None
        self._unit = ""
        self._is_compact = False
        self._forget()
        self._theme = theme.current()

    def sizeHint(self) -> QSize:
        ticks_width = max((self._metrics.horizontalAdvance(words) for _, words in self._ticks()), default=0)
        beside = theme.px(BAR_WIDTH) + theme.GRID + ticks_width + theme.GRID / 2
        legend = self._legend_width()
        if self._is_low:
            unit = self._metrics.horizontalAdvance(self._short_unit())
            return QSize(
                math.ceil(max(unit, beside + (theme.GRID + legend if legend else 0))) + 2, theme.px(120)
            )
        unit = beside + (theme.px(LINE) if self._unit_line() else 0)
        return QSize(math.ceil(max(unit, legend)) + 2, theme.px(120))

    def show_compact(self, is_compact: bool) -> None:
        """Says less, for a narrow picture."""
        if is_compact != self._is_compact:
            self._is_compact = is_compact
            self.updateGeometry()
            self.update()

    def show_scale(self, scale: Scale, unit: str, dress: theme.Theme) -> None:
        """Shows the scale; `unit` says what the numbers are sizes of."""
        if (scale, unit, dress) == (self._scale, self._unit, self._theme):
            return
        if self._scale is None or (scale.low, scale.high) != (self._scale.low, self._scale.high):
            self._is_passed = (False, False)  # by values seen from now on
        self._scale, self._unit, self._theme = scale, unit, dress
        low, high = (_words(scale, limit) for limit in (scale.low, scale.high))
        self.setAccessibleName(f"Color scale from {low} to {high}")
        self.setAccessibleDescription(unit)
        self.setToolTip(f"{unit}, from {low} to {high}. {UNDERFLOW if scale.log10 else ''}".strip())
        self.updateGeometry()
        self.update()

    def show_found(self, values: NDArray[Any]) -> None:
        """Explains the reserved colors of these values too and marks the limits that they pass, and goes on with it: a
        legend that comes and goes moves the picture. Values as `Scale.colors` takes them."""
        if self._scale is None:
            return
        given = real(values)
        is_finite = np.isfinite(given)
        lost, finite = given[~is_finite], given[is_finite]
        before = self.legend(), self._is_passed
        self._has_none |= bool(np.isnan(lost).any())
        self._has_zero |= self._scale.log10 and bool(np.isneginf(lost).any())
        self._has_lost |= bool((np.isposinf(lost) | (np.isneginf(lost) & (not self._scale.log10))).any())
        if finite.size:
            below, above = self._is_passed
            passed = finite.min() < self._scale.low - HAIR, finite.max() > self._scale.high + HAIR
            self._is_passed = below or bool(passed[0]), above or bool(passed[1])
        if (self.legend(), self._is_passed) != before:
            self.updateGeometry()
            self.update()

    def forget(self) -> None:
        """For another run: nothing has occurred yet."""
        self._forget()
        self.updateGeometry()
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.updateGeometry()  # a lower bar has its unit shorter

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._scale is None:
            return
        painter = QPainter(self)
        painter.setFont(theme.font(theme.CAPTION))
        bar = self._bar()
        self._paint_bar(painter, self._scale, bar)
        self._paint_ticks(painter, self._scale, bar)
        if self._is_low:
            self._paint_unit_below(painter)
            lines = len(self.legend())
            top = max(0.0, bar.center().y() - lines * theme.px(LINE) / 2)
            self._paint_legend(painter, self.width() - self._legend_width() - 1, top)
        else:
            self._paint_unit(painter, bar)
            self._paint_legend(painter, bar.left(), bar.bottom() + 3)

    @property
    def _metrics(self) -> QFontMetricsF:
        return QFontMetricsF(theme.font(theme.CAPTION))

    @property
    def _is_low(self) -> bool:
        return is_low(self.height())

    def _bar(self) -> QRectF:
        height = max(8, self.height() - bottom_height(self.height()) - TOP_MARGIN - 1)
        return QRectF(0.5, TOP_MARGIN + 0.5, theme.px(BAR_WIDTH), height)

    def _ticks(self) -> list[tuple[float, str]]:
        if self._scale is None:
            return []
        below, above = self._is_passed
        signs = {self._scale.low: "≤ " * below, self._scale.high: "≥ " * above}
        return [(at, signs.get(at, "") + words) for at, words in ticks(self._scale, self._bar().height())]

    def _forget(self) -> None:
        self._has_zero = self._has_lost = self._has_none = False
        self._is_passed = (False, False)  # the lower limit, the upper one

    def _unit_line(self) -> str:
        """The unit as far as it fits along the bar."""
        forms = (self._short_unit(),) if self._is_compact else (self._unit, self._short_unit())
        room = self._bar().height()
        return next((words for words in forms if self._metrics.horizontalAdvance(words) <= room), "")

    def _short_unit(self) -> str:
        return self._unit.split(",")[0]

    def _legend_width(self) -> float:
        widest = max((self._metrics.horizontalAdvance(words) for _, words in self.legend()), default=None)
        return 0.0 if widest is None else theme.px(BAR_WIDTH) + theme.GRID + widest

    def _paint_bar(self, painter: QPainter, scale: Scale, bar: QRectF) -> None:
        colors = np.ascontiguousarray(scale.table[::-1, None])
        image = QImage(colors.data, 1, len(colors), 4, QImage.Format.Format_RGBA8888)
        painter.drawImage(bar, image)
        painter.setPen(QPen(QColor(self._theme.outline), 1))
        painter.drawRect(bar)

    def _paint_ticks(self, painter: QPainter, scale: Scale, bar: QRectF) -> None:
        painter.setPen(QColor(self._theme.text_muted))
        line = theme.px(LINE)
        for value, words in self._ticks():
            part = (value - scale.low) / (scale.high - scale.low)
            y = min(max(bar.bottom() - part * bar.height(), bar.top() + 6), bar.bottom() - 6)
            box = QRectF(bar.right() + theme.GRID, y - line / 2, self.width(), line)
            painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, words)

    def _paint_unit(self, painter: QPainter, bar: QRectF) -> None:
        """Read from top to bottom."""
        line, room = theme.px(LINE), bar.height()
        painter.save()
        painter.translate(QPointF(self.width(), bar.center().y()))
        painter.rotate(90)
        painter.drawText(QRectF(-room, 0, 2 * room, line), Qt.AlignmentFlag.AlignCenter, self._unit_line())
        painter.restore()

    def _paint_unit_below(self, painter: QPainter) -> None:
        """On the line of the axis' name."""
        line = theme.px(LINE)
        painter.setPen(QColor(self._theme.text_muted))
        box = QRectF(0, self.height() - line - 1, self.width(), line)
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, self._short_unit())

    def _paint_legend(self, painter: QPainter, left: float, top: float) -> None:
        line = theme.px(LINE)
        for color, words in self.legend():
            swatch = QRectF(
                left, top + (line - theme.px(theme.GRID)) / 2, theme.px(BAR_WIDTH), theme.px(theme.GRID)
            )
            painter.fillRect(swatch, QColor(color))
            painter.setPen(QPen(QColor(self._theme.outline), 1))
            painter.drawRect(swatch)
            painter.setPen(QColor(self._theme.text_muted))
            box = QRectF(swatch.right() + theme.GRID, top, self.width(), line)
            painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, words)
            top += line

    def legend(self) -> list[tuple[str, str]]:
        """The reserved colors that have occurred, and what they stand for."""
        now = self._theme
        words = COMPACT_WORDS if self._is_compact or self._is_low else WORDS
        occurred = (self._has_zero, self._has_lost, self._has_none)
        colors = (now.exact_zero, now.not_finite, now.none)
        return [entry for entry, has in zip(zip(colors, words, strict=True), occurred, strict=True) if has]


def ticks(scale: Scale, height: float) -> list[tuple[float, str]]:
    """Whole powers of ten, or round values on a linear scale, as many as are readable in `height` px."""
    low, high = scale.low, scale.high
    if not scale.log10:
        return value_ticks(low, high, height)
    room = max(2, min(TICKS_AT_MOST, int(height // (theme.px(LINE) + 4))))
    first, last = math.ceil(low), math.floor(high)
    exponents = _exponents(first, last, room)
    if len(exponents) < 2 and height >= 2 * theme.px(LINE):  # one number is no scale
        exponents = [first, last]
    return [(float(e), power(e)) for e in exponents]


def _exponents(first: int, last: int, room: int) -> list[int]:
    """At most `room` whole numbers, evenly apart and, where that can be, with both ends; 0 where the range is centered
    on it."""
    span, is_centered = last - first, first == -last
    steps = [s for s in range(1, max(2, span + 1)) if span // s < room]
    even = [s for s in steps if (last if is_centered else span) % s == 0]
    if even and (span // even[0] > 1 or room < 3):
        return list(range(first, last + 1, even[0]))
    return [e for e in range(first, last + 1) if e % steps[0] == 0] if steps else [first]


def _words(scale: Scale, limit: float) -> str:
    return power(round(limit)) if scale.log10 else plain(limit)
