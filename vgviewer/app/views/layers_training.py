"""Depth against time: one row per layer, the output on top, one column per training step."""

from typing import ClassVar

import numpy as np
from numpy.typing import NDArray
from PySide6.QtWidgets import QWidget

from vgviewer.app.colormaps import log_ratio
from vgviewer.app.picture.header import Choice
from vgviewer.app.picture.meaning import Meaning, gradient, relative
from vgviewer.app.picture.numbers import share, size
from vgviewer.app.picture.steps import even_columns, step_ticks
from vgviewer.app.picture.table import Table
from vgviewer.app.view_names import VIEW_NAMES
from vgviewer.app.views.heatmap import Heatmap, newest, spread
from vgviewer.frames import QUANTITIES, History

GRADIENTS = ("output_gradient", "weight_gradient")
SHOWN = {
    "output_gradient": "output gradient",
    "weight_gradient": "weight gradient",
    "output": "activation",
    "update_ratio": "update ratio",
    "weight": "weights",
    "saturation": "saturated units",
    "dead": "dead units",
}
LIMITS = {
    "output": (-4.0, 4.0),
    "weight": (-4.0, 4.0),
    "update_ratio": (-8.0, 0.0),
}
SCALES = {"relative": "relative", "absolute": "absolute"}


class LayersTraining(Heatmap):
    """Rows are the sites of the run from the output down to the first layer."""

    name = VIEW_NAMES["layers-training"]
    title: ClassVar[str] = "Layers during training"
    empty_text: ClassVar[str] = (
        "Here you will see how large the gradient of every layer is, training step by training step."
    )

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._of = Choice("How sizes are colored", SCALES, self)
        self._what = Choice("What is shown", SHOWN, self)
        for choice in (self._of, self._what):
            choice.chosen.connect(self.refresh)
            self.header.add_choice(choice)
        self._sizes: NDArray[np.float32] = np.empty((0, 0), np.float32)
        self._steps: NDArray[np.int64] = np.empty(0, np.int64)
        self.plot.bottom_axis.setLabel("training step")
        self.wear(self.dress)

    @property
    def is_relative(self) -> bool:
        """Only a gradient enters at the output; other quantities have no such beginning."""
        return self._of.value == "relative" and self._what.value in GRADIENTS

    @property
    def is_share(self) -> bool:
        """Of units, from 0 to 1; everything else is a size."""
        return QUANTITIES[self._what.value].scale == "linear"

    def missing(self) -> str:
        return super().missing() or ("" if self.history and self.history.steps.size else self.empty_text)

    def draw(self, history: History) -> None:
        names = [site.id for site in reversed(history.started.sites)]
        width, _ = self.plot.data_size()
        chosen = even_columns(history.steps, int(width))
        self._steps = history.steps[chosen]
        sizes = self._read(history)[chosen]
        self._sizes = sizes.T[::-1]
        self._of.setVisible(self._what.value in GRADIENTS)
        self.show_meaning(self._meaning())
        first, last = int(self._steps[0]), int(self._steps[-1])
        half = (last - first) / max(1, len(chosen) - 1) / 2 or 0.5
        x = (first - half, last + half)
        self.show_rows(names, x)
        self.show_cells(self._sizes, x)
        self.plot.bottom_axis.show_ticks(step_ticks(first, last, width))

    def describe(self, history: History) -> tuple[str, str]:
        rows = [
            f"{name}: {self._words(row[-1])} now{'' if self.is_share else f', {spread(row)}'}"
            for name, row in zip(self.names, self._sizes, strict=True)
        ]
        what = f"Training step {newest(history)}. {SHOWN[self._what.value]}, {len(self._steps)} columns"
        return self._least(), ". ".join([what, *rows])

    def caption_at(self, x: float, y: float) -> str:
        row = self.row_at(y)
        if row is None or not self._steps.size:
            return ""
        column = int(np.argmin(np.abs(self._steps - x)))
        value = self._words(self._sizes[row, column])
        of = " of the output layer's" if self.is_relative else ""
        return f"{self.names[row]}, step {self._steps[column]}: {value}{of}"

    def table(self) -> Table:
        rows = zip(self._steps.tolist(), *self._sizes.tolist(), strict=True)
        unit = "" if self.is_share else " log10"
        return Table(("step", *(f"{name}{unit}" for name in self.names)), list(rows))

    def _words(self, value: float) -> str:
        return share(float(value)) if self.is_share else size(float(value))

    def _least(self) -> str:
        """The layer that has least now, in words; of shares the one that has most."""
        now = np.where(np.isfinite(self._sizes[:, -1]), self._sizes[:, -1], np.nan)
        if np.isnan(now).all():
            return ""
        if self.is_share:
            row = int(np.nanargmax(now))
            return f"most in {self.names[row]}: {share(float(now[row]))}"
        row = int(np.nanargmin(now))
        value = size(float(now[row]))
        if self.is_relative:
            if row == 0:  # the output itself
                return ""
            return f"{self.names[row]} gets {value} of what the output gets"
        return f"least in {self.names[row]}: {value}"

    def _read(self, history: History) -> NDArray[np.float32]:
        sizes = history.layers(self._what.value)
        return log_ratio(sizes, sizes[:, -1:]) if self.is_relative else sizes

    def _meaning(self) -> Meaning:
        name = self._what.value
        symbol = QUANTITIES[name].symbol
        if self.is_relative:
            return relative(f"{symbol}, relative to the output")
        if name in GRADIENTS:
            return gradient(f"{symbol}, rms")
        if self.is_share:
            return Meaning("share", f"share of units: {symbol}", 0.0, 1.0, log10=False)
        if name == "update_ratio":
            return Meaning(name, symbol, *LIMITS[name])
        return Meaning(name, f"{symbol}, rms", *LIMITS[name])
