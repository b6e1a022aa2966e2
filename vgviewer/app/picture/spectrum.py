"""Singular values of Jacobians as a band around 1: from the smallest to the largest, and the middle half of them."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPen

from vgviewer.app import theme
from vgviewer.app.picture.corner import Line
from vgviewer.app.picture.cursor import Stops
from vgviewer.app.picture.library import pg
from vgviewer.app.picture.mixed_axis import MixedAxis
from vgviewer.app.picture.numbers import plain, size
from vgviewer.app.picture.panel import Panel, nearest
from vgviewer.app.picture.plot import Plot
from vgviewer.app.picture.steps import power_ticks
from vgviewer.app.picture.table import Table
from vgviewer.frames.inspections import Block, DenseJacobians, StateJacobians

Floats = NDArray[np.float64]
PARTS = (0.0, 0.25, 0.5, 0.75, 1.0)  # of the singular values, that lie below the five lines
DEEPEST = 10.0  # decades under the largest; below it a float32 network has nothing to tell
HALF_BAND = 0.4  # of a column, for a single one


@dataclass(frozen=True)
class Spectrum:
    """`quantiles` float64 (5, N): log10 of the smallest, the quartiles and the largest singular value of each column;
    −inf is exactly 0, NaN: not finite, or none was computed."""

    at: Floats
    names: tuple[str, ...]
    quantiles: Floats


def through_time(found: StateJacobians) -> Spectrum:
    """One column for each timestep t of ∂s_{t+1}/∂s_t."""
    names = tuple(str(t) for t in found.timesteps)
    return Spectrum(found.timesteps.astype(np.float64), names, _quantiles(list(found.singular)))


def along_depth(found: Sequence[DenseJacobians]) -> Spectrum:
    """One column for each dense layer, the head last; all samples together."""
    names = tuple(one.layer for one in found)
    return Spectrum(
        np.arange(len(found), dtype=np.float64), names, _quantiles([one.singular for one in found])
    )


def _quantiles(columns: Sequence[Floats]) -> Floats:
    found = np.full((len(PARTS), len(columns)), np.nan)
    for place, column in enumerate(columns):
        if column.size and np.isfinite(column).all():
            found[:, place] = np.quantile(column, PARTS)
    with np.errstate(divide="ignore"):
        logs: Floats = np.log10(found)
    return logs


def _stretches(spectrum: Spectrum) -> tuple[Floats, Floats]:
    """x (M,) and heights (5, M) of a band that is broken, at NaN, where nothing is known; one column alone has a
    width."""
    known = np.isfinite(spectrum.quantiles[-1])
    x, heights = [np.empty(0)], [np.empty((len(PARTS), 0))]
    for stretch in np.split(np.arange(len(known)), np.flatnonzero(np.diff(known)) + 1):
        at, found = spectrum.at[stretch], spectrum.quantiles[:, stretch]
        if not known[stretch].all():
            at, found = at[:1], np.full((len(PARTS), len(at[:1])), np.nan)
        elif len(stretch) == 1:
            at, found = np.array([at[0] - HALF_BAND, at[0] + HALF_BAND]), np.repeat(found, 2, axis=1)
        x.append(at)
        heights.append(found)
    return np.concatenate(x), np.concatenate(heights, axis=1)


class SpectrumBand(Panel):
    """`blocks` are those of W_hh, whose own numbers stand in the corner."""

    def __init__(self, plot: Plot, axis: MixedAxis) -> None:
        super().__init__(plot, axis)
        self._edges = [pg.PlotCurveItem(connect="finite") for _ in PARTS]
        outer, inner = ((self._edges[low], self._edges[high]) for low, high in ((0, -1), (1, -2)))
        self._fills = [pg.FillBetweenItem(*outer), pg.FillBetweenItem(*inner)]
        self._one = pg.PlotCurveItem()
        self._spectrum = Spectrum(np.empty(0), (), np.empty((len(PARTS), 0)))
        self._blocks: Sequence[Block] = ()
        self.drawn = np.empty((1, 0))  # heights, for words that keep clear of them
        self.add(*self._fills, *self._edges, self._one)

    def show(self, spectrum: Spectrum, blocks: Sequence[Block] = (), air: float = 0.0) -> None:
        """Draws it, with some `air` at both sides, on a logarithmic axis, at most DEEPEST decades deep."""
        self._spectrum, self._blocks = spectrum, blocks
        heights = spectrum.quantiles[:, np.isfinite(spectrum.quantiles[-1])]
        top = max(0.0, float(heights.max())) if heights.size else 0.0
        lowest = float(heights[np.isfinite(heights)].min()) if heights.size else 0.0
        low, high = max(top - DEEPEST, min(-0.3, lowest)) - 0.1, top + 0.3
        x, heights = _stretches(spectrum)
        self.drawn = np.clip(heights, low, high)
        for edge, line in zip(self._edges, self.drawn, strict=True):
            edge.setData(x, line)
        left, right = float(spectrum.at.min()) - 0.5, float(spectrum.at.max()) + 0.5
        self.plot.show_range((left - air, right + air), (low, high))
        self._one.setData([left, right], [0.0, 0.0])
        self.axis.show_values(power_ticks(low, high, self.plot.data_size()[1]), "singular value")

    def wear(self, dress: theme.Theme, line: QPen, curve: QPen) -> None:
        for fill, alpha in zip(self._fills, (0.16, 0.28), strict=True):
            color = QColor(dress.curve)
            color.setAlphaF(alpha)
            fill.setBrush(pg.mkBrush(color))
        for edge in self._edges:
            edge.setPen(pg.mkPen(None))
        self._edges[len(PARTS) // 2].setPen(curve)
        one = QPen(line)
        one.setColor(QColor(dress.text_muted))
        one.setStyle(Qt.PenStyle.DashLine)
        self._one.setPen(one)

    def sentence(self) -> str:
        known = self._spectrum.quantiles[:, np.isfinite(self._spectrum.quantiles[-1])]
        if not known.size:
            return "no singular value is finite"
        most, middle = (size(float(np.median(known[place]))) for place in (-1, len(PARTS) // 2))
        grows = float(np.median(known[-1])) > 0
        bound = "some direction may grow" if grows else "every direction shrinks"
        return f"largest singular value {most}, median {middle}: {bound}"

    def in_words(self) -> str:
        return " ".join([f"{self.sentence()}.", *(f"{words}." for words in self._block_words())])

    def lines(self, dress: theme.Theme) -> Sequence[Line]:
        legend = [(dress.curve, "— median, middle half, whole range")]
        return [*legend, *((dress.text_muted, words) for words in self._block_words())]

    def caption_at(self, x: float, y: float) -> str:
        if not len(self._spectrum.at):
            return ""
        column = nearest(self._spectrum.at, x)
        low, _, middle, _, high = (size(float(value)) for value in self._spectrum.quantiles[:, column])
        return f"{self._spectrum.names[column]}: singular values from {low} to {high}, median {middle}"

    def layer_at(self, x: float) -> str | None:
        return self._spectrum.names[nearest(self._spectrum.at, x)] if len(self._spectrum.at) else None

    def stops(self) -> Stops:
        return self._spectrum.at, np.array([self.middle()])

    def table(self) -> Table:
        names = ("smallest", "lower quartile", "median", "upper quartile", "largest")
        rows = zip(self._spectrum.names, *self._spectrum.quantiles.tolist(), strict=True)
        return Table(("at", *(f"{name} log10" for name in names)), list(rows))

    def _block_words(self) -> list[str]:
        return [
            f"W_hh{f' {block.gate}' if block.gate else ''}: ρ {'≈ ' if block.estimated else ''}"
            f"{plain(block.spectral_radius)}, σ_max {plain(block.largest_singular)}"
            for block in self._blocks
        ]
