"""One layer unit by unit: which units get a gradient, and when."""

from typing import ClassVar

import numpy as np
from numpy.typing import NDArray
from PySide6.QtWidgets import QWidget

from vgviewer.app import theme
from vgviewer.app.colormaps import log_ratio
from vgviewer.app.picture.awaited import details_awaited, has_ended
from vgviewer.app.picture.entry import entry_sizes, root_mean_square
from vgviewer.app.picture.header import Choice
from vgviewer.app.picture.layer_choice import LayerChoice
from vgviewer.app.picture.meaning import gradient, relative
from vgviewer.app.picture.numbers import size
from vgviewer.app.picture.steps import step_ticks
from vgviewer.app.picture.table import Table
from vgviewer.app.view_names import VIEW_NAMES
from vgviewer.app.views.heatmap import Heatmap, spread
from vgviewer.frames import Details, History, Site
from vgviewer.frames.wishes import Wanted

SCALES = {"relative": "relative", "absolute": "absolute"}
SYMBOLS = {"output": "∂L/∂a", "hidden": "∂L/∂h", "cell": "∂L/∂c"}
ROW_LABEL = 32  # px from one label of a row to the next
Sizes = NDArray[np.float32]


class Units(Heatmap):
    """Along time rows are units and columns timesteps; else the units stand in a grid, row by row."""

    name = VIEW_NAMES["units"]
    title: ClassVar[str] = "Gradient of each unit"
    empty_text: ClassVar[str] = (
        "Here you will see how much gradient each unit of a layer gets, at each timestep."
    )
    wants: ClassVar[frozenset[Wanted]] = frozenset({"details"})
    rows_are_layers = False

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._layer = LayerChoice("Layer", self)
        self._of = Choice("How sizes are colored", SCALES, self)
        self._what = Choice("What is shown", {}, self)
        for choice in (self._layer, self._of, self._what):
            choice.chosen.connect(self.refresh)
            self.header.add_choice(choice)
        self._is_along_time = False
        self._sizes: Sizes = np.empty(
            (0, 0), np.float32
        )  # as they are drawn, NaN in a grid where no unit is left
        self._shown: Sizes = self._sizes
        self._units: Sizes = np.empty(0, np.float32)  # of each unit over all timesteps
        self.wear(self.dress)

    def missing(self) -> str:
        return super().missing() or (details_awaited(self.history, self.is_paused) if self.history else "")

    def can_fill(self) -> bool:
        return self.history is None or self.is_paused or has_ended(self.history)

    def news(self, history: History) -> object:
        return history.detailed or super().news(history)

    def select(self, layer_id: str | None) -> None:
        if layer_id is not None:
            self._layer.choose(layer_id)
        super().select(layer_id)

    def draw(self, history: History) -> None:
        frame = history.detailed
        if frame is None or frame.details is None or not frame.details.units:
            return
        sites = {site.id: site for site in history.started.sites}
        layer = self._layer.among([name for name in sites if name in frame.details.units], self.selected)
        self._what.offer(_offers(sites[layer]))
        found = self._found(frame.details, sites[layer])
        self._is_along_time = found.ndim == 2
        entry = _entry(found) if self._is_along_time else _of_output(frame.readings.get("output_gradient"))
        is_relative = self._of.value == "relative"
        beginning = "the loss end" if self._is_along_time else "the output"
        symbol = SYMBOLS.get(self._what.value, f"∂L/∂z of gate {self._what.value}")
        self.show_meaning(
            relative(f"{symbol}, relative to {beginning}") if is_relative else gradient(f"{symbol}, rms")
        )
        self._units = root_mean_square(found.T) if self._is_along_time else found
        self._sizes = found.T if self._is_along_time else _grid(found, *self.plot.data_size())
        self._shown = log_ratio(self._sizes, entry) if is_relative else self._sizes
        self._show_units()

    def describe(self, history: History) -> tuple[str, str]:
        if not self._units.size or history.detailed is None:
            return "", self.missing()
        return self._sentence(), (
            f"Training step {history.detailed.step}. {self._sentence()}. "
            f"{self._what.text()}, {len(self._units)} units: {spread(self._units)}."
        )

    def caption_at(self, x: float, y: float) -> str:
        row = self.row_at(y)
        if row is None or row >= len(self._sizes):
            return ""
        column = round(x) - 1
        if not 0 <= column < self._sizes.shape[1]:
            return ""
        unit = row if self._is_along_time else row * self._sizes.shape[1] + column
        if unit >= len(self._units):
            return ""
        when = f", timestep {column + 1}" if self._is_along_time else ""
        at = f"{self._layer.value}, unit {unit + 1}{when}: {size(float(self._sizes[row, column]))}"
        if self._of.value != "relative":
            return at
        beginning = "the layer's size at the loss end" if self._is_along_time else "the output layer's"
        return f"{at}, {size(float(self._shown[row, column]))} of {beginning}"

    def layer_at(self, x: float, y: float) -> str | None:
        return self._layer.value or None if self.row_at(y) is not None else None

    def table(self) -> Table:
        if self._is_along_time:
            columns = [f"timestep {t} log10" for t in range(1, self._shown.shape[1] + 1)]
            return Table(
                ("unit", *columns), [(unit, *row) for unit, row in enumerate(self._shown.tolist(), 1)]
            )
        units = self._shown.ravel()[: len(self._units)].tolist()
        return Table(("unit", "log10"), list(enumerate(units, 1)))

    def _found(self, details: Details, site: Site) -> Sizes:
        """(T, H) along time, else (H,)."""
        if self._what.value == "cell":
            return details.cells[site.id]
        if self._what.value in site.gates:
            found: Sizes = details.gates[site.id][site.gates.index(self._what.value)]
            return found
        return details.units[site.id]

    def _show_units(self) -> None:
        rows, columns = self._shown.shape
        x = (0.5, columns + 0.5)
        per_row = 1 if self._is_along_time else columns
        first = [row * per_row + 1 for row in range(rows)]
        self.show_rows([f"unit {unit}" for unit in first], x)
        self.show_cells(self._shown, x)
        self._name_rows(first)
        self.plot.bottom_axis.setLabel("timestep" if self._is_along_time else "units, row by row")
        self.plot.bottom_axis.show_ticks(step_ticks(1, columns, self.plot.data_size()[0]))

    def _name_rows(self, first: list[int]) -> None:
        """By the first unit of each; those of a grid are all alike, and a grid has no row for every round number."""
        height, label = self.plot.data_size()[1], theme.px(ROW_LABEL)
        every = max(1, -int(-len(first) * label // max(1.0, height)))
        places = list(range(0, len(first), every))
        if self._is_along_time:
            places = sorted({int(at) - 1 for at, _ in step_ticks(1, len(first), height, label)} | {0})
        words = {place: str(first[place]) for place in places} | {0: "unit 1"}
        self._rows.show_ticks([(place + 0.5, words[place]) for place in words])

    def _sentence(self) -> str:
        """What part of the units gets nothing; else how unequal they are."""
        layer, count = self._layer.value, len(self._units)
        lost, beyond = int(np.isneginf(self._units).sum()), int(np.isposinf(self._units).sum())
        known = self._units[np.isfinite(self._units)]
        if beyond or not known.size:
            parts = [f"{beyond} not finite"] * bool(beyond) + [f"{lost} get nothing"] * bool(lost)
            return f"{layer}, {count} units: {', '.join(parts) or 'no value'}"
        if lost:
            return f"{lost} of the {count} units of {layer} {'get' if lost > 1 else 'gets'} no gradient"
        if count == 1:
            return f"the one unit of {layer} gets {size(float(known[0]))}"
        part = size(float(known.min()) - float(known.max()))
        return f"the weakest of {count} units of {layer} gets {part} of what the strongest gets"


def _offers(site: Site) -> dict[str, str]:
    """What there is of a layer, unit by unit."""
    if not site.recurrent:
        return {"output": "output"}
    cell = {"cell": "cell state"} if site.has_cell else {}
    return {"hidden": "hidden state", **cell, **{gate: f"gate {gate}" for gate in site.gates}}


def _entry(found: Sizes) -> Sizes:
    """float32 (1, 1): the layer's size where the loss enters; found is (T, H)."""
    return entry_sizes(root_mean_square(found)[None])[:, None]


def _of_output(sizes: Sizes | None) -> Sizes:
    """float32 (1,): the size of the last layer, which is the output."""
    return np.full(1, np.nan, np.float32) if sizes is None else sizes[-1:]


def _grid(units: Sizes, width: float, height: float) -> Sizes:
    """float32 (rows, columns): as many columns as make the cells about square, a power of two, so that rows begin at
    numbers people know."""
    wanted = np.sqrt(len(units) * max(1.0, width) / max(1.0, height))
    columns = min(len(units), 2 ** max(0, round(np.log2(max(1.0, wanted)))))
    rows = -(-len(units) // max(1, columns))
    cells = np.full(rows * columns, np.nan, np.float32)
    cells[: len(units)] = units
    return cells.reshape(rows, columns)
