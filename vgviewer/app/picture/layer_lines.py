"""One line for each layer over training steps, named at its end; the selected one stands out."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QFontMetricsF, QPen

from vgviewer.app import theme
from vgviewer.app.picture.library import pg
from vgviewer.app.picture.plot import Plot, Range
from vgviewer.app.picture.steps import Floats, even_columns

AIR = 0.06  # of the height, above and below
NAME_GAP = 8  # px between a line's end and its name
LARGEST = 320.0  # decades; no number lies beyond


class LayerLines:
    """Two curves, however many layers there are: the selected one, and all others as one; names that would touch are
    left out, never the selected one's."""

    def __init__(self, plot: Plot) -> None:
        self._plot = plot
        self._others = pg.PlotCurveItem(antialias=True, connect="finite")
        self._selected = pg.PlotCurveItem(antialias=True, connect="finite")
        self._labels: list[pg.TextItem] = []
        self._dress = theme.current()
        for item in (self._others, self._selected):
            plot.addItem(item)

    def hide(self) -> None:
        """Until the next `show`."""
        for item in (self._others, self._selected, *self._labels):
            item.setVisible(False)

    def room(self, names: Sequence[str]) -> float:
        """px that the names need at the right."""
        metrics = QFontMetricsF(theme.font(theme.CAPTION))
        return max((metrics.horizontalAdvance(name) for name in names), default=0) + 2 * NAME_GAP

    def show(
        self, steps: NDArray[np.int64], sizes: Floats, names: Sequence[str], selected: str | None, y: Range
    ) -> None:
        """Sizes: log10 (columns, layers); what is not finite is a gap."""
        width, height = self._plot.data_size()
        kept = even_columns(steps, int(width))
        lines = _drawable(sizes[kept]).T
        gap = np.full((len(lines), 1), np.nan)
        chosen = np.array([name == selected for name in names], bool)
        x = np.append(steps[kept].astype(np.float64), np.nan)
        for item, which in ((self._others, ~chosen), (self._selected, chosen)):
            joined = np.hstack([lines, gap])[which]
            item.setData(np.tile(x, len(joined)), joined.ravel(), connect="finite")
            item.setVisible(True)
        self._name(names, chosen, lines[:, -1], float(steps[-1]), height, y)

    def wear(self, dress: theme.Theme, others: QPen, selected: QPen) -> None:
        """Takes the colors of the theme."""
        self._dress = dress
        self._others.setPen(others)
        self._selected.setPen(selected)
        for label in self._labels:
            label.setFont(theme.font(theme.CAPTION))

    def _name(
        self, names: Sequence[str], chosen: NDArray[np.bool_], ends: Floats, x: float, height: float, y: Range
    ) -> None:
        line = QFontMetricsF(theme.font(theme.CAPTION)).height() * (y[1] - y[0]) / max(1.0, height)
        taken: list[float] = []
        for place in sorted(np.flatnonzero(np.isfinite(ends)).tolist(), key=lambda i: not chosen[i]):
            if all(abs(ends[place] - other) >= line for other in taken):
                color = self._dress.curve if chosen[place] else self._dress.text_muted
                self._label(len(taken), names[place], color, (x, float(ends[place])))
                taken.append(float(ends[place]))
        for label in self._labels[len(taken) :]:
            label.setVisible(False)

    def _label(self, number: int, name: str, color: str, at: tuple[float, float]) -> None:
        if number == len(self._labels):
            self._labels.append(pg.TextItem(anchor=(0, 0.5)))
            self._labels[-1].setFont(theme.font(theme.CAPTION))
            self._plot.addItem(self._labels[-1])
        label = self._labels[number]
        label.setText(name)
        label.setColor(color)
        label.setPos(*at)
        label.setVisible(True)


def lines_range(sizes: Floats) -> Range:
    """What holds all lines, with some air; at least a decade."""
    known = _drawable(sizes)
    known = known[np.isfinite(known)]
    if not known.size:
        return -1.0, 0.0
    low, high = float(known.min()), float(known.max())
    air = max(AIR * (high - low), (1.0 - (high - low)) / 2, 1e-6 * abs(high))
    return low - air, high + air


def _drawable(sizes: Floats) -> Floats:
    given = sizes.astype(np.float64)
    return np.clip(np.where(np.isfinite(given), given, np.nan), -LARGEST, LARGEST)
