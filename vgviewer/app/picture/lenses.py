"""Two profiles over the same columns: bars that hang from a line, and a dotted curve."""

import numpy as np
from numpy.typing import NDArray

from vgviewer.app import theme
from vgviewer.app.picture.library import pg
from vgviewer.app.picture.plot import Plot, Range
from vgviewer.app.picture.series import FARTHEST

BAR = 0.76  # of a column's width
POINT = 7  # px
LEAST_GAP = 10  # px; points that stand closer are left to the line
Floats = NDArray[np.float64]


class Lenses:
    """Column i stands at x = i. Heights are log10: −inf reaches down to the foot, +inf to the top, NaN is nothing."""

    def __init__(self, plot: Plot) -> None:
        self._plot = plot
        self._bars = pg.BarGraphItem(x=[], y0=[], height=[], width=BAR)
        self._base, self._line = pg.PlotCurveItem(), pg.PlotCurveItem(connect="finite", antialias=True)
        self._points = pg.ScatterPlotItem(size=POINT)
        self._ends = pg.ScatterPlotItem(size=POINT, symbol="s", pen=None)
        self._dress = theme.current()
        for height, item in enumerate((self._bars, self._base, self._line, self._points, self._ends)):
            item.setZValue(height)
            plot.addItem(item)

    def show_bars(self, heights: Floats, base: float, colors: NDArray[np.uint8], y: Range) -> None:
        """From `base` to each height; uint8 (N, 4) are their colors."""
        there = ~np.isnan(heights)
        ends = np.clip(np.nan_to_num(heights, nan=0, neginf=-FARTHEST, posinf=FARTHEST), *y)[there]
        self._bars.setOpts(
            x=np.flatnonzero(there).astype(float),
            y0=np.full(len(ends), base),
            height=ends - base,
            width=BAR,
            brushes=[pg.mkBrush(*color) for color in colors[there].tolist()],
            pen=pg.mkPen(
                self._dress.edge, width=1
            ),  # a bar whose size is the output's has the color of the ground
        )
        self._base.setData([-0.5, len(heights) - 0.5], [base, base])

    def show_curve(self, heights: Floats, y: Range) -> None:
        """Through the columns that have a height."""
        there = np.flatnonzero(~np.isnan(heights))
        known = heights[there]
        finite = np.isfinite(known)
        drawn = np.where(finite, np.clip(known, -FARTHEST, FARTHEST), np.nan)
        self._line.setData(there.astype(float), drawn, connect="finite")
        has_room = self._plot.data_size()[0] / max(1, len(heights)) >= LEAST_GAP
        shown = finite & (has_room | (finite.sum() == 1))
        self._points.setData(there[shown].astype(float), drawn[shown])
        margin = 0.03 * (y[1] - y[0])
        lost = known[~finite]
        brushes = [self._dress.not_finite if value > 0 else self._dress.exact_zero for value in lost]
        places = np.where(lost > 0, y[1] - margin, y[0] + margin)
        self._ends.setData(
            there[~finite].astype(float), places, brush=[pg.mkBrush(color) for color in brushes]
        )

    def wear(self, dress: theme.Theme, line_scale: float) -> None:
        """Takes the colors of the theme."""
        self._dress = dress
        self._base.setPen(pg.mkPen(dress.text, width=line_scale))
        self._line.setPen(pg.mkPen(dress.text, width=2 * line_scale))
        self._points.setPen(pg.mkPen(dress.text, width=1.5 * line_scale))
        self._points.setBrush(pg.mkBrush(dress.window))
