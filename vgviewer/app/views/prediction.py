"""What theory expects of the network as drawn, before any training, and beside it what a run has measured."""

from typing import TYPE_CHECKING, ClassVar

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from vgviewer.app.picture import foretold
from vgviewer.app.picture.axes import ValueAxis
from vgviewer.app.picture.corner import CornerWords
from vgviewer.app.picture.cursor import Stops
from vgviewer.app.picture.foretold import Foretold
from vgviewer.app.picture.header import Choice
from vgviewer.app.picture.library import pg
from vgviewer.app.picture.names import name_ticks, room_at_ends
from vgviewer.app.picture.numbers import size
from vgviewer.app.picture.series import Series, height_range
from vgviewer.app.picture.steps import power_ticks, step_ticks
from vgviewer.app.picture.table import Table
from vgviewer.app.view_names import VIEW_NAMES
from vgviewer.app.views.view import View
from vgviewer.experiment import Experiment
from vgviewer.frames import History

if TYPE_CHECKING:  # theory is loaded when there is something to expect, after the first paint
    from vgviewer.theory import Measured, Prediction

WAYS = {"time": "through time", "depth": "along depth"}
LEFT = -2.0  # log10: where 1 % is left
NOTHING = (
    "Theory has nothing to say of this network: it has neither two layers with weights nor a recurrent layer."
)
PROBLEMS = "Theory says what it expects once the problems at the blocks are solved."
WAITING = "Theory is thinking about the network as drawn."


class PredictionView(View):
    """Sizes on a logarithmic axis: of each layer relative to the head's output, or of each timestep relative to the
    last. What is expected is dashed and hollow, what was measured solid."""

    name = VIEW_NAMES["prediction"]
    title: ClassVar[str] = "Expected before training"
    empty_text: ClassVar[str] = (
        "Here you will see, before any training, how much gradient theory expects to reach each layer and timestep."
    )
    interval_s: ClassVar[float] = 1.0  # it holds numbers to be read

    def __init__(self, parent: QWidget | None = None) -> None:
        self._values = ValueAxis()
        super().__init__(parent, self._values)
        self._layer = Choice("Recurrent layer", {}, self)
        self._way = Choice("What is shown", WAYS, self)
        for choice in (self._layer, self._way):
            choice.chosen.connect(self.refresh)
            self.header.add_choice(choice)
        self._prediction: Prediction | None = None
        self._drawn_as: Experiment | None = None
        self._is_outdated = False
        self._shows_limit = False
        self._shown = Foretold((), np.empty(0), None, "", ())
        self._one_percent = pg.PlotCurveItem()
        self._mark = pg.PlotCurveItem()
        for item in (self._one_percent, self._mark):
            self.plot.addItem(item)
        self._expected, self._measured = (Series(self.plot, is_measured) for is_measured in (False, True))
        self._words = CornerWords(self.plot)
        self.wear(self.dress)

    def missing(self) -> str:
        if self._prediction is not None:
            return "" if self._ways() else NOTHING
        if self._drawn_as is None:
            return self.empty_text
        return PROBLEMS if self._drawn_as.problems else WAITING

    def can_fill(self) -> bool:
        return False  # it fills itself

    def expect(self, prediction: "Prediction | None") -> None:
        self._prediction = prediction
        self.draw_again()

    def foresee(self, experiment: Experiment) -> None:
        self._drawn_as = experiment
        if self._prediction is None:
            self.draw_again()

    def note_run(self, is_outdated: bool, is_paused: bool) -> None:
        self._is_outdated = is_outdated
        super().note_run(is_outdated, is_paused)

    def select(self, layer_id: str | None) -> None:
        if layer_id is not None:
            self._layer.choose(layer_id)
        super().select(layer_id)

    def renew(self) -> None:
        """Draws without a run, too."""
        super().renew()
        if self.history is None and not self.absent():
            self._show(None)
            self.header.say(self.heading(), self._subtitle())
            self.setAccessibleDescription(self._in_words())

    def adopt(self, other: View) -> None:
        if isinstance(other, PredictionView):
            self._prediction, self._is_outdated = other._prediction, other._is_outdated
            self._drawn_as = other._drawn_as
        super().adopt(other)

    def stops(self) -> Stops:
        (_, _), (low, high) = self.plot.plotItem.vb.viewRange()
        return np.arange(len(self._shown.columns), dtype=np.float64) + self._first, np.array(
            [(low + high) / 2]
        )

    def heading(self) -> str:
        return self.title if self._shown.measured is None else "Expected and measured"

    def draw(self, history: History) -> None:
        self._show(history)

    def describe(self, history: History) -> tuple[str, str]:
        return self._subtitle(), self._in_words()

    def caption_at(self, x: float, y: float) -> str:
        at = round(x) - self._first
        if not 0 <= at < len(self._shown.columns):
            return ""
        name = self._shown.columns[at]
        words = [f"expected {size(float(self._shown.expected[at]))}"]
        if self._shown.measured is not None:
            words.append(f"measured {size(float(self._shown.measured[at]))}")
        if self._way.value == "time":
            return f"{self._layer.value}, timestep {name}: {', '.join(words)} of the last timestep's"
        known = (
            next((place for place in self._prediction.places if place.id == name), None)
            if self._prediction
            else None
        )
        more = foretold.place_words(known) if known else ""
        return "; ".join(filter(None, [f"{name}: {', '.join(words)} of the output's", more]))

    def layer_at(self, x: float, y: float) -> str | None:
        if self._way.value == "time":
            return self._layer.value or None
        at = round(x)
        return self._shown.columns[at] if 0 <= at < len(self._shown.columns) else None

    def table(self) -> Table:
        first = "timestep" if self._way.value == "time" else "layer"
        measured = self._shown.measured
        found = [None] * len(self._shown.columns) if measured is None else measured.tolist()
        rows = zip(self._shown.columns, self._shown.expected.tolist(), found, strict=True)
        return Table((first, "expected log10", "measured log10"), list(rows))

    def recolor(self) -> None:
        self._one_percent.setPen(self.pen(self.dress.baseline, 1.5, Qt.PenStyle.DotLine))
        self._mark.setPen(self.pen(self.dress.accent, 1))
        for series in (self._expected, self._measured):
            series.wear(self.dress, self.line_scale)
        self._words.wear(self.dress)

    @property
    def _first(self) -> int:
        """Where the first column stands: timesteps count from 1."""
        return 1 if self._way.value == "time" else 0

    def _ways(self) -> dict[str, str]:
        """What there is to be shown."""
        if self._prediction is None:
            return {}
        chain = [place for place in self._prediction.places if place.has_weights and place.id != "output"]
        remembers = any(len(memory.sizes) > 1 for memory in self._prediction.memories)
        there = {"time": remembers, "depth": len(chain) > 1}
        return {way: words for way, words in WAYS.items() if there[way]}

    def _show(self, history: History | None) -> None:
        if self._prediction is None or not self._ways():
            return
        self._way.offer(self._ways())
        layers = [memory.layer for memory in self._prediction.memories]
        self._layer.offer({layer: layer for layer in layers} if self._way.value == "time" else {})
        measured: Measured | None = None
        started = None
        if history is not None and history.latest is not None and not self._is_outdated:
            started = history.started
            measured = foretold.measured(self._prediction, started, history.latest)
        if self._way.value == "time":
            memory = self._prediction.memories[layers.index(self._layer.value)]
            self._shown = foretold.through_time(memory, measured)
        else:
            self._shown = foretold.with_depth(self._prediction, measured, started)
        self._draw_shown()

    def _draw_shown(self) -> None:
        shown = self._shown
        x = np.arange(len(shown.columns), dtype=float) + self._first
        curves = [shown.expected] if shown.measured is None else [shown.expected, shown.measured]
        low, high = height_range(*curves)
        width, height = self.plot.data_size()
        across = (float(x[0]) - 0.5, float(x[-1]) + 0.5)
        names = shown.columns if self._way.value == "depth" else ()
        air = room_at_ends(names, width)
        self.plot.show_range((across[0] - air, across[1] + air), (low, high))
        whole = "output" if self._way.value == "depth" else "last timestep"
        self._values.show_values(power_ticks(low, high, height), f"relative to the {whole}")
        foot = low + 0.04 * (high - low)
        self._expected.show(x, shown.expected, foot)
        self._measured.show(x, np.full(len(x), np.nan) if shown.measured is None else shown.measured, foot)
        self._shows_limit = low < LEFT
        limit = (list(across), [LEFT, LEFT]) if self._shows_limit else ([], [])
        self._one_percent.setData(*limit)
        self._name_columns(width)
        self._mark_column(low, high)
        drawn = [*curves, np.full(len(x), LEFT)] if self._shows_limit else curves
        self._words.show(self._lines(), across, (low, high), np.array(drawn))

    def _name_columns(self, width: float) -> None:
        axis = self.plot.bottom_axis
        if self._way.value == "time":
            axis.setLabel("timestep")
            axis.show_ticks(step_ticks(1, len(self._shown.columns), width))
        else:
            axis.setLabel("layer")
            axis.show_ticks(name_ticks(self._shown.columns, width, self.selected))

    def _mark_column(self, low: float, high: float) -> None:
        columns = self._shown.columns if self._way.value == "depth" else ()
        at = columns.index(self.selected) if self.selected in columns else None
        self._mark.setData([] if at is None else [at, at], [] if at is None else [low, high])

    def _lines(self) -> list[tuple[str, str]]:
        """The legend, then the numbers behind the curve."""
        legend = [(self.dress.text_muted, f"{self._expected.sign} expected")]
        if self._shown.measured is not None:
            legend.append((self.dress.curve, f"{self._measured.sign} measured"))
        if self._shows_limit:
            legend.append((self.dress.baseline, "┈ 1\u00a0% is left"))
        return [*legend, *((self.dress.text_muted, fact) for fact in self._shown.facts)]

    def _subtitle(self) -> str:
        from vgviewer.app.expected import in_powers

        return in_powers(self._shown.verdict)

    def _in_words(self) -> str:
        from vgviewer.app.expected import in_powers

        if self._prediction is None:
            return ""
        told = [in_powers(sentence) for sentence in self._prediction.verdicts]
        columns = [
            f"{name} {size(float(value))}"
            for name, value in zip(self._shown.columns, self._shown.expected, strict=True)
        ]
        if self._way.value == "time":
            columns = [columns[0], columns[-1]]
        return " ".join(
            [*told, *(f"{fact}." for fact in self._shown.facts), f"Expected sizes: {', '.join(columns)}."]
        )
