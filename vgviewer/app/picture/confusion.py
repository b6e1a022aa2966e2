"""How often each class is answered as each other."""

import math

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF
from PySide6.QtGui import QFontMetricsF, QPen

from vgviewer.app import theme
from vgviewer.app.numerals import counted, short
from vgviewer.app.picture.blends import blend, mixed
from vgviewer.app.picture.cursor import Stops
from vgviewer.app.picture.library import pg
from vgviewer.app.picture.mixed_axis import MixedAxis
from vgviewer.app.picture.panel import Panel
from vgviewer.app.picture.plot import Plot
from vgviewer.app.picture.table import Table

DEPTH = 0.62  # of the accent, for a class that is always answered so: numbers on it stay readable
ROOM = 6  # px around a number
MOST_NUMBERS = 144  # items; with more classes the shades alone tell


class Confusion(Panel):
    """Row i is the true class i, the first on top; the shade is the share of the row, the number the count."""

    def __init__(self, plot: Plot, axis: MixedAxis) -> None:
        super().__init__(plot, axis)
        self._image = pg.ImageItem(axisOrder="row-major")
        self._numbers: list[pg.TextItem] = []
        self._counts: NDArray[np.int64] = np.zeros((0, 0), np.int64)
        self._dress = theme.current()
        self.add(self._image)

    def show(self, counts: NDArray[np.int64]) -> None:
        """int64 (K, K)."""
        self._counts = counts
        classes = len(counts)
        self.plot.show_range((0, classes), (0, classes))
        shades = blend(
            self._dress.window, mixed(self._dress.window, self._dress.curve, DEPTH), self._shares()
        )
        self._image.setImage(shades[::-1], autoLevels=False)
        self._image.setRect(QRectF(0, 0, classes, classes))
        width, height = self.plot.data_size()
        self._show_numbers(width / max(1, classes), height / max(1, classes))
        names = [(classes - label - 0.5, f"class {label}") for label in range(classes)]
        self.axis.show_names(names, height)
        self.plot.bottom_axis.setLabel("answered class (rows: the true one)")
        every = max(1, math.ceil(classes * 32 / max(1.0, width)))
        self.plot.bottom_axis.show_ticks([(label + 0.5, str(label)) for label in range(0, classes, every)])

    def set_visible(self, is_visible: bool) -> None:
        super().set_visible(is_visible)
        for number in self._numbers:
            number.setVisible(False)  # those that are needed come with the next `show`

    def wear(self, dress: theme.Theme, line: QPen, curve: QPen) -> None:
        self._dress = dress
        for number in self._numbers:
            number.setColor(dress.text)
            number.setFont(theme.font(theme.CAPTION))

    def sentence(self) -> str:
        return ""

    def caption_at(self, x: float, y: float) -> str:
        classes = len(self._counts)
        true, said = classes - 1 - math.floor(y), math.floor(x)
        if not (0 <= true < classes and 0 <= said < classes):
            return ""
        count, share = int(self._counts[true, said]), self._shares()[true, said]
        part = "" if np.isnan(share) else f", {short(100 * share)} % of class {true}"
        return f"class {true} answered as {said}: {counted(count)} times{part}"

    def stops(self) -> Stops:
        middles = np.arange(float(len(self._counts))) + 0.5
        return middles, middles[::-1]

    def table(self) -> Table:
        classes = range(len(self._counts))
        rows = [(f"class {true}", *row) for true, row in zip(classes, self._counts.tolist(), strict=True)]
        return Table(("true class", *(f"answered {said}" for said in classes)), rows)

    def _shares(self) -> NDArray[np.float64]:
        """Of each row; NaN for a class without samples."""
        sums = self._counts.sum(1, keepdims=True)
        return np.where(sums > 0, self._counts / np.maximum(1, sums), np.nan)

    def _show_numbers(self, width: float, height: float) -> None:
        """Into cells of so many px, where the longest number fits."""
        metrics = QFontMetricsF(theme.font(theme.CAPTION))
        longest = metrics.horizontalAdvance(counted(int(self._counts.max(initial=0))))
        fits = longest + ROOM <= width and metrics.height() <= height
        shown = list(np.argwhere(self._counts > 0)) if fits and self._counts.size <= MOST_NUMBERS else []
        while len(self._numbers) < len(shown):
            self._numbers.append(pg.TextItem(color=self._dress.text, anchor=(0.5, 0.5)))
            self._numbers[-1].setFont(theme.font(theme.CAPTION))
            self._numbers[-1].setZValue(2)
            self.plot.addItem(self._numbers[-1])
        for place, number in enumerate(self._numbers):
            number.setVisible(place < len(shown))
            if place < len(shown):
                true, said = (int(label) for label in shown[place])
                number.setText(counted(int(self._counts[true, said])))
                number.setPos(said + 0.5, len(self._counts) - true - 0.5)
