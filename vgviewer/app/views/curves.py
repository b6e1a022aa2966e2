"""The loss over training, raw and smoothed, with the loss of a network that has learned nothing."""

import math
from typing import ClassVar

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QWidget

from vgviewer.app import theme
from vgviewer.app.picture.axes import ValueAxis
from vgviewer.app.picture.changes import ChangeMarks, turned
from vgviewer.app.picture.header import Choice
from vgviewer.app.picture.numbers import plain
from vgviewer.app.picture.steps import power_ticks, step_ticks, value_ticks
from vgviewer.app.picture.table import Table
from vgviewer.app.views.view import View
from vgviewer.frames import History

SMOOTHED_PART = 40  # the curve is averaged over this part of its length
SCALES = {"auto": "automatic scale", "linear": "linear scale", "log": "logarithmic scale"}
DECADES_FOR_LOG = 2.0  # a loss that has fallen further is shown on a logarithmic axis
FOOT = 0.02  # of the height, under 0, so that the lowest label is not cut
WORDS_PART = 0.12  # of the height, for the baseline's words
WORDS_MARGIN = 12  # px beside them
DOT = 7  # px, at the newest step
MOST_CHANGES = 5  # that are told in words
STRUCK = 3  # px high: the line at the foot where clipping struck
NEAR_BASELINE = 0.9  # a smoothed loss above this part of the baseline has not learned the task


class Curves(View):
    """Loss against training step."""

    name: ClassVar[str] = "Curves"
    title: ClassVar[str] = "Loss"
    empty_text: ClassVar[str] = "Here you will see whether the loss falls, and gets below the baseline."

    def __init__(self, parent: QWidget | None = None) -> None:
        self._values = ValueAxis()
        super().__init__(parent, self._values)
        self._choice = Choice("Scale of the loss", SCALES, self)
        self._choice.chosen.connect(self.refresh)
        self.header.add_choice(self._choice)
        self._raw, self._smooth = (pg.PlotCurveItem(antialias=True) for _ in range(2))
        self._baseline, self._end = pg.PlotCurveItem(), pg.PlotCurveItem()
        self._struck = pg.PlotCurveItem(connect="pairs")
        self._now = pg.ScatterPlotItem(size=DOT, pen=None)
        self._baseline_words, self._end_words = pg.TextItem(), pg.TextItem("not finite from here on")
        lines = (self._struck, self._raw, self._baseline, self._smooth, self._now, self._end)
        for item in (*lines, self._baseline_words, self._end_words):
            self.plot.addItem(item)
        self._changes = ChangeMarks(self.plot)
        self._log = False
        self._steps: NDArray[np.int64] = np.empty(0, np.int64)
        self._losses: NDArray[np.float64] = np.empty(0)
        self._trend: NDArray[np.float64] = np.empty(0)
        self._norms: NDArray[np.float64] = np.empty(0)
        self._is_struck: NDArray[np.bool_] = np.empty(0, bool)
        self.plot.bottom_axis.setLabel("training step")
        self.wear(self.dress)

    def missing(self) -> str:
        return super().missing() or ("" if self.history and self.history.steps.size else self.empty_text)

    def draw(self, history: History) -> None:
        self._steps, self._losses, self._norms = history.steps, history.losses, history.gradient_norms
        self._trend = smoothed(self._losses, max(1, len(self._losses) // SMOOTHED_PART))
        baseline = history.started.baseline
        self._log = self._wants_log(self._losses)
        first, last = int(self._steps[0]), max(int(self._steps[-1]), int(self._steps[0]) + 1)
        low, high = self._show_values(baseline)
        width, height = self.plot.data_size()
        beyond = DOT / 2 * (last - first) / max(1.0, width)
        self.plot.show_range((first, last + beyond), (low, high))
        self._values.show_values((power_ticks if self._log else value_ticks)(low, high, height))
        self.plot.bottom_axis.show_ticks(step_ticks(first, last, width))
        self._draw_curves(int(width))
        self._show_baseline(baseline, history.started.baseline_text, (first, last), (low, high))
        self._show_end(first, last, low, high)
        self._show_struck(history, low + STRUCK / 2 * (high - low) / max(1.0, height))
        self._changes.show(history.changes, (first, last + beyond), (low, high))

    def describe(self, history: History) -> tuple[str, str]:
        loss = float(self._losses[-1])
        parts = [plain(loss, 3)]
        words = self._standing(history.started.baseline)
        if words:
            parts.append(words)
        if history.metrics:
            goal = history.started.goal
            wanted = "" if goal is None else f", goal {plain(goal)}"
            parts.append(f"{history.started.metric_name} {plain(history.metrics[-1][1])}{wanted}")
        told = f"Loss {plain(loss, 3)} at step {int(self._steps[-1])}. {words}".strip()
        if history.clipped and history.latest:
            steps = history.latest.step + 1
            parts.insert(1, f"clipped {history.clipped / steps:.0%}")
            told = f"{told} Clipped at {history.clipped:,} of {steps:,} steps."
        changes = [
            f"{turned(change)} from step {change.step} on" for change in history.changes[-MOST_CHANGES:]
        ]
        return " · ".join(parts), " ".join([told, *(f"{change}." for change in changes)])

    def caption_at(self, x: float, y: float) -> str:
        if not self._steps.size:
            return ""
        column = int(np.argmin(np.abs(self._steps - x)))
        at = f"step {self._steps[column]}: {plain(float(self._losses[column]), 3)}"
        parts = [at, f"smoothed {plain(float(self._trend[column]), 3)}"]
        size = float(self._norms[column])
        if math.isfinite(size):
            parts.append(f"gradient norm {plain(size)}")
        if self._is_struck[column]:
            parts.append("clipped")
        return ", ".join(parts)

    def table(self) -> Table:
        columns = (self._steps, self._losses, self._trend, self._norms, self._is_struck.astype(int))
        rows = zip(*(column.tolist() for column in columns), strict=True)
        return Table(("step", "loss", "smoothed", "gradient norm", "clipped"), list(rows))

    def recolor(self) -> None:
        self._raw.setPen(self.pen(self.dress.curve_raw, 1))
        self._smooth.setPen(self.pen(self.dress.curve, 2))
        self._now.setBrush(pg.mkBrush(self.dress.curve))
        self._now.setSize(DOT)
        self._baseline.setPen(self.pen(self.dress.baseline, 1.5, Qt.PenStyle.DashLine))
        self._struck.setPen(self.pen(self.dress.warning, STRUCK))
        self._changes.wear(self.dress, self.pen(self.dress.text_muted, 1))
        self._end.setPen(self.pen(self.dress.not_finite, 2))
        self._baseline_words.setColor(self.dress.baseline)
        self._end_words.setColor(self.dress.not_finite)
        for words in (self._baseline_words, self._end_words):
            words.setFont(theme.font(theme.CAPTION))

    def _standing(self, baseline: float | None) -> str:
        """How the smoothed loss stands to the baseline."""
        if baseline is None or not baseline > 0 or not self._trend.size:
            return ""
        now = float(self._trend[-1])
        if not math.isfinite(now):
            return ""
        part = now / baseline
        if part > 2 - NEAR_BASELINE:
            return "above the baseline"
        return "still at the baseline" if part > NEAR_BASELINE else "below the baseline"

    def _wants_log(self, losses: NDArray[np.float64]) -> bool:
        seen = losses[np.isfinite(losses)]
        if self._choice.value == "linear" or not seen.size or not (seen > 0).any():
            return False
        if self._choice.value == "log":
            return True
        positive = seen[seen > 0]
        return positive.size == seen.size and math.log10(positive.max() / positive.min()) > DECADES_FOR_LOG

    def _draw_curves(self, width: int) -> None:
        raw, trend = self._on_axis(self._losses), self._on_axis(self._trend)
        self._raw.setData(*outline(self._steps, raw, width), connect="finite")
        every = max(1, len(trend) // max(1, width))
        self._smooth.setData(self._steps[::every], trend[::every], connect="finite")
        is_known = bool(np.isfinite(trend[-1]))
        self._now.setData(self._steps[-1:] if is_known else [], trend[-1:] if is_known else [])

    def _on_axis(self, values: NDArray[np.float64]) -> NDArray[np.float64]:
        """Values as heights of the axis; what cannot be drawn becomes NaN."""
        drawable = np.where(np.isfinite(values), values, np.nan)
        if not self._log:
            return np.clip(drawable, -1e30, 1e30)
        return np.log10(drawable, out=np.full(len(values), np.nan), where=drawable > 0)

    def _show_values(self, baseline: float | None) -> tuple[float, float]:
        """The range of heights that holds the curve and its baseline, with some air."""
        known = np.append(self._losses, baseline if baseline is not None else np.nan)
        heights = self._on_axis(known)
        heights = heights[np.isfinite(heights)]
        if not heights.size:
            return 0.0, 1.0
        low, high = float(heights.min()), float(heights.max())
        if not self._log and low >= 0:
            return -FOOT * (high or 1.0), 1.06 * high or 1.0
        air = 0.06 * (high - low) or 0.5
        return low - air, high + air

    def _show_baseline(
        self, baseline: float | None, words: str, x: tuple[float, float], y: tuple[float, float]
    ) -> None:
        heights = self._on_axis(np.array([baseline if baseline is not None else np.nan]))
        shown = bool(np.isfinite(heights[0]))
        self._baseline.setVisible(shown)
        self._baseline_words.setVisible(shown)
        if shown:
            height = float(heights[0])
            self._baseline.setData(list(x), [height, height])
            room = self.plot.data_size()[0]
            metrics = QFontMetricsF(self._baseline_words.textItem.font())
            shown_words = metrics.elidedText(words, Qt.TextElideMode.ElideRight, room - WORDS_MARGIN)
            self._baseline_words.setText(shown_words)
            under = min(1.0, (metrics.horizontalAdvance(shown_words) + WORDS_MARGIN) / max(1.0, room))
            self._place_words(height, x[1], y, under)

    def _place_words(self, height: float, right: float, y: tuple[float, float], under: float) -> None:
        """Puts the baseline's words at its line, on the side where the curve is not; clear of one that hugs it in the
        share `under` of the width that they take."""
        late = self._on_axis(self._losses[int((1 - under) * len(self._losses)) :])
        late = np.append(late[np.isfinite(late)], height)
        room = WORDS_PART * (y[1] - y[0])
        hugging = late[np.abs(late - height) < room]
        below, above = float(hugging.min()), float(hugging.max())
        wants_below = late.mean() >= height
        if (wants_below and below - room > y[0]) or above + room > y[1]:
            self._baseline_words.setAnchor((1, 0))
            self._baseline_words.setPos(right, below)
        else:
            self._baseline_words.setAnchor((1, 1))
            self._baseline_words.setPos(right, above)

    def _show_struck(self, history: History, height: float) -> None:
        """A line at the foot of the picture, broken where clipping did not strike since the column before."""
        strikes = history.strikes
        self._is_struck = np.diff(strikes, prepend=0) > 0
        edges = np.flatnonzero(np.diff(self._is_struck, prepend=False, append=False))
        begins, ends = edges[::2], edges[1::2] - 1
        x = np.column_stack([self._steps[begins], self._steps[ends]]).astype(float).ravel()
        self._struck.setData(x, np.full(len(x), height), connect="pairs")

    def _show_end(self, first: int, last: int, low: float, high: float) -> None:
        """Marks where the loss stopped being a number."""
        lost = np.flatnonzero(~np.isfinite(self._losses))
        self._end.setVisible(bool(lost.size))
        self._end_words.setVisible(bool(lost.size))
        if lost.size:
            at = float(self._steps[lost[0]])
            self._end.setData([at, at], [low, high])
            self._end_words.setAnchor((1, 1) if at > (first + last) / 2 else (0, 1))
            self._end_words.setPos(at, low)


def smoothed(values: NDArray[np.float64], window: int) -> NDArray[np.float64]:
    """float64, same length: the mean of about `window` finite values around each; a gap stays a gap.

    At the start the window is as narrow to the right as to the left, so that a steep fall is kept.
    """
    finite = np.isfinite(values)
    sums = np.concatenate([[0.0], np.cumsum(np.where(finite, values, 0.0))])
    counts = np.concatenate([[0], np.cumsum(finite)])
    at = np.arange(len(values))
    half = np.minimum(at, window // 2)
    start, end = at - half, np.minimum(at + half + 1, len(values))
    mean = (sums[end] - sums[start]) / np.maximum(1, counts[end] - counts[start])
    return np.where(finite, mean, values)


def outline(
    steps: NDArray[np.int64], values: NDArray[np.float64], width: int
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Least and largest value of every group of columns, so that no spike is lost in `width` px."""
    every = len(values) // max(1, width)
    if every < 2:
        return steps, values
    whole = len(values) // every * every
    groups = values[:whole].reshape(-1, every)
    kept = np.column_stack([np.fmin.reduce(groups, axis=1), np.fmax.reduce(groups, axis=1)]).ravel()
    return np.repeat(steps[:whole:every], 2), kept
