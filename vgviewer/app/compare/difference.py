"""Where two runs part: the size of a gradient in the one over that in the other, cell by cell."""

from typing import ClassVar

import numpy as np
from numpy.typing import NDArray
from PySide6.QtWidgets import QWidget

from vgviewer.app.colormaps import log_ratio
from vgviewer.app.compare.sides import LETTERS, Side, seen_of
from vgviewer.app.picture.header import Choice
from vgviewer.app.picture.meaning import Meaning
from vgviewer.app.picture.numbers import size
from vgviewer.app.picture.steps import even_columns, step_ticks
from vgviewer.app.picture.table import Table
from vgviewer.app.views.heatmap import Heatmap, spread
from vgviewer.frames import QUANTITIES, History

LIMIT = 8.0  # decades either way, as of relative sizes
SHOWN = {"time": "through time", "layers": "layers × training"}
ALIKE_WORDS = "These runs have nothing in common that could be set against each other."


class Difference(Heatmap):
    """log10 of B over A (or C, or D): rows are layers that stand in both; red is larger in the second, blue smaller.

    Layers of the same name are set against each other; recurrent layers, too, by their place from the loss on.
    """

    name: ClassVar[str] = "Difference"
    title: ClassVar[str] = "Difference"
    empty_text: ClassVar[str] = "Here you will see where the gradients of two runs part."

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._what = Choice("What is shown", SHOWN, self)
        self._which = Choice("Which run is set against A", {}, self)
        for choice in (self._what, self._which):
            choice.chosen.connect(self.refresh)
            self.header.add_choice(choice)
        self._sides: list[Side] = []
        self._seen: tuple[object, ...] = ()
        self._sizes: NDArray[np.float32] = np.empty((0, 0), np.float32)
        self._columns: NDArray[np.int64] = np.empty(0, np.int64)
        self.wear(self.dress)

    def show_sides(self, sides: list[Side]) -> None:
        """Draws these from now on: all others against the first."""
        self._sides = sides
        self._which.offer({letter: f"{letter} over A" for letter in LETTERS[1 : len(sides)]})
        self.set_history(sides[0].shown.history if sides else None)

    def news(self, history: History) -> object:
        seen = seen_of(self._sides)
        if seen != self._seen:
            self._seen = seen
            self.history = self._sides[0].shown.history
        return self._seen

    def missing(self) -> str:
        pair = self._pair()
        if pair is None:
            return self.empty_text
        return "" if _rows(self._wanted(pair), pair) else ALIKE_WORDS

    def heading(self) -> str:
        return f"Difference, {self._which.value or 'B'} over A"

    def draw(self, history: History) -> None:
        pair = self._pair()
        assert pair is not None
        what = self._wanted(pair)
        rows = _rows(what, pair)
        self._sizes, self._columns = (
            _through_time(pair, rows) if what == "time" else self._over_steps(pair, rows)
        )
        symbol = QUANTITIES["state_gradient" if what == "time" else "output_gradient"].symbol
        unit = f"{symbol}, {self._which.value or 'B'} over A"
        self.show_meaning(Meaning("difference", unit, -LIMIT, LIMIT, signed=True))
        half = 0.5
        first, last = int(self._columns[0]), int(self._columns[-1])
        if what == "layers":
            half = (last - first) / max(1, len(self._columns) - 1) / 2 or 0.5
        x = (first - half, last + half)
        self.show_rows([name for name, _, _ in rows], x)
        self.show_cells(self._sizes, x)
        self.plot.bottom_axis.setLabel("timestep" if what == "time" else "training step")
        self.plot.bottom_axis.show_ticks(step_ticks(first, last, self.plot.data_size()[0]))

    def describe(self, history: History) -> tuple[str, str]:
        rows = [f"{name}: {spread(row)}" for name, row in zip(self.names, self._sizes, strict=True)]
        finite = self._sizes[np.isfinite(self._sizes)]
        most = f"up to {size(float(finite[np.abs(finite).argmax()]))} times" if finite.size else ""
        return most, f"{self.heading()}. {'. '.join(rows)}."

    def caption_at(self, x: float, y: float) -> str:
        row = self.row_at(y)
        if row is None or not self._columns.size:
            return ""
        column = int(np.argmin(np.abs(self._columns - x)))
        at = "timestep" if self.plot.bottom_axis.labelText == "timestep" else "step"
        return (
            f"{self.names[row]}, {at} {self._columns[column]}: {size(float(self._sizes[row, column]))} times"
        )

    def table(self) -> Table:
        rows = zip(self._columns.tolist(), *self._sizes.tolist(), strict=True)
        return Table(("column", *(f"{name} log10" for name in self.names)), list(rows))

    def _pair(self) -> tuple[History, History] | None:
        place = LETTERS.index(self._which.value) if self._which.value else 1
        if place >= len(self._sides):
            return None
        one, other = self._sides[0].shown.history, self._sides[place].shown.history
        if one is None or other is None or one.latest is None or other.latest is None:
            return None
        return one, other

    def _wanted(self, pair: tuple[History, History]) -> str:
        """Along time, where both have it."""
        has_time = bool(_rows("time", pair))
        self._what.setVisible(has_time)
        return self._what.value if has_time else "layers"

    def _over_steps(
        self, pair: tuple[History, History], rows: list[tuple[str, int, int]]
    ) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
        one, other = pair
        steps, here, there = np.intersect1d(one.steps, other.steps, return_indices=True)
        chosen = even_columns(steps, int(self.plot.data_size()[0]))
        sizes = log_ratio(
            other.layers("output_gradient")[there[chosen]][:, [row for _, _, row in rows]],
            one.layers("output_gradient")[here[chosen]][:, [row for _, row, _ in rows]],
        )
        return sizes.T, steps[chosen]


def _through_time(
    pair: tuple[History, History], rows: list[tuple[str, int, int]]
) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
    """Counted back from the last timestep, so that sequences of two lengths are set against each other."""
    one = _of_memory(pair[0])[[row for _, row, _ in rows]]
    other = _of_memory(pair[1])[[row for _, _, row in rows]]
    shared = min(one.shape[1], other.shape[1])
    last = pair[0].started.timesteps
    return log_ratio(other[:, -shared:], one[:, -shared:]), np.arange(last - shared + 1, last + 1)


def _of_memory(history: History) -> NDArray[np.float32]:
    """(L, T): of an LSTM the cell, where its memory lives; else the hidden state. Relative to where the loss enters."""
    assert history.latest is not None
    readings = history.latest.readings
    states = readings.get("state_gradient")
    shape = (len(history.started.sites), max(1, history.started.timesteps))
    states = np.full(shape, np.nan, np.float32) if states is None else states
    cells = readings.get("cell_gradient", states)
    has_cell = np.array([site.has_cell for site in history.started.sites])[:, None]
    return np.where(has_cell, cells, states)


def _rows(what: str, pair: tuple[History, History]) -> list[tuple[str, int, int]]:
    """Name, row in the first run, row in the second."""
    one, other = (history.started for history in pair)
    if what == "time":
        found = zip(one.recurrent, other.recurrent, strict=False)
        return [(_both(one.sites[a].id, other.sites[b].id), a, b) for a, b in found]
    there = {site.id: row for row, site in enumerate(other.sites)}
    return [(site.id, row, there[site.id]) for row, site in enumerate(one.sites) if site.id in there][::-1]


def _both(one: str, other: str) -> str:
    return one if one == other else f"{other} / {one}"
