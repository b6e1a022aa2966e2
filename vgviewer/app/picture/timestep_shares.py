"""Each timestep's share of ∂L/∂W_hh as a bar, and what of it comes from far back."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QColor, QPen

from vgviewer.app import theme
from vgviewer.app.picture.corner import Line
from vgviewer.app.picture.cursor import Stops
from vgviewer.app.picture.library import pg
from vgviewer.app.picture.mixed_axis import MixedAxis
from vgviewer.app.picture.numbers import plain
from vgviewer.app.picture.panel import Panel
from vgviewer.app.picture.plot import Plot
from vgviewer.app.picture.steps import value_ticks
from vgviewer.app.picture.table import Table
from vgviewer.frames.inspections import LayerReach

Floats = NDArray[np.float64]
PART = 0.8  # of a column, that a bar takes
LEAST = 0.01  # percent
FARTHEST = 1e9  # percent: shares of paths that cancel may be large


@dataclass(frozen=True)
class Shares:
    """float64 (T,), in percent of ∂L/∂W_hh, signed: `whole` sums to 100; `far` is the part that a loss more than `lag`
    timesteps later has sent back. NaN where the gradient is 0 or not finite."""

    lag: int
    whole: Floats
    far: Floats

    @property
    def long_range(self) -> float:
        """The far part of all timesteps together, in percent."""
        return float(self.far.sum())


def shares_of(found: LayerReach, needed: int | None) -> Shares:
    """Far is what the task needs (a loss `needed` timesteps later counts), or else more than half the sequence."""
    timesteps = found.shares.shape[1]
    lag = timesteps // 2 if needed is None else max(0, needed - 1)
    is_far = found.targets[:, None] - np.arange(1, timesteps + 1) > lag
    return Shares(lag, 100 * found.timestep_shares(), 100 * np.where(is_far, found.shares, 0.0).sum(0))


class ShareBars(Panel):
    """The far part is drawn before the whole, from the same line on."""

    def __init__(self, plot: Plot, axis: MixedAxis) -> None:
        super().__init__(plot, axis)
        self._zero = pg.PlotCurveItem()
        self._whole, self._far = (pg.BarGraphItem(x=[], height=[], width=PART) for _ in range(2))
        self._shares = Shares(0, np.empty(0), np.empty(0))
        self.drawn = np.empty((1, 0))  # heights, for words that keep clear of them
        self.add(self._zero, self._whole, self._far)

    def show(self, shares: Shares) -> None:
        """Draws them in percent."""
        self._shares = shares
        count = len(shares.whole)
        x = np.arange(1, count + 1, dtype=np.float64)
        known = np.isfinite(shares.whole) & np.isfinite(shares.far)
        whole, far = (np.clip(each[known], -FARTHEST, FARTHEST) for each in (shares.whole, shares.far))
        low, high = min([0.0, *whole, *far]), max([0.0, *whole, *far])
        air = 0.06 * (high - low) or 1.0
        low, high = low - air * (low < 0), high + air
        self.plot.show_range((0.5, count + 0.5), (low, high))
        for item, heights in ((self._whole, whole), (self._far, far)):
            item.setOpts(x=x[known], y0=np.zeros(len(heights)), height=heights)
        self._zero.setData([0.5, count + 0.5], [0.0, 0.0])
        self.drawn = np.where(known, np.clip(shares.whole, low, high), 0.0)[None]
        ticks = value_ticks(low, high, self.plot.data_size()[1])
        self.axis.show_values([(at, f"{words} %") for at, words in ticks], "share of ∂L/∂W_hh")

    def wear(self, dress: theme.Theme, line: QPen, curve: QPen) -> None:
        for item, color in ((self._whole, dress.curve_raw), (self._far, dress.curve)):
            item.setOpts(brush=QColor(color), pen=pg.mkPen(None))
        self._zero.setPen(line)

    def sentence(self) -> str:
        if not np.isfinite(self._shares.whole).all():
            return "∂L/∂W_hh is 0 or not finite, so that nothing has a share in it"
        return f"{percent(self._shares.long_range)} of ∂L/∂W_hh comes from more than {self._shares.lag} timesteps back"

    def in_words(self) -> str:
        return f"{self.sentence()}. All shares add up to 100 %."

    def lines(self, dress: theme.Theme) -> Sequence[Line]:
        far = f"■ of a loss more than {self._shares.lag} timesteps later: {percent(self._shares.long_range)}"
        return [(dress.text_muted, "■ all of it: 100 %"), (dress.curve, far)]

    def caption_at(self, x: float, y: float) -> str:
        t = round(x)
        if not 1 <= t <= len(self._shares.whole):
            return ""
        whole, far = (percent(float(each[t - 1])) for each in (self._shares.whole, self._shares.far))
        return (
            f"timestep {t}: {whole} of ∂L/∂W_hh, {far} by losses more than {self._shares.lag} timesteps later"
        )

    def stops(self) -> Stops:
        return np.arange(1.0, len(self._shares.whole) + 1), np.array([self.middle()])

    def table(self) -> Table:
        each = range(1, len(self._shares.whole) + 1)
        rows = zip(each, self._shares.whole.tolist(), self._shares.far.tolist(), strict=True)
        return Table(("timestep", "share %", f"by losses more than {self._shares.lag} later %"), list(rows))


def percent(value: float) -> str:
    """As a person says it: what is too small to be seen is called so."""
    if not np.isfinite(value):
        return "an unknown part"
    return f"{plain(value)} %" if abs(value) >= LEAST or value == 0 else f"less than {LEAST} %"
