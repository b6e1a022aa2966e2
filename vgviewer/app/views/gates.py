"""The gates of one recurrent layer: how far they are open, and how much gradient they get, timestep by timestep."""

import math
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray
from PySide6.QtWidgets import QWidget

from vgviewer.app.numerals import localized
from vgviewer.app.picture.header import Choice
from vgviewer.app.picture.layer_choice import LayerChoice
from vgviewer.app.picture.meaning import Meaning, gradient
from vgviewer.app.picture.numbers import plain, size
from vgviewer.app.picture.row_words import RowWords
from vgviewer.app.picture.steps import step_ticks
from vgviewer.app.picture.table import Table
from vgviewer.app.view_names import VIEW_NAMES
from vgviewer.app.views.heatmap import Heatmap, newest, spread
from vgviewer.experiment import Experiment
from vgviewer.frames import QUANTITIES, History

SHOWN = {"gate": "how far open", "gate_gradient": "gradients"}
# As they are called where they were introduced: Hochreiter & Schmidhuber 1997, Gers et al. 2000, Cho et al. 2014.
NAMES = {
    "i": "input i",
    "f": "forget f",
    "g": "candidate g",
    "o": "output o",
    "r": "reset r",
    "z": "update z",
    "n": "candidate n",
}
FROM_MINUS_ONE = ("g", "n")  # tanh: their values lie between −1 and 1
KEEPS = ("f", "z")  # what the memory is multiplied with at every timestep
OPEN = Meaning("gate", "how far open, as part of its range", 0.0, 1.0, log10=False)
NO_GATES = (
    "This network has no gated layer: nothing is opened or closed through time. "
    "Add an LSTM or a GRU to see what its gates do."
)


class Gates(Heatmap):
    """Rows are gates, columns timesteps of the newest training step, values means over batch and units."""

    name = VIEW_NAMES["gates"]
    title: ClassVar[str] = "Gates through time"
    empty_text: ClassVar[str] = (
        "Here you will see how far each gate of an LSTM or a GRU is open at each timestep, and what gradient it gets."
    )
    bands = True
    rows_are_layers = False

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._layer = LayerChoice("Gated layer", self)
        self._what = Choice("What is shown", SHOWN, self)
        for choice in (self._layer, self._what):
            choice.chosen.connect(self.refresh)
            self.header.add_choice(choice)
        self._row_words = RowWords(self.plot)
        self._will_be_gated = True
        self._gates: tuple[str, ...] = ()
        self._values: NDArray[np.float32] = np.empty((0, 0), np.float32)
        self._sizes: NDArray[np.float32] = self._values
        self.plot.bottom_axis.setLabel("timestep")
        self.wear(self.dress)

    def missing(self) -> str:
        return super().missing() if self.can_fill() else NO_GATES

    def can_fill(self) -> bool:
        if self.history is None:
            return self._will_be_gated
        return any(site.gates for site in self.history.started.sites)

    def foresee(self, experiment: Experiment) -> None:
        will_be = any(getattr(layer, "gates", 1) > 1 for layer in experiment.network.layers)
        if will_be != self._will_be_gated:
            self._will_be_gated = will_be
            self.draw_again()

    def select(self, layer_id: str | None) -> None:
        if layer_id is not None:
            self._layer.choose(layer_id)
        super().select(layer_id)

    def draw(self, history: History) -> None:
        places = {site.id: i for i, site in enumerate(history.started.sites) if site.gates}
        if not places:
            return
        place = places[self._layer.among(list(places), self.selected)]
        self._gates = history.started.sites[place].gates
        self._values, self._sizes = (_rows(history, name, place, len(self._gates)) for name in SHOWN)
        timesteps = self._values.shape[1]
        x = (0.5, timesteps + 0.5)
        is_open = self._what.value == "gate"
        self.show_meaning(OPEN if is_open else gradient(f"{QUANTITIES['gate_gradient'].symbol}, rms"))
        self.show_rows([NAMES.get(gate, gate) for gate in self._gates], x)
        self.show_cells(self._part_open() if is_open else self._sizes, x)
        self._row_words.show(self._means() if is_open else (), x)
        self.plot.bottom_axis.show_ticks(step_ticks(1, timesteps, self.plot.data_size()[0]))

    def describe(self, history: History) -> tuple[str, str]:
        rows = [
            f"{NAMES.get(gate, gate)}: mean {_words(_mean(value))}, gradient {spread(sizes)}"
            for gate, value, sizes in zip(self._gates, self._values, self._sizes, strict=True)
        ]
        told = f"Training step {newest(history)}. {self._layer.value}, {self._values.shape[1]} timesteps"
        return self._keeping(), ". ".join([told, *filter(None, [self._keeping()]), *rows]) + "."

    def caption_at(self, x: float, y: float) -> str:
        row, timestep = self.row_at(y), round(x)
        if row is None or row >= len(self._gates) or not 1 <= timestep <= self._values.shape[1]:
            return ""
        gate = self._gates[row]
        at = f"{self._layer.value}, {NAMES.get(gate, gate)}, timestep {timestep}"
        if self._what.value == "gate_gradient":
            return f"{at}: {size(float(self._sizes[row, timestep - 1]))}"
        between = " (−1 to 1)" if gate in FROM_MINUS_ONE else " (0 closed, 1 open)"
        return f"{at}: {_words(float(self._values[row, timestep - 1]))}{between}"

    def layer_at(self, x: float, y: float) -> str | None:
        return self._layer.value or None if self.row_at(y) is not None else None

    def table(self) -> Table:
        is_open = self._what.value == "gate"
        shown = self._values if is_open else self._sizes
        columns = [f"{gate} mean" if is_open else f"{gate} gradient log10" for gate in self._gates]
        rows = zip(range(1, shown.shape[1] + 1), *shown.tolist(), strict=True)
        return Table(("timestep", *columns), list(rows))

    def _means(self) -> list[str]:
        """Of each gate, with its range where that is not 0 to 1."""
        told = []
        for gate, mean in zip(self._gates, map(_mean, self._values), strict=True):
            number = localized(f"{round(mean, 2) + 0.0:.2f}").replace("-", "−")
            within = " (−1 to 1)" if gate in FROM_MINUS_ONE else ""
            told.append("" if math.isnan(mean) else f"mean {number}{within}")
        return told

    def recolor(self) -> None:
        super().recolor()
        self._row_words.wear(self.dress)

    def _part_open(self) -> NDArray[np.float32]:
        """Of each gate's own range: one scale for those from 0 to 1 and those from −1 to 1."""
        wide = np.array([gate in FROM_MINUS_ONE for gate in self._gates])[:, None]
        return np.where(wide, (1 + self._values) / 2, self._values)

    def _keeping(self) -> str:
        """What the gate that keeps the memory lets through, and for how long that lasts."""
        row = next((row for row, gate in enumerate(self._gates) if gate in KEEPS), None)
        if row is None:
            return ""
        mean = _mean(self._values[row])
        if math.isnan(mean):
            return ""
        name = NAMES[self._gates[row]].split(" ", maxsplit=1)[0]
        constant = time_constant(mean)
        lasts = f", a time constant of {plain(constant)} timesteps" if math.isfinite(constant) else ""
        return f"the {name} gate of {self._layer.value} lets through {plain(mean)} on average{lasts}"


def time_constant(mean: float) -> float:
    """After how many timesteps 1/e is left of what a gate of this mean value keeps: −1 / ln f. Infinite for an open
    gate, 0 for a closed one."""
    if mean >= 1:
        return math.inf
    return -1 / math.log(mean) if mean > 0 else 0.0


def _rows(history: History, quantity: str, place: int, gates: int) -> NDArray[np.float32]:
    """float32 (gates, T); NaN where the latest frame has none."""
    latest = history.latest
    if latest is None or quantity not in latest.readings:
        return np.full((gates, max(1, history.started.timesteps)), np.nan, np.float32)
    return latest.readings[quantity][place, :gates]


def _mean(values: NDArray[np.float32]) -> float:
    known = values[np.isfinite(values)].astype(np.float64)
    return float(known.mean()) if known.size else math.nan


def _words(value: float) -> str:
    return "no value" if math.isnan(value) else plain(value)
