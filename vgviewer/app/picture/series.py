"""A line with its points: what was expected is dashed and hollow, what was measured solid and filled."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Qt

from vgviewer.app import theme
from vgviewer.app.picture.library import pg
from vgviewer.app.picture.plot import Plot

POINT = 7  # px
SIGNS = {True: "━●", False: "╌○"}  # of the line and of its points, by whether it was measured
LEAST_GAP = 10  # px; points that stand closer are left to the line
FARTHEST = 1e6  # decades: nothing that is drawn lies beyond

Floats = NDArray[np.float64]


class Series:
    """Items are reused. Heights are log10 sizes: −inf stands at the foot in the color of exactly 0."""

    def __init__(self, plot: Plot, is_measured: bool) -> None:
        self._plot, self._is_measured = plot, is_measured
        self._line = pg.PlotCurveItem(connect="finite", antialias=True)
        self._points = pg.ScatterPlotItem(size=POINT)
        self._zeros = pg.ScatterPlotItem(size=POINT, symbol="s", pen=None)
        self.sign = SIGNS[is_measured][1]  # what it looks like now, for a legend
        for height, item in enumerate((self._line, self._points, self._zeros)):
            item.setZValue(2 * is_measured + height)
            plot.addItem(item)

    def show(self, x: Floats, heights: Floats, foot: float) -> None:
        """float64 (N,) each; nothing where a height is NaN or +inf."""
        known = np.where(np.isfinite(heights), np.clip(heights, -FARTHEST, FARTHEST), np.nan)
        self._line.setData(x, known, connect="finite")
        width, _ = self._plot.data_size()
        lonely = np.isfinite(known) & (width / max(1, len(x)) >= LEAST_GAP or len(x) == 1)
        self._points.setData(x[lonely], known[lonely])
        self.sign = SIGNS[self._is_measured][int(lonely.any())]
        zero = np.isneginf(heights)
        self._zeros.setData(x[zero], np.full(int(zero.sum()), foot))

    def wear(self, dress: theme.Theme, line_scale: float) -> None:
        """Takes the colors of the theme."""
        color = dress.curve if self._is_measured else dress.text_muted
        style = Qt.PenStyle.SolidLine if self._is_measured else Qt.PenStyle.DashLine
        self._line.setPen(pg.mkPen(color, width=(2 if self._is_measured else 1.5) * line_scale, style=style))
        self._points.setBrush(pg.mkBrush(color if self._is_measured else dress.window))
        self._points.setPen(pg.mkPen(color, width=1.5 * line_scale))
        self._zeros.setBrush(pg.mkBrush(dress.exact_zero))


def height_range(*series: Floats, keep: tuple[float, ...] = (0.0,)) -> tuple[float, float]:
    """What holds all finite heights and `keep`, with some air."""
    known = np.concatenate([*(each[np.isfinite(each)] for each in series), np.array(keep)])
    known = np.clip(known, -FARTHEST, FARTHEST)
    low, high = float(known.min()), float(known.max())
    air = max(0.06 * (high - low), 0.25)
    return low - air, high + air
