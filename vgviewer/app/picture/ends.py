"""What stands outside a logarithmic axis: bars for the entries that are exactly 0, and for those not finite."""

import numpy as np
from numpy.typing import NDArray

from vgviewer.app import theme
from vgviewer.app.picture.library import pg
from vgviewer.app.picture.plot import Plot

WIDTH = 0.1  # of the axis between them
APART = 0.02
BAR = 0.72  # of a row's height
Range = tuple[float, float]


class Ends:
    """Two columns beside the axis; a full bar is the whole row. Row i stands between y = i and i + 1."""

    def __init__(self, plot: Plot) -> None:
        self._plot = plot
        self._bars = [pg.BarGraphItem(x0=[], y0=[], width=[], height=[], pen=None) for _ in range(2)]
        self._feet = pg.PlotCurveItem(connect="pairs")
        for item in (*self._bars, self._feet):
            plot.addItem(item)

    def show(self, zeros: NDArray[np.float64], beyond: NDArray[np.float64], axis: Range) -> None:
        """float64 (rows,) each: shares of the entries; NaN draws nothing."""
        rows = np.arange(len(zeros)) + (1 - BAR) / 2
        places = columns(axis)
        for item, shares, (low, high) in zip(self._bars, (zeros, beyond), places, strict=True):
            widths = np.nan_to_num(shares) * (high - low)
            item.setOpts(x0=np.full(len(rows), low), y0=rows, width=widths, height=np.full(len(rows), BAR))
        feet = [x for low, high in places for x in (low, low, high, high)]
        self._feet.setData(feet, [0.0, float(len(zeros))] * 4, connect="pairs")

    def wear(self, dress: theme.Theme, line_scale: float) -> None:
        """Takes the colors of the theme."""
        for item, color in zip(self._bars, (dress.exact_zero, dress.not_finite), strict=True):
            item.setOpts(brush=pg.mkBrush(color), pen=pg.mkPen(None))
        self._feet.setPen(pg.mkPen(dress.hairline, width=line_scale))


def columns(axis: Range) -> tuple[Range, Range]:
    """From where to where the columns at both ends of the axis stand."""
    low, high = axis
    span = high - low
    left, right = low - APART * span, high + APART * span
    return (left - WIDTH * span, left), (right, right + WIDTH * span)
