"""The loss over training, raw and smoothed, with the loss of a network that has learned nothing; by choice the metric,
the size of the whole gradient, or a line for each layer."""

import math
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from vgviewer.app.numerals import counted
from vgviewer.app.picture.axes import ValueAxis
from vgviewer.app.picture.changes import ChangeMarks, turned
from vgviewer.app.picture.course import DOT, Course, CourseLines, height_range
from vgviewer.app.picture.cursor import Stops
from vgviewer.app.picture.header import Choice
from vgviewer.app.picture.layer_lines import LayerLines, lines_range
from vgviewer.app.picture.library import pg
from vgviewer.app.picture.numbers import plain, size
from vgviewer.app.picture.plot import Range
from vgviewer.app.picture.steps import Floats, power_ticks, smoothed, step_ticks, value_ticks
from vgviewer.app.picture.table import Table
from vgviewer.app.view_names import VIEW_NAMES
from vgviewer.app.views.view import View
from vgviewer.frames import QUANTITIES, History

LAYERS = {"weight_gradient": "gradients of layers", "weight": "weights of layers"}
SHOWN = {"loss": "loss", "metric": "metric", "norm": "gradient norm", **LAYERS}
HEADINGS = {
    "loss": "Loss",
    "norm": "Size of the whole gradient",
    "weight_gradient": "Weight gradient of each layer",
    "weight": "Weights of each layer",
}
SCALES = {"auto": "automatic scale", "linear": "linear scale", "log": "logarithmic scale"}
SMOOTHED_PART = 40  # the curve is averaged over this part of its length
DECADES_FOR_LOG = 2.0  # a curve that spans more is shown on a logarithmic axis
MOST_CHANGES = 5  # that are told in words
STRUCK = 3  # px high: the line at the foot where clipping struck
NEAR_BASELINE = 0.9  # a mean loss above this part of the baseline has not learned the task
MOST_BASELINES = 1e6  # beyond it one loss is as bad as another
LATEST, LATEST_PART = 20, 10  # the mean is of so many steps at least, and of this part of the run


class Curves(View):
    """What is drawn is either one course, or a line for each layer that holds weights."""

    name = VIEW_NAMES["curves"]
    title: ClassVar[str] = "Loss"
    empty_text: ClassVar[str] = "Here you will see whether the loss falls, and gets below the baseline."

    def __init__(self, parent: QWidget | None = None) -> None:
        self._values = ValueAxis()
        super().__init__(parent, self._values)
        self._what = Choice("What is shown", SHOWN, self)
        self._choice = Choice("Scale", SCALES, self)
        for choice in (self._what, self._choice):
            choice.chosen.connect(self.refresh)
            self.header.add_choice(choice)
        self._struck = pg.PlotCurveItem(connect="pairs")
        self.plot.addItem(self._struck)
        self._lines = LayerLines(self.plot)
        self._curves = CourseLines(self.plot)
        self._changes = ChangeMarks(self.plot)
        none = np.empty(0)
        self._course = Course("loss", np.empty(0, np.int64), none, none)
        self._sizes: Floats = np.empty((0, 0))
        self._layers: tuple[str, ...] = ()
        self._is_struck: NDArray[np.bool_] = np.empty(0, bool)
        self.plot.bottom_axis.setLabel("training step")
        self.wear(self.dress)

    @property
    def by_layer(self) -> bool:
        """Whether there is a line for each layer."""
        return self._what.value in LAYERS

    def heading(self) -> str:
        if self._what.value == "metric" and self.history:
            return self.history.started.metric_name.capitalize() or "Metric"
        return HEADINGS.get(self._what.value, self.title)

    def _named(self) -> str:
        """What the values are."""
        if self.by_layer:
            return f"{QUANTITIES[self._what.value].symbol}, rms"
        return self.heading().lower() if self._what.value == "metric" else SHOWN[self._what.value]

    def missing(self) -> str:
        return super().missing() or ("" if self.history and self.history.steps.size else self.empty_text)

    def draw(self, history: History) -> None:
        self._choice.setVisible(not self.by_layer)
        self._is_struck = np.diff(history.strikes, prepend=0) > 0
        self._course = _course(history, self._what.value)
        (self._draw_layers if self.by_layer else self._draw_course)(history)

    def describe(self, history: History) -> tuple[str, str]:
        told = self._told_layers() if self.by_layer else self._told_course(history)
        changes = [
            f"{turned(change)} from step {change.step} on" for change in history.changes[-MOST_CHANGES:]
        ]
        return told[0], " ".join([told[1], *(f"{change}." for change in changes)])

    def caption_at(self, x: float, y: float) -> str:
        steps = self._course.steps
        if not steps.size:
            return ""
        column = int(np.argmin(np.abs(steps - x)))
        if self.by_layer:
            row = self._nearest(column, y)
            return (
                ""
                if row is None
                else f"{self._layers[row]}, step {steps[column]}: {size(self._sizes[column, row])}"
            )
        parts = [f"step {steps[column]}: {plain(float(self._course.values[column]), 3)}"]
        parts.append(f"smoothed {plain(float(self._course.trend[column]), 3)}")
        if self._what.value == "loss" and self.history:
            norm = float(self.history.gradient_norms[column])
            parts += [f"gradient norm {plain(norm)}"] if math.isfinite(norm) else []
        if self._what.value != "metric" and self._is_struck[column]:
            parts.append("clipped")
        return ", ".join(parts)

    def layer_at(self, x: float, y: float) -> str | None:
        if not self.by_layer or not self._course.steps.size:
            return None
        row = self._nearest(int(np.argmin(np.abs(self._course.steps - x))), y)
        return None if row is None else self._layers[row]

    def stops(self) -> Stops:
        steps = self._course.steps.astype(np.float64)
        if not self.by_layer:
            return steps, np.zeros(1) + sum(self.plot.plotItem.vb.viewRange()[1]) / 2
        ends = self._sizes[-1] if len(self._sizes) else np.empty(0)
        return steps, np.unique(ends[np.isfinite(ends)])[::-1]

    def table(self) -> Table:
        if self.by_layer:
            rows = zip(self._course.steps.tolist(), *self._sizes.T.tolist(), strict=True)
            return Table(("step", *(f"{name} log10" for name in self._layers)), list(rows))
        course = self._course
        columns = {"step": course.steps, course.name: course.values, "smoothed": course.trend}
        if self._what.value != "metric" and self.history:
            columns |= {"gradient norm": self.history.gradient_norms, "clipped": self._is_struck.astype(int)}
        values = [column.tolist() for column in columns.values()]
        return Table(tuple(columns), list(zip(*values, strict=True)))

    def recolor(self) -> None:
        now = self.dress
        raw, smooth = self.pen(now.curve_raw, 1), self.pen(now.curve, 2)
        reference = self.pen(now.baseline, 1.5, Qt.PenStyle.DashLine)
        self._curves.wear(now, (raw, smooth, reference, self.pen(now.not_finite, 2)))
        self._lines.wear(now, raw, smooth)
        self._struck.setPen(self.pen(now.warning, STRUCK))
        self._changes.wear(now, self.pen(now.text_muted, 1))

    def _draw_course(self, history: History) -> None:
        self._lines.hide()
        log = self._wants_log(self._course.values)
        if not self._course.steps.size:
            self._curves.set_visible(False)
        x, y = self._show_plane(history, height_range(self._course, log), DOT / 2, log)
        if self._course.steps.size:
            self._curves.show(self._course, log, (x[0], float(max(history.steps[-1], x[0] + 1))), y)
        struck = self._is_struck if self._what.value != "metric" else np.zeros(0, bool)
        self._show_struck(struck, y[0] + STRUCK / 2 * (y[1] - y[0]) / max(1.0, self.plot.data_size()[1]))
        self._changes.show(history.changes, x, y)

    def _draw_layers(self, history: History) -> None:
        self._curves.set_visible(False)
        places = [place for place, site in enumerate(history.started.sites) if site.has_weights]
        self._layers = tuple(history.started.sites[place].id for place in places)
        self._sizes = history.layers(self._what.value)[:, places].astype(np.float64)
        x, y = self._show_plane(history, lines_range(self._sizes), self._lines.room(self._layers), log=True)
        self._lines.show(history.steps, self._sizes, self._layers, self.selected, y)
        self._show_struck(np.zeros(0, bool), y[0])
        self._changes.show(history.changes, x, y)

    def _show_plane(self, history: History, y: Range, beyond_px: float, log: bool) -> tuple[Range, Range]:
        """Ranges and ticks; beside the newest step there are so many px of room."""
        first, last = int(history.steps[0]), max(int(history.steps[-1]), int(history.steps[0]) + 1)
        width, height = self.plot.data_size()
        room = min(beyond_px, width / 2)
        x = (float(first), last + room * (last - first) / max(1.0, width - room))
        self.plot.show_range(x, y)
        self._values.show_values((power_ticks if log else value_ticks)(*y, height), self._named())
        self.plot.bottom_axis.show_ticks(step_ticks(first, last, width - room))
        return x, y

    def _show_struck(self, struck: NDArray[np.bool_], height: float) -> None:
        """A line at the foot of the picture, broken where clipping did not strike since the column before."""
        edges = np.flatnonzero(np.diff(struck, prepend=False, append=False))
        begins, ends = edges[::2], edges[1::2] - 1
        steps = self._course.steps
        x = np.column_stack([steps[begins], steps[ends]]).astype(float).ravel()
        self._struck.setData(x, np.full(len(x), height), connect="pairs")

    def _nearest(self, column: int, y: float) -> int | None:
        """The layer whose line is nearest to a height."""
        apart = np.abs(self._sizes[column] - y)
        return int(np.nanargmin(apart)) if np.isfinite(apart).any() else None

    def _wants_log(self, values: Floats) -> bool:
        seen = values[np.isfinite(values)]
        if self._choice.value == "linear" or not seen.size or not (seen > 0).any():
            return False
        if self._choice.value == "log":
            return True
        positive = seen[seen > 0]
        return positive.size == seen.size and math.log10(positive.max() / positive.min()) > DECADES_FOR_LOG

    def _told_layers(self) -> tuple[str, str]:
        """The layers with most and with least, then all of them."""
        now = self._sizes[-1]
        rows = [f"{name} {size(float(value))}" for name, value in zip(self._layers, now, strict=True)]
        what = f"{SHOWN[self._what.value].capitalize()} at step {int(self._course.steps[-1])}: {', '.join(rows)}."
        if not np.isfinite(now).any():
            return "", what
        known = np.where(np.isfinite(now), now, np.nan)
        most, least = int(np.nanargmax(known)), int(np.nanargmin(known))
        ends = f"most in {self._layers[most]}: {size(float(now[most]))}"
        if least != most:
            ends += f" · least in {self._layers[least]}: {size(float(now[least]))}"
        return ends, what

    def _told_course(self, history: History) -> tuple[str, str]:
        course = self._course
        if not course.steps.size:
            return "not measured yet", f"{self.heading()}: not measured yet."
        value = float(course.values[-1])
        words = _standing(course.values, history.started.baseline) if self._what.value == "loss" else ""
        parts = [plain(value, 3), *([words] if words else [])]
        told = f"{self.heading()} {plain(value, 3)} at step {int(course.steps[-1])}. {words}".strip()
        if self._what.value == "loss" and history.metrics:
            parts.append(_last_metric(history))
        if self._what.value != "metric" and history.clipped and history.latest:
            steps = history.latest.step + 1
            parts.append(f"clipped {history.clipped / steps:.0%}")
            told = f"{told} Clipped at {counted(history.clipped)} of {counted(steps)} steps."
        if self._choice.value == "auto" and self._wants_log(course.values):
            parts.append("log scale")
        return " · ".join(parts), told


def _standing(losses: Floats, baseline: float | None) -> str:
    """How the mean of the latest losses stands to the baseline; what may be chance is no difference."""
    recent = losses[-max(LATEST, len(losses) // LATEST_PART) :]
    if baseline is None or not baseline > 0 or not recent.size or not np.isfinite(recent).all():
        return ""
    most = MOST_BASELINES * baseline
    parts = np.clip(recent, -most, most) / baseline  # the square of a huge loss is beyond float64
    part, doubt = float(parts.mean()), 2 * float(parts.std()) / math.sqrt(parts.size)
    if part - doubt > 2 - NEAR_BASELINE:
        return "above the baseline"
    return "below the baseline" if part + doubt <= NEAR_BASELINE else "still at the baseline"


def _last_metric(history: History) -> str:
    """The newest reading of the metric, which is taken less often than the loss, with its step and the goal."""
    started = history.started
    step, value = history.metrics[-1]
    said = f"{started.metric_name} {plain(value)} at step {counted(step)}"
    if started.goal is None:
        return said
    is_reached = value >= started.goal if started.metric_name == "accuracy" else value <= started.goal
    return f"{said}, goal {plain(started.goal)}{' reached' if is_reached else ''}"


def _course(history: History, what: str) -> Course:
    """The number that was chosen; of layers, and where nothing else is known, the loss."""
    started = history.started
    if what == "metric":
        steps = np.array([step for step, _ in history.metrics], np.int64)
        values = np.array([value for _, value in history.metrics], np.float64)
        words = "" if started.goal is None else f"goal: {plain(started.goal)}"
        return _smoothed(started.metric_name or "metric", steps, values, started.goal, words)
    if what == "norm":
        norms = history.gradient_norms
        words = "" if started.clip is None else f"clipped above {plain(started.clip)}"
        return _smoothed("gradient norm", history.steps, norms, started.clip, words)
    return _smoothed("loss", history.steps, history.losses, started.baseline, started.baseline_text)


def _smoothed(
    name: str, steps: NDArray[np.int64], values: Floats, reference: float | None, words: str
) -> Course:
    trend = smoothed(values, max(1, len(values) // SMOOTHED_PART))
    return Course(name, steps, values, trend, reference, words)
