"""What each factor of a hop does to the gradient, as bars on one logarithmic scale."""

import math
from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from vgviewer.app import theme
from vgviewer.app.picture.numbers import size
from vgviewer.diagnosis.alert import Cause, Hop

ROW = 18  # px
BAR = 8  # px
NAMES = 0.36  # of the width
VALUES = 52  # px
LEAST_SPAN = 0.3  # decades: factors near 1 stay short bars
MOST_ROWS = 12  # a card is no place for more; the text tells of all hops


class Bar(NamedTuple):
    """`exponent` is log10 of the factor: 0 passes all on, NaN is not known."""

    name: str
    exponent: float


def bars_of(cause: Cause) -> list[Bar]:
    """Through time the mean factors of the hops and of the detour; with depth one bar for each hop."""
    hops = cause.hops
    if not hops:
        return []
    if all(hop.timestep is None for hop in hops):
        return _thinned([Bar(f"{hop.start} → {hop.layer}", _log(hop.gain)) for hop in hops])
    factors = [Bar(name, _mean(hops, name, "factors")) for name in hops[0].factors]
    detour = [Bar(f"detour: {name}", _mean(hops, name, "detour")) for name in hops[0].detour]
    whole = Bar("per timestep", sum(bar.exponent for bar in factors))
    return [whole, *factors, *detour]


def _thinned(bars: list[Bar]) -> list[Bar]:
    """Those that change the gradient most, in their order."""
    known = sorted(bars, key=lambda bar: -abs(bar.exponent) if math.isfinite(bar.exponent) else -math.inf)
    kept = {id(bar) for bar in known[:MOST_ROWS]}
    return [bar for bar in bars if id(bar) in kept]


def _mean(hops: Sequence[Hop], name: str, where: str) -> float:
    values = [_log(getattr(hop, where).get(name, math.nan)) for hop in hops]
    known = [value for value in values if math.isfinite(value)]
    return sum(known) / len(known) if known else math.nan


def _log(ratio: float) -> float:
    return math.log10(ratio) if math.isfinite(ratio) and ratio > 0 else math.nan


class HopBars(QWidget):
    """Blue to the left loses, red to the right gains; the number says it without color."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._bars: list[Bar] = []
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_cause(self, cause: Cause | None) -> None:
        """Takes another cause; nothing is shown where it has no hops."""
        self._bars = bars_of(cause) if cause else []
        self.setFixedHeight(ROW * len(self._bars))
        self.setVisible(bool(self._bars))
        self.setAccessibleName("What each factor does to the gradient")
        self.setAccessibleDescription(", ".join(f"{bar.name} {_value(bar)}" for bar in self._bars))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        now, painter = theme.current(), QPainter(self)
        painter.setFont(theme.font(theme.CAPTION))
        names = self.width() * NAMES
        room = self.width() - names - VALUES
        largest = max((abs(bar.exponent) for bar in self._bars if math.isfinite(bar.exponent)), default=0.0)
        half, zero = room / 2, names + room / 2
        painter.fillRect(QRectF(zero - 0.5, 0, 1, self.height()), QColor(now.outline))
        for row, bar in enumerate(self._bars):
            top = row * ROW
            self._say(painter, now.text_muted, QRectF(0, top, names - 8, ROW), bar.name, left=True)
            self._say(painter, now.text, QRectF(self.width() - VALUES, top, VALUES, ROW), _value(bar))
            if math.isfinite(bar.exponent):
                length = half * bar.exponent / max(LEAST_SPAN, largest)
                box = QRectF(min(zero, zero + length), top + (ROW - BAR) / 2, abs(length), BAR)
                painter.fillRect(box, QColor(now.vanishing if length < 0 else now.exploding))

    def _say(self, painter: QPainter, color: str, box: QRectF, text: str, left: bool = False) -> None:
        painter.setPen(QColor(color))
        side = Qt.AlignmentFlag.AlignLeft if left else Qt.AlignmentFlag.AlignRight
        elided = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, int(box.width()))
        painter.drawText(box, side | Qt.AlignmentFlag.AlignVCenter, elided)


def _value(bar: Bar) -> str:
    return "n/a" if math.isnan(bar.exponent) else f"× {size(bar.exponent)}"
