"""A few lines of words in the corner of a picture where there is most room."""

from collections.abc import Sequence
from html import escape

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QFontMetricsF

from vgviewer.app import theme
from vgviewer.app.picture.library import pg
from vgviewer.app.picture.plot import Plot, Range

PADDING = 8  # px that a text item adds to the height of its lines
CLEAR = 2  # px of what is drawn above or below stay free
AIR = 24  # px beside the words

Line = tuple[str, str]  # color, words


class CornerWords:
    """One item where most is free: above what is drawn in the picture, below it or between two curves, at the left if
    there is no more room at the right. The last lines are left out where they would cover anything."""

    def __init__(self, plot: Plot) -> None:
        self._plot = plot
        self._at_right = False
        self._item = pg.TextItem()
        self._item.setZValue(5)
        plot.addItem(self._item)

    def show(self, lines: Sequence[Line], x: Range, y: Range, heights: NDArray[np.float64]) -> None:
        """`heights` (curves, N) are what is drawn, evenly over the width."""
        fitting = {at_right: self._fitting(at_right, lines, y, heights) for at_right in (False, True)}
        self._at_right = fitting[True] > fitting[False]
        count = fitting[self._at_right]
        low, high = self._room(lines[:count], y, heights)
        is_above = high >= y[1] or low > y[0]
        self._item.setVisible(count > 0)
        shown = (f'<span style="color:{color}">{escape(words)}</span>' for color, words in lines[:count])
        self._item.setHtml("<br>".join(shown))
        self._item.setAnchor((1 if self._at_right else 0, 0 if is_above else 1))
        clear = CLEAR / self._per_unit(y)
        self._item.setPos(x[1] if self._at_right else x[0], high - clear if is_above else low + clear)

    def _fitting(self, at_right: bool, lines: Sequence[Line], y: Range, heights: NDArray[np.float64]) -> int:
        """How many of the lines have room on that side."""
        self._at_right = at_right
        for count in range(len(lines), 0, -1):
            low, high = self._room(lines[:count], y, heights)
            if self._fit(lines[:count], (high - low) * self._per_unit(y)):
                return count
        return 0

    def _per_unit(self, y: Range) -> float:
        """px of a value."""
        return max(1.0, self._plot.data_size()[1]) / max(1e-12, y[1] - y[0])

    def _room(self, lines: Sequence[Line], y: Range, heights: NDArray[np.float64]) -> Range:
        """From where to where nothing is drawn, the largest such span, where these lines would stand."""
        width, _ = self._plot.data_size()
        metrics = QFontMetricsF(theme.font(theme.CAPTION))
        widest = max((metrics.horizontalAdvance(words) for _, words in lines), default=0.0) + AIR
        part = max(1, int(min(1.0, widest / max(1.0, width)) * heights.shape[1]))
        near = heights[:, -part:] if self._at_right else heights[:, :part]
        drawn = sorted((row.min(), row.max()) for row in (row[np.isfinite(row)] for row in near) if row.size)
        free, low = [], y[0]
        for least, most in drawn:
            free.append((low, float(least)))
            low = max(low, float(most))
        return max([(low, y[1]), *free], key=lambda span: span[1] - span[0])

    @staticmethod
    def _fit(lines: Sequence[Line], room: float) -> bool:
        metrics = QFontMetricsF(theme.font(theme.CAPTION))
        return len(lines) * metrics.lineSpacing() + PADDING + 2 * CLEAR <= room

    def wear(self, dress: theme.Theme) -> None:
        """Takes the colors of the theme."""
        self._item.fill = pg.mkBrush(dress.window)
        self._item.setFont(theme.font(theme.CAPTION))
