"""Factors as bands of bars: down and blue what loses, up and red what adds, each on its own line."""

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QColor, QPen

from vgviewer.app import theme
from vgviewer.app.picture.cursor import Stops
from vgviewer.app.picture.factors import Factors, Row, sentence
from vgviewer.app.picture.library import pg
from vgviewer.app.picture.mixed_axis import ROW_LABEL, MixedAxis
from vgviewer.app.picture.numbers import factor
from vgviewer.app.picture.panel import Panel, nearest
from vgviewer.app.picture.plot import Plot
from vgviewer.app.picture.table import Table

INSIDE = 0.86  # of a band, that bars may take
# The factors at the ends of a band: few, so that pictures compare.
LESS, MORE = (10.0, 100.0, 1e4, 1e8), (2.0, 10.0, 100.0, 1e4, 1e8)
PART = 0.72  # of a column, that a bar takes
KINDS = ("less", "more", "zero", "lost")
GAP_FROM = 5  # px of a column, from which on bars stand apart


class FactorBands(Panel):
    """Row i of the factors lies between y = n − 1 − i and n − i: the first on top. In a low picture the last rows are
    left to words and table."""

    def __init__(self, plot: Plot, axis: MixedAxis) -> None:
        super().__init__(plot, axis)
        self._lines = pg.PlotCurveItem(connect="pairs")
        self._bars = {kind: pg.BarGraphItem(x=[], height=[], width=1) for kind in KINDS}
        self._factors = Factors(np.empty(0), (), (), ())
        self._rows: Sequence[Row] = ()
        self.scale = (0.5, 2.0)
        self.add(*self._bars.values(), self._lines)

    def show(self, factors: Factors, air: float = 0.0) -> None:
        """Draws them, with some `air` at both sides; `scale` says then for which factors the ends of a band stand."""
        self._factors = factors
        width, height = self.plot.data_size()
        self._rows = _fitting(factors.rows, int(height // theme.px(ROW_LABEL)))
        count = len(self._rows)
        left, right = float(factors.at.min()) - 0.5, float(factors.at.max()) + 0.5
        self.plot.show_range((left - air, right + air), (0, count))
        self.scale = _ends(self._rows)
        low, high = (math.log10(end) for end in self.scale)
        above = (1 - INSIDE) / 2 + INSIDE * high / (high - low)  # of a band, over its line
        ones = [count - place - above for place in range(count)]
        self._lines.setData([left, right] * count, np.repeat(ones, 2), connect="pairs")
        part = PART if width / max(1, len(factors.at)) >= GAP_FROM else 1.0
        for kind, item in self._bars.items():
            x, foot, top = _of_kind(kind, factors.at, self._rows, ones, (low, high))
            item.setOpts(x=x, y0=foot, y1=top, height=None, width=part)
        edge = theme.px(ROW_LABEL) / 2 * count / max(1.0, height)  # a name at its line, but inside its band
        names = [
            (min(one, count - place - edge), named(row))
            for place, (row, one) in enumerate(zip(self._rows, ones, strict=True))
        ]
        self.axis.show_names(names, height, {named(row) for row in self._rows if row.is_whole})

    def wear(self, dress: theme.Theme, line: QPen, curve: QPen) -> None:
        self._lines.setPen(pg.mkPen(dress.text_muted, width=line.widthF()))
        colors = (dress.vanishing, dress.exploding, dress.exact_zero, dress.not_finite)
        for item, color in zip(self._bars.values(), colors, strict=True):
            item.setOpts(brush=QColor(color), pen=pg.mkPen(None))

    def sentence(self) -> str:
        return sentence(self._factors)

    def in_words(self) -> str:
        rows = [f"{row.name}: {factor(row.mean)} in the mean" for row in self._factors.rows]
        return f"{self.sentence()}. {'. '.join(rows)}."

    def caption_at(self, x: float, y: float) -> str:
        rows = self._rows
        place = len(rows) - 1 - math.floor(y)
        if not 0 <= place < len(rows) or not len(self._factors.at):
            return ""
        column = nearest(self._factors.at, x)
        value = factor(float(rows[place].values[column]))
        return f"{self._factors.starts[column]} → {self._factors.ends[column]}: {rows[place].name} {value}"

    def layer_at(self, x: float) -> str | None:
        return self._factors.ends[nearest(self._factors.at, x)] if len(self._factors.at) else None

    def stops(self) -> Stops:
        return self._factors.at, np.arange(float(len(self._rows)), 0.0, -1.0) - 0.5

    def table(self) -> Table:
        rows = self._factors.rows
        columns = ("from", "to", *(f"{row.name} log10" for row in rows))
        each = zip(
            self._factors.starts, self._factors.ends, *(row.values.tolist() for row in rows), strict=True
        )
        return Table(columns, list(each))


def _fitting(rows: Sequence[Row], most: int) -> Sequence[Row]:
    """The first rows, at least one; of a whole all of its parts or nothing, but for the first."""
    if len(rows) <= most:
        return rows
    later = [place for place, row in enumerate(rows) if row.is_whole and 0 < place <= most]
    return rows[: later[-1] if later else max(1, most)]


def _ends(rows: Sequence[Row]) -> tuple[float, float]:
    """The factors at the ends of a band: the nearest that hold all finite ones, on either side of 1."""
    values = np.concatenate([row.values for row in rows])
    known = np.append(values[np.isfinite(values)], 0.0)
    less, more = (
        next((end for end in ends if math.log10(end) >= most), ends[-1])
        for ends, most in ((LESS, -known.min()), (MORE, known.max()))
    )
    return 1 / less, more


def named(row: Row) -> str:
    """With the mean of its hops; a part of a whole is a factor."""
    if math.isnan(row.mean):
        return row.name
    number = factor(row.mean)
    is_factor = math.isfinite(row.mean) and not row.is_whole and "×" not in number
    return f"{row.name} {'× ' * is_factor}{number}"


def _of_kind(
    kind: str,
    at: NDArray[np.float64],
    rows: Sequence[Row],
    ones: list[float],
    decades: tuple[float, float],
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """x, lower and upper ends of the bars of one color; what is 0 or not finite goes to the edge of its band."""
    per_decade = INSIDE / (decades[1] - decades[0])
    x, foot, top = [], [], []
    for row, one in zip(rows, ones, strict=True):
        values = row.values
        picked = {
            "less": np.isfinite(values) & (values < 0),
            "more": np.isfinite(values) & (values > 0),
            "zero": np.isneginf(values),
            "lost": np.isposinf(values),
        }[kind]
        ends = one + per_decade * np.clip(values[picked], *decades)
        x.append(at[picked])
        foot.append(np.minimum(ends, one))
        top.append(np.maximum(ends, one))
    return np.concatenate(x), np.concatenate(foot), np.concatenate(top)
