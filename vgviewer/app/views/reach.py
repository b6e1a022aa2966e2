"""How far back the loss of each timestep reaches into a recurrent layer: a triangle."""

from typing import ClassVar

import numpy as np
from numpy.typing import NDArray
from PySide6.QtWidgets import QWidget

from vgviewer.app.colormaps import log_ratio
from vgviewer.app.picture.awaited import awaited, has_ended
from vgviewer.app.picture.header import Choice
from vgviewer.app.picture.horizon import edges, through_rows
from vgviewer.app.picture.library import pg
from vgviewer.app.picture.meaning import gradient, relative
from vgviewer.app.picture.numbers import size
from vgviewer.app.picture.steps import step_ticks
from vgviewer.app.picture.table import Table
from vgviewer.app.view_names import VIEW_NAMES
from vgviewer.app.views.heatmap import Heatmap, spread
from vgviewer.experiment import Experiment
from vgviewer.frames import QUANTITIES, History
from vgviewer.frames.horizon import memory_horizon
from vgviewer.frames.inspections import LayerReach, Reach
from vgviewer.frames.wishes import Wanted

SCALES = {"relative": "relative to the loss end", "absolute": "absolute size"}
WITHOUT_CELLS = {"memory": "hidden state"}
WITH_CELLS = {"memory": "cell state", "state": "hidden state"}  # an LSTM's memory lives in its cell
NO_RECURRENCE = (
    "This network has no recurrent layer, so no loss reaches back in time. "
    "Add a recurrent layer to see how far each timestep's loss is felt."
)
ROW_LABEL = 28  # px from one label of a row to the next


class ReachView(Heatmap):
    """Rows are the timesteps t₂ at which a loss enters, the last on top; columns the timesteps t₁ of the state."""

    name = VIEW_NAMES["reach"]
    title: ClassVar[str] = "Reach of each loss"
    empty_text: ClassVar[str] = (
        "Here you will see how far back the loss of every timestep is felt in a recurrent layer, as a triangle."
    )
    wants: ClassVar[frozenset[Wanted]] = frozenset({"reach"})

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._layer = Choice("Recurrent layer", {}, self)
        self._of = Choice("How sizes are colored", SCALES, self)
        self._what = Choice("What is shown", WITHOUT_CELLS, self)
        for choice in (self._layer, self._of, self._what):
            choice.chosen.connect(self.refresh)
            self.header.add_choice(choice)
        self._will_recur = True
        self._targets: NDArray[np.int64] = np.empty(0, np.int64)
        self._sizes: NDArray[np.float32] = np.empty((0, 0), np.float32)
        self._shown: NDArray[np.float32] = self._sizes
        self._horizon = pg.PlotCurveItem(connect="finite")
        self._edge = (
            pg.PlotCurveItem()
        )  # beyond it nothing can be; a healthy size has nearly the color of none
        for height, item in enumerate((self._edge, self._horizon)):
            item.setZValue(2 + height)
            self.plot.addItem(item)
        self.plot.bottom_axis.setLabel("timestep of the state")
        self.wear(self.dress)

    def missing(self) -> str:
        if not self._recurs():
            return NO_RECURRENCE
        if self.history is None or self.history.latest is None:
            return self.empty_text
        return awaited(self.history, Reach)

    def can_fill(self) -> bool:
        return self._recurs() and (self.history is None or has_ended(self.history))

    def foresee(self, experiment: Experiment) -> None:
        will_recur = any(layer.recurrent for layer in experiment.network.layers)
        if will_recur != self._will_recur:
            self._will_recur = will_recur
            self.draw_again()

    def news(self, history: History) -> object:
        return history.inspections.get(Reach) or super().news(history)

    def select(self, layer_id: str | None) -> None:
        if layer_id is not None:
            self._layer.choose(layer_id)
        super().select(layer_id)

    def draw(self, history: History) -> None:
        found = self._found(history)
        if found is None:
            return
        self._what.offer(WITHOUT_CELLS if found.cells is None else WITH_CELLS)
        self._targets = found.targets[::-1]
        cells = found.cells if self._what.value == "memory" else None
        self._sizes = (found.states if cells is None else cells)[::-1]
        at_loss = self._sizes[np.arange(len(self._targets)), self._targets - 1]
        is_relative = self._of.value == "relative"
        self._shown = log_ratio(self._sizes, at_loss[:, None]) if is_relative else self._sizes
        symbol = QUANTITIES["state_gradient" if cells is None else "cell_gradient"].symbol
        self.show_meaning(
            relative(f"{symbol}, relative to the loss end") if is_relative else gradient(f"{symbol}, rms")
        )
        self._show_triangle()

    def describe(self, history: History) -> tuple[str, str]:
        if not len(self._targets):
            return "", self.missing()
        last = int(self._targets[0])
        said = f"in {self._layer.value} the loss at {last} is felt {_far(self._sizes[0])}"
        rows = [
            f"loss at timestep {t2}: {spread(row)}, felt {_far(row)}"
            for t2, row in zip(self._targets, self._sizes, strict=True)
        ]
        step = history.inspections[Reach].step
        others = [f"{len(rows)} losses, the last on top", rows[-1]] if len(rows) > 1 else []
        whole = ". ".join([said, "It is felt as long as 1 % of its size is left", rows[0], *others])
        return said, f"Before step {step}. {whole}."

    def caption_at(self, x: float, y: float) -> str:
        row, t1 = self.row_at(y), round(x)
        if row is None or row >= len(self._targets) or not 1 <= t1 <= self._sizes.shape[1]:
            return ""
        t2, value = int(self._targets[row]), float(self._sizes[row, t1 - 1])
        if np.isnan(value) and t1 > t2:
            return f"loss at {t2}, state at {t1}: a later state changes no earlier loss"
        at = f"loss at {t2}, {self._layer.value} at {t1}: {size(value)}"
        part = size(float(self._shown[row, t1 - 1]))
        return f"{at}, {part} of its size at {t2}" if self._of.value == "relative" else at

    def layer_at(self, x: float, y: float) -> str | None:
        return self._layer.value or None if self.row_at(y) is not None else None

    def mark(self, layer_id: str | None) -> None:
        """No row is a layer: which layer is shown says its name above."""
        for frame in self._frames:
            frame.hide()

    def recolor(self) -> None:
        super().recolor()
        self._edge.setPen(self.pen(self.dress.outline, 1))
        self._horizon.setPen(self.pen(self.dress.text, 1.5))

    def table(self) -> Table:
        columns = [f"state at {t1} log10" for t1 in range(1, self._shown.shape[1] + 1)]
        rows = zip(self._targets.tolist(), *self._shown.T.tolist(), strict=True)
        return Table(("loss at timestep", *columns), list(rows))

    def _recurs(self) -> bool:
        if self.history is None:
            return self._will_recur
        return any(site.recurrent for site in self.history.started.sites)

    def _found(self, history: History) -> LayerReach | None:
        """The entry of the chosen layer: the selected one where nobody has chosen another."""
        reach = history.inspections.get(Reach)
        if not isinstance(reach, Reach) or not reach.layers:
            return None
        layers = {one.layer: one for one in reach.layers}
        is_new = self._layer.value not in layers
        self._layer.offer({name: name for name in layers})
        if is_new and self.selected in layers:
            self._layer.choose(self.selected)
        return layers[self._layer.value]

    def _show_triangle(self) -> None:
        timesteps = self._sizes.shape[1]
        x = (0.5, timesteps + 0.5)
        self.show_rows([f"loss at {t2}" for t2 in self._targets], x)
        self.show_cells(self._shown, x)
        self._name_rows()
        rows = np.arange(len(self._sizes), dtype=np.float64)
        sides = np.column_stack([rows, rows + 1]).ravel()
        self._horizon.setData(*through_rows(edges([memory_horizon(row) for row in self._sizes])))
        self._edge.setData(np.repeat(self._targets + 0.5, 2), sides)
        self.plot.bottom_axis.show_ticks(step_ticks(1, timesteps, self.plot.data_size()[0]))

    def _name_rows(self) -> None:
        """The last loss in words, round numbers below it."""
        last, first = int(self._targets[0]), int(self._targets[-1])
        _, height = self.plot.data_size()
        wanted = step_ticks(first, last, height, ROW_LABEL)
        rows = {int(np.argmin(np.abs(self._targets - at))) for at, _ in wanted}
        words = {row: str(self._targets[row]) for row in rows} | {0: f"loss at {last}"}
        self._rows.show_ticks([(row + 0.5, words[row]) for row in sorted(words)])


def _far(sizes: NDArray[np.float32]) -> str:
    """How far back a loss is felt, in words; sizes: log10, (T,)."""
    horizon = memory_horizon(sizes)
    if horizon is None:
        return "nowhere"
    back = f"{horizon.back} timestep{'' if horizon.back == 1 else 's'} back"
    return "all timesteps before it" if horizon.is_all else back
