"""Time against training: one recurrent layer, a row for every training step, the newest on top."""

from typing import ClassVar

import numpy as np
from numpy.typing import NDArray
from PySide6.QtWidgets import QWidget

from vgviewer.app import theme
from vgviewer.app.colormaps import log_ratio
from vgviewer.app.picture.entry import entry_sizes
from vgviewer.app.picture.header import Choice
from vgviewer.app.picture.horizon import edges, through_rows
from vgviewer.app.picture.layer_choice import LayerChoice
from vgviewer.app.picture.library import pg
from vgviewer.app.picture.meaning import gradient, relative
from vgviewer.app.picture.numbers import size
from vgviewer.app.picture.steps import even_columns, step_ticks
from vgviewer.app.picture.table import Table
from vgviewer.app.view_names import VIEW_NAMES
from vgviewer.app.views.heatmap import Heatmap, newest, spread
from vgviewer.experiment import Experiment
from vgviewer.frames import QUANTITIES, History
from vgviewer.frames.horizon import Horizon, memory_horizon

WITHOUT_CELLS = {"memory": "hidden state"}
WITH_CELLS = {"memory": "cell state", "state": "hidden state"}  # an LSTM's memory lives in its cell
SCALES = {"relative": "relative", "absolute": "absolute"}
NO_RECURRENCE = (
    "This network has no recurrent layer, so there is no signal through time to die or recover. "
    "Add a recurrent layer to follow it from step to step."
)
ALL = "to the first timestep"
ROW_LABEL = 40  # px from one label of a row to the next
ROW = 2  # px that a training step has at most where there are more than fit


class TimeTraining(Heatmap):
    """Columns are timesteps; the signal is seen dying and recovering."""

    name = VIEW_NAMES["time-training"]
    title: ClassVar[str] = "Memory during training"
    empty_text: ClassVar[str] = (
        "Here you will see the gradient of a recurrent layer die and recover: "
        "a row for every training step, the newest on top."
    )
    rows_are_layers = False
    interval_s: ClassVar[float] = 0.5  # of a run that has gone on for long a row more is hardly seen

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._layer = LayerChoice("Recurrent layer", self)
        self._of = Choice("How sizes are colored", SCALES, self)
        self._what = Choice("What is shown", WITHOUT_CELLS, self)
        for choice in (self._layer, self._of, self._what):
            choice.chosen.connect(self.refresh)
            self.header.add_choice(choice)
        self._will_recur = True
        self._steps: NDArray[np.int64] = np.empty(0, np.int64)
        self._sizes: NDArray[np.float32] = np.empty((0, 0), np.float32)
        self._shown: NDArray[np.float32] = self._sizes
        self._horizons: list[Horizon | None] = []
        self._horizon = pg.PlotCurveItem(connect="finite")
        self._horizon.setZValue(3)
        self.plot.addItem(self._horizon)
        self.plot.bottom_axis.setLabel("timestep")
        self.wear(self.dress)

    def missing(self) -> str:
        return super().missing() if self.can_fill() else NO_RECURRENCE

    def can_fill(self) -> bool:
        if self.history is None:
            return self._will_recur
        return any(site.recurrent for site in self.history.started.sites)

    def foresee(self, experiment: Experiment) -> None:
        will_recur = any(layer.recurrent for layer in experiment.network.layers)
        if will_recur != self._will_recur:
            self._will_recur = will_recur
            self.draw_again()

    def select(self, layer_id: str | None) -> None:
        if layer_id is not None:
            self._layer.choose(layer_id)
        super().select(layer_id)

    def draw(self, history: History) -> None:
        if not self.can_fill():
            return
        self._read(history)
        is_relative = self._of.value == "relative"
        entry = entry_sizes(self._sizes)[:, None]
        self._shown = log_ratio(self._sizes, entry) if is_relative else self._sizes
        symbol = QUANTITIES[self._quantity()].symbol
        self.show_meaning(
            relative(f"{symbol}, relative to the loss end") if is_relative else gradient(f"{symbol}, rms")
        )
        timesteps = self._shown.shape[1]
        x = (0.5, timesteps + 0.5)
        self.show_rows([f"step {self._steps[0]}", *map(str, self._steps[1:])], x)
        self.show_cells(self._shown, x)
        self._name_rows()
        self._show_horizon()
        self.plot.bottom_axis.show_ticks(step_ticks(1, timesteps, self.plot.data_size()[0]))

    def describe(self, history: History) -> tuple[str, str]:
        now, first = (self._reach(row) for row in (0, -1))
        before = "" if len(self._steps) == 1 else f", {first} at step {self._steps[-1]}"
        told = [
            f"Training step {newest(history)}. {self._layer.value}, {self._what.text()}, newest step on top",
            f"Now: {spread(self._sizes[0])}, memory horizon {now}",
            f"At step {self._steps[-1]}: {spread(self._sizes[-1])}, memory horizon {first}",
        ]
        reached = now if now == ALL else f"{now} timestep{'s' * (now != '1')}"
        return f"{self._layer.value} reaches back {reached}{before}", ". ".join(told) + "."

    def caption_at(self, x: float, y: float) -> str:
        row, timestep = self.row_at(y), round(x)
        if row is None or row >= len(self._steps) or not 1 <= timestep <= self._sizes.shape[1]:
            return ""
        value = size(float(self._sizes[row, timestep - 1]))
        at = f"step {self._steps[row]}, {self._layer.value}, timestep {timestep}: {value}"
        part = size(float(self._shown[row, timestep - 1]))
        return f"{at}, {part} of its size at the loss end" if self._of.value == "relative" else at

    def layer_at(self, x: float, y: float) -> str | None:
        return self._layer.value or None if self.row_at(y) is not None else None

    def recolor(self) -> None:
        super().recolor()
        self._horizon.setPen(self.pen(self.dress.text, 1.5))

    def table(self) -> Table:
        columns = [f"timestep {t} log10" for t in range(1, self._shown.shape[1] + 1)]
        rows = zip(self._steps.tolist(), *self._shown.T.tolist(), strict=True)
        return Table(("step", *columns), list(rows))

    def _read(self, history: History) -> None:
        """Of the chosen layer as many training steps as there is room for, the newest first."""
        sites = {site.id: i for i, site in enumerate(history.started.sites) if site.recurrent}
        place = sites[self._layer.among(list(sites), self.selected)]
        self._what.offer(WITH_CELLS if history.started.sites[place].has_cell else WITHOUT_CELLS)
        steps, sizes = history.through_time(self._quantity(), place)
        if not len(steps):
            nothing = np.full((1, max(1, history.started.timesteps)), np.nan, np.float32)
            steps, sizes = np.array([newest(history)]), nothing
        most = int(self.plot.data_size()[1] / ROW)
        chosen = even_columns(steps, most)[::-1]
        self._steps, self._sizes = steps[chosen], sizes[chosen]

    def _quantity(self) -> str:
        shows_cells = self._what.text() == WITH_CELLS["memory"]
        return "cell_gradient" if shows_cells else "state_gradient"

    def _reach(self, row: int) -> str:
        """How many timesteps back the signal of a row reaches, in words."""
        horizon = self._horizons[row]
        if horizon is None:
            return "0"
        return ALL if horizon.is_all and horizon.back else str(horizon.back)

    def _show_horizon(self) -> None:
        """A line through all rows; broken where a row keeps everything, or has nothing."""
        self._horizons = [memory_horizon(row) for row in self._sizes]
        self._horizon.setData(*through_rows(edges(self._horizons)))

    def _name_rows(self) -> None:
        """The newest step in words, round numbers below it, also between two rows."""
        rows, steps = np.arange(len(self._steps))[::-1], self._steps[::-1]
        *older, (last, words) = step_ticks(
            int(steps[0]), int(steps[-1]), self.plot.data_size()[1], theme.px(ROW_LABEL)
        )
        named = [(last, f"step {words}"), *reversed(older)]
        self._rows.show_ticks([(float(np.interp(at, steps, rows)) + 0.5, words) for at, words in named])
