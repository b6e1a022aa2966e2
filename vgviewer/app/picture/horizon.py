"""The memory horizon: how many timesteps back a gradient keeps 1 % or more of its size where the loss enters."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFontMetricsF

from vgviewer.app import theme
from vgviewer.app.picture.library import pg
from vgviewer.app.picture.plot import Plot
from vgviewer.frames.horizon import Horizon, memory_horizon

TOP_OF_BAND = 0.08  # of a row: half the gap between two bands
BEYOND_BAND = 0.03  # of a row: where the line begins and ends
LABEL_DROP = 6  # px under the band's edge
LABEL_AIR = 16  # px around its words, its distance from the line included
LABEL_ROOM = 48  # px that a row needs to hold a label


def horizon_words(sizes: NDArray[np.float32]) -> str:
    """The memory horizon of log10 sizes (T,) for a sentence."""
    horizon = memory_horizon(sizes)
    return "memory horizon unknown" if horizon is None else f"memory horizon {horizon.back}"


def edges(horizons: Sequence[Horizon | None]) -> NDArray[np.float64]:
    """Where their lines stand, (rows,); NaN for none."""
    return np.array([np.nan if each is None else each.edge for each in horizons])


def through_rows(edges: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """x and y, float64 (3 rows,), of one line through the middle of every row of a plot, at edges[row]; broken where
    that is NaN."""
    rows = np.arange(len(edges), dtype=np.float64)
    between = np.concatenate([edges[:1], (edges[1:] + edges[:-1]) / 2, edges[-1:]])
    above = np.where(np.isnan(between[:-1]), edges, between[:-1])
    below = np.where(np.isnan(between[1:]), edges, between[1:])
    x = np.column_stack([above, edges, below]).ravel()
    return x, np.column_stack([rows, rows + 0.5, rows + 1]).ravel()


def _words(back: int, room: float) -> str:
    """As much as goes into the room beside the line."""
    count = f"{back} timestep{'' if back == 1 else 's'}"
    metrics = QFontMetricsF(theme.font(theme.CAPTION))
    whole = (f"memory horizon, 1 % left: {count}", f"memory horizon: {count}", f"horizon: {back}")
    return next((words for words in whole if metrics.horizontalAdvance(words) + LABEL_AIR <= room), "")


class HorizonLines:
    """One dashed line with its label per row of a plot; items are reused."""

    def __init__(self, plot: Plot) -> None:
        self._plot = plot
        self._lines: list[pg.PlotCurveItem] = []
        self._labels: list[pg.TextItem] = []
        self._dress = theme.current()
        self._line_scale = 1.0
        self._row_height = 1.0

    def show(self, horizons: Sequence[Horizon | None], timesteps: int) -> None:
        """Row i gets the line of horizons[i]; a row that keeps everything, or has nothing, gets none."""
        while len(self._lines) < len(horizons):
            self._add()
        self._row_height = max(1.0, self._plot.data_size()[1] / max(1, len(horizons)))
        for row, (line, label) in enumerate(zip(self._lines, self._labels, strict=True)):
            horizon = horizons[row] if row < len(horizons) else None
            shown = horizon is not None and not horizon.is_all
            line.setVisible(shown)
            label.setVisible(label.isVisible() and shown)
            if horizon is not None and shown:
                self._place(line, label, row, horizon, timesteps)

    def wear(self, dress: theme.Theme, line_scale: float) -> None:
        """Takes the colors of the theme."""
        self._dress, self._line_scale = dress, line_scale
        background = QColor(dress.window)
        background.setAlphaF(0.86)
        for line, label in zip(self._lines, self._labels, strict=True):
            line.setPen(pg.mkPen(dress.text, width=1.5 * line_scale, style=Qt.PenStyle.DashLine))
            label.setColor(dress.text)
            label.fill = pg.mkBrush(background)
            label.setFont(theme.font(theme.CAPTION))

    def _add(self) -> None:
        self._lines.append(pg.PlotCurveItem())
        self._labels.append(pg.TextItem())
        for item in (self._lines[-1], self._labels[-1]):
            item.setZValue(3)
            self._plot.addItem(item)
        self.wear(self._dress, self._line_scale)

    def _place(
        self, line: pg.PlotCurveItem, label: pg.TextItem, row: int, horizon: Horizon, timesteps: int
    ) -> None:
        back, x = horizon
        line.setData([x, x], [row + BEYOND_BAND, row + 1 - BEYOND_BAND])
        is_at_left = x > timesteps / 2
        part = (x - 0.5 if is_at_left else timesteps + 0.5 - x) / timesteps
        words = _words(back, part * self._plot.data_size()[0])
        label.setVisible(bool(words) and self._row_height >= theme.px(LABEL_ROOM))
        label.setText(words)
        label.setAnchor((1.03, 0) if is_at_left else (-0.03, 0))
        label.setPos(x, row + TOP_OF_BAND + LABEL_DROP / self._row_height)
