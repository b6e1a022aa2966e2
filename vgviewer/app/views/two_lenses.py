"""Signal gradient and weight gradient of each layer side by side: flat weights can hide a dead signal.

Glorot & Bengio 2010, section 4.2.1: the back-propagated gradients shrink from layer to layer while the weight gradients
stay about the same, because smaller signals meet larger activations.
"""

from typing import ClassVar

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QWidget

from vgviewer.app import theme
from vgviewer.app.colormaps import Scale, log_ratio, scale_of
from vgviewer.app.picture.axes import ValueAxis
from vgviewer.app.picture.colorbar import Colorbar
from vgviewer.app.picture.cursor import Stops
from vgviewer.app.picture.header import Choice
from vgviewer.app.picture.lenses import BAR, Lenses
from vgviewer.app.picture.library import pg
from vgviewer.app.picture.meaning import relative
from vgviewer.app.picture.names import name_ticks
from vgviewer.app.picture.numbers import size
from vgviewer.app.picture.series import height_range
from vgviewer.app.picture.steps import power_ticks
from vgviewer.app.picture.table import Table
from vgviewer.app.view_names import VIEW_NAMES
from vgviewer.app.views.heatmap import NARROW
from vgviewer.app.views.view import View
from vgviewer.frames import QUANTITIES, History

SCALES = {"relative": "relative", "absolute": "absolute"}
SIGNAL, WEIGHTS = (QUANTITIES[name].symbol for name in ("output_gradient", "weight_gradient"))
LEGENDS = (
    f"layer (bars: signal {SIGNAL}, points: weights {WEIGHTS})",
    f"bars {SIGNAL}, points {WEIGHTS}",
)
UNDERLINE = 6  # px, of which the lower half is out of the picture
FEW = 4  # columns are wider than their names
NAME = 44  # px that the name of the first or the last column takes
DEAD = -3.0  # log10 of what is left of the output's signal: a thousandth
FLAT = 1.0  # decades between the largest and the smallest weight gradient
Floats = NDArray[np.float64]


class TwoLenses(View):
    """Columns are layers, the output on the right, on one logarithmic axis: a bar is the signal gradient, from the
    output layer's down or up to the layer's own; a point is the weight gradient."""

    name = VIEW_NAMES["two-lenses"]
    title: ClassVar[str] = "Signal and weights"
    empty_text: ClassVar[str] = (
        "Here you will see, layer by layer, whether weight gradients that look healthy hide a signal that is dead."
    )

    def __init__(self, parent: QWidget | None = None) -> None:
        self._values = ValueAxis()
        super().__init__(parent, self._values)
        self._of = Choice("How sizes are shown", SCALES, self)
        self._of.chosen.connect(self.refresh)
        self.header.add_choice(self._of)
        self._names: tuple[str, ...] = ()
        self._signal: Floats = np.empty(0)  # log10, as they are drawn
        self._weights: Floats = np.empty(0)
        self._first = ""  # the layer that the loss reaches first whose weights are shown
        self._part: Floats = np.empty(0)  # the signal relative to the output's
        self.meaning = relative(f"{SIGNAL}, relative to the output")
        self.scale: Scale = scale_of(self.dress, self.meaning)
        self._colorbar = Colorbar(self)
        self.add_beside(self._colorbar)
        self._lenses = Lenses(self.plot)
        self._mark = pg.PlotCurveItem()
        self._mark.setZValue(5)
        self.plot.addItem(self._mark)
        self.wear(self.dress)

    def draw(self, history: History) -> None:
        self._read(history)
        base = float(self._signal[-1]) if np.isfinite(self._signal[-1]) else 0.0
        low, high = y = height_range(self._signal, self._weights, keep=(base,))
        width, height = self.plot.data_size()
        x = self._across(width)
        self.plot.show_range(x, y)
        self._values.show_values(
            power_ticks(low, high, height), "relative size" if self._of.value == "relative" else "size, rms"
        )
        self._show_legend(width)
        self.plot.bottom_axis.show_ticks(name_ticks(self._names, width, self.selected))
        self._color()
        self._lenses.show_bars(self._signal, base, self.scale.colors(self._part), y)
        self._lenses.show_curve(self._weights, y)
        at = self._names.index(self.selected) if self.selected in self._names else None
        # Under its column: a line through the point would look like the point's error.
        self._mark.setData(*(([], []) if at is None else ([at - BAR / 2, at + BAR / 2], [low, low])))

    def describe(self, history: History) -> tuple[str, str]:
        rows = [
            f"{name}: signal {size(signal)}" + ("" if np.isnan(weights) else f", weights {size(weights)}")
            for name, signal, weights in zip(
                self._names, self._signal.tolist(), self._weights.tolist(), strict=True
            )
        ]
        step = history.latest.step if history.latest else 0
        told = f"Training step {step}. {self._sentence()}. {SCALES[self._of.value]}"
        return self._sentence(), ". ".join([told, *rows]) + "."

    def caption_at(self, x: float, y: float) -> str:
        at = round(x)
        if not 0 <= at < len(self._names):
            return ""
        of_signal, of_weights = ("", "")
        if self._of.value == "relative":
            of_signal, of_weights = " of the output layer's", f" of those of {self._first}"
        words = f"{self._names[at]}: signal {size(float(self._signal[at]))}{of_signal}"
        weights = float(self._weights[at])
        return words if np.isnan(weights) else f"{words}, weights {size(weights)}{of_weights}"

    def layer_at(self, x: float, y: float) -> str | None:
        at = round(x)
        return self._names[at] if 0 <= at < len(self._names) else None

    def mark(self, layer_id: str | None) -> None:
        self.draw_again()

    def stops(self) -> Stops:
        _, (low, high) = self.plot.plotItem.vb.viewRange()
        return np.arange(len(self._names), dtype=np.float64), np.array([(low + high) / 2])

    def extent(self) -> str:
        count = len(self._names)
        return f"{count} layer{'s' * (count != 1)}, two sizes each."

    def table(self) -> Table:
        rows = zip(self._names, self._signal.tolist(), self._weights.tolist(), strict=True)
        return Table(("layer", "signal log10", "weights log10"), list(rows))

    def recolor(self) -> None:
        self._mark.setPen(self.pen(self.dress.accent, UNDERLINE))
        self._lenses.wear(self.dress, self.line_scale)

    def _across(self, width: float) -> tuple[float, float]:
        """From the first column to the last, with room for the names of both."""
        count = len(self._names)
        half = max(0.5, theme.px(NAME) / 2 * count / max(1.0, width)) if count > FEW else 0.5
        return -half, count - 1 + half

    def _show_legend(self, width: float) -> None:
        """The longest that fits below the picture."""
        metrics = QFontMetricsF(theme.font(theme.CAPTION))
        fitting = (words for words in LEGENDS if metrics.horizontalAdvance(words) + theme.GRID <= width)
        self.plot.bottom_axis.setLabel(next(fitting, "layer"))

    def _read(self, history: History) -> None:
        """The newest sizes, in the order of the layers."""
        self._names = tuple(site.id for site in history.started.sites)
        readings = history.latest.readings if history.latest else {}
        nothing = np.full(len(self._names), np.nan, np.float32)
        signal, weights = (readings.get(name, nothing) for name in ("output_gradient", "weight_gradient"))
        part = log_ratio(signal, signal[-1:])
        below = np.flatnonzero(~np.isnan(weights[:-1]))
        if below.size:  # the head's bias gets the loss itself: it tells nothing of the weights below
            weights = np.where(np.arange(len(weights)) < len(weights) - 1, weights, np.float32(np.nan))
        self._first = self._names[int(below[-1])] if below.size else self._names[-1]
        if self._of.value == "relative":
            signal, weights = part, log_ratio(weights, weights[self._names.index(self._first)][None])
        self._part = part.astype(np.float64)
        self._signal, self._weights = signal.astype(np.float64), weights.astype(np.float64)

    def _color(self) -> None:
        assert self.meaning is not None
        self._colorbar.show_compact(self.width() < theme.px(NARROW))
        fitted = self.limits.fit(self.meaning, self._part, self)
        self.scale = scale_of(self.dress, fitted, self.limits.maps)
        self._colorbar.show_scale(self.scale, fitted.unit, self.dress)
        self._colorbar.show_found(self._part)

    def _sentence(self) -> str:
        """What the layer with the weakest signal gets, beside how far the weight gradients differ."""
        part = self._part[:-1]
        if np.isposinf(self._part).any():
            return "the signal is not finite"
        if np.isneginf(part).any():
            return f"the signal ends at {self._names[int(np.flatnonzero(np.isneginf(part))[-1])]}: exactly 0"
        if not np.isfinite(part).any():
            return ""
        least = int(np.nanargmin(part))
        gets = f"{self._names[least]} gets {size(float(part[least]))} of the output's signal"
        weights = self._weights[np.isfinite(self._weights)]
        if weights.size < 2:
            return gets
        differ = float(weights.max() - weights.min())
        told = f"{gets}, weight gradients lie within a factor of {size(differ)}"
        return f"flat weights over a dead signal: {told}" if part[least] <= DEAD and differ <= FLAT else told
