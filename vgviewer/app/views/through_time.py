"""The main picture: how large the gradient still is at every timestep of every recurrent layer."""

from typing import ClassVar

import numpy as np
from numpy.typing import NDArray
from PySide6.QtWidgets import QWidget

from vgviewer.app.colormaps import log_ratio
from vgviewer.app.picture.cuts import CutLines, cut_words
from vgviewer.app.picture.entry import entry_sizes
from vgviewer.app.picture.header import Choice
from vgviewer.app.picture.horizon import HorizonLines, horizon_words
from vgviewer.app.picture.meaning import gradient, relative
from vgviewer.app.picture.numbers import size
from vgviewer.app.picture.place import PlaceArrow
from vgviewer.app.picture.steps import step_ticks
from vgviewer.app.picture.table import Table
from vgviewer.app.view_names import VIEW_NAMES
from vgviewer.app.views.heatmap import Heatmap, newest, spread
from vgviewer.experiment import Experiment
from vgviewer.frames import QUANTITIES, Frame, History
from vgviewer.frames.horizon import memory_horizon

WITHOUT_CELLS = {"memory": "hidden state"}
WITH_CELLS = {"memory": "cell state", "state": "hidden state"}  # an LSTM's memory lives in its cell
NO_RECURRENCE = (
    "This network has no recurrent layer, so its gradient does not travel through time. "
    "Add a recurrent layer to see how far back it reaches."
)
SCALES = {"relative": "relative to the loss end", "absolute": "absolute size"}


class ThroughTime(Heatmap):
    """Rows are recurrent layers, columns timesteps of the newest training step."""

    name = VIEW_NAMES["through-time"]
    title: ClassVar[str] = "Gradient through time"
    empty_text: ClassVar[str] = (
        "Here you will see, timestep by timestep, how far back the gradient of each recurrent layer reaches."
    )
    bands = True
    interval_s: ClassVar[float] = (
        1 / 6
    )  # the main picture moves, but cannot flash more than three times a second

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._of = Choice("How sizes are colored", SCALES, self)
        self._what = Choice("What is shown", WITHOUT_CELLS, self)
        for choice in (self._of, self._what):
            choice.chosen.connect(self.refresh)
            self.header.add_choice(choice)
        self._shows_cells = False
        self._will_recur = True
        self._horizons = HorizonLines(self.plot)
        self._cuts = CutLines(self.plot)
        self._arrow = PlaceArrow(self.plot)
        self._pointed: tuple[str, int] | None = None
        self._is_read = False  # whether its value stands above
        self.pointing.changed.connect(self._read_elsewhere)
        self._sizes: NDArray[np.float32] = np.empty((0, 0), np.float32)
        self._shown: NDArray[np.float32] = self._sizes
        self.plot.bottom_axis.setLabel("timestep")
        self.wear(self.dress)

    def missing(self) -> str:
        return super().missing() if self.can_fill() else NO_RECURRENCE

    def foresee(self, experiment: Experiment) -> None:
        will_recur = any(layer.recurrent for layer in experiment.network.layers)
        if will_recur != self._will_recur:
            self._will_recur = will_recur
            self.draw_again()

    def can_fill(self) -> bool:
        if self.history is None:
            return self._will_recur
        return any(site.recurrent for site in self.history.started.sites)

    def draw(self, history: History) -> None:
        places = [i for i, site in enumerate(history.started.sites) if site.recurrent]
        names = [history.started.sites[i].id for i in places]
        has_cell = any(history.started.sites[i].has_cell for i in places)
        self._what.offer(WITH_CELLS if has_cell else WITHOUT_CELLS)
        self._shows_cells = has_cell and self._what.value == "memory"
        self._sizes = _rows(history, "state_gradient", places)
        if self._shows_cells:
            cells = [history.started.sites[i].has_cell for i in places]
            self._sizes = np.where(
                np.array(cells)[:, None], _rows(history, "cell_gradient", places), self._sizes
            )
        entry = entry_sizes(self._sizes)[:, None]
        self._shown = log_ratio(self._sizes, entry) if self._of.value == "relative" else self._sizes
        self._show_meaning()
        timesteps = self._sizes.shape[1]
        x = (0.5, timesteps + 0.5)
        self.show_rows(names, x)
        self.show_cells(self._shown, x)
        self._cuts.show(history.started.truncate, timesteps, len(names))
        self._mark_place(names)
        self._horizons.show([memory_horizon(row) for row in self._sizes], timesteps)
        self.plot.bottom_axis.show_ticks(step_ticks(1, timesteps, self.plot.data_size()[0]))

    def describe(self, history: History) -> tuple[str, str]:
        gains = _gains(history)
        first = [f"{name} keeps {gain} per timestep" for name, gain in gains[:1]]
        kept = ", ".join([*first, *(f"{name} {gain}" for name, gain in gains[1:])])
        cut = cut_words(history.started.truncate, history.started.timesteps)
        subtitle = " · ".join(part for part in (kept, cut) if part)
        rows = [
            f"{name}: {row.size} timesteps, {spread(row)}, {horizon_words(row)}"
            for name, row in zip(self.names, self._sizes, strict=True)
        ]
        return subtitle, f"Training step {newest(history)}. " + ". ".join([*rows, *([cut] if cut else [])])

    def caption_at(self, x: float, y: float) -> str:
        row, timestep = self.row_at(y), round(x)
        if row is None or not 1 <= timestep <= self._sizes.shape[1]:
            return ""
        at = f"{self.names[row]}, timestep {timestep}: {size(float(self._sizes[row, timestep - 1]))}"
        part = float(self._shown[row, timestep - 1])
        return f"{at}, {size(part)} of its size at the loss end" if self._of.value == "relative" else at

    def table(self) -> Table:
        timesteps = range(1, self._shown.shape[1] + 1)
        rows = zip(timesteps, *self._shown.tolist(), strict=True)
        return Table(("timestep", *(f"{name} log10" for name in self.names)), list(rows))

    def point_at(self, layer_id: str, timestep: int | None) -> None:
        """Marks the timestep with an arrow, and says its value above until somebody points elsewhere."""
        self._pointed = None if timestep is None else (layer_id, timestep)
        self._is_read = timestep is not None
        self.refresh()

    def read_at(self) -> tuple[float, float] | None:
        layer, timestep = self._pointed or ("", 0)
        if self._is_read and layer in self.names:
            return timestep, self.names.index(layer) + 0.5
        return super().read_at()

    def _read_elsewhere(self) -> None:
        self._is_read = False
        self._note()

    def set_history(self, history: History | None) -> None:
        self._pointed = None
        super().set_history(history)

    def _mark_place(self, names: list[str]) -> None:
        layer, timestep = self._pointed or ("", 0)
        self._arrow.show_at(timestep, names.index(layer) if layer in names else None)

    def recolor(self) -> None:
        super().recolor()
        self._arrow.wear(self.dress)
        self._horizons.wear(self.dress, self.line_scale)
        self._cuts.wear(self.dress, self.pen(self.dress.text, 1))

    def _show_meaning(self) -> None:
        symbol = QUANTITIES["cell_gradient" if self._shows_cells else "state_gradient"].symbol
        if self._of.value == "relative":
            self.show_meaning(relative(f"{symbol}, relative to the loss end"))
        else:
            self.show_meaning(gradient(f"{symbol}, rms"))


def _rows(history: History, quantity: str, places: list[int]) -> NDArray[np.float32]:
    """float32 (recurrent layers, T); NaN where the latest frame has none."""
    latest: Frame | None = history.latest
    if latest is None or quantity not in latest.readings:
        return np.full((len(places), max(1, history.started.timesteps)), np.nan, np.float32)
    return latest.readings[quantity][places]


def _gains(history: History) -> list[tuple[str, str]]:
    """What each recurrent layer keeps per timestep: the geometric mean of its finite transport gains."""
    places = [i for i, site in enumerate(history.started.sites) if site.recurrent]
    kept = []
    for place, row in zip(places, _rows(history, "transport", places), strict=True):
        finite = row[np.isfinite(row)]
        if finite.size:
            kept.append((history.started.sites[place].id, size(float(np.mean(finite, dtype=np.float64)))))
    return kept
