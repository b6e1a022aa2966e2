"""The loss of all runs in one picture: told apart by color, by the kind of the line and by a letter at its end."""

from typing import ClassVar

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from vgviewer.app import theme
from vgviewer.app.compare.sides import LETTERS, MOST, Side, seen_of
from vgviewer.app.picture.axes import ValueAxis
from vgviewer.app.picture.library import pg
from vgviewer.app.picture.numbers import plain
from vgviewer.app.picture.steps import Floats, outline, power_ticks, smoothed, step_ticks, value_ticks
from vgviewer.app.picture.table import Table
from vgviewer.app.views.view import View
from vgviewer.frames import History

STYLES = (Qt.PenStyle.SolidLine, Qt.PenStyle.DashLine, Qt.PenStyle.DotLine, Qt.PenStyle.DashDotLine)
COLORS = ("curve", "warning", "healthy", "text")  # of the theme
LETTER_ROOM = 24  # px beside the newest step
LETTER_LINE = 16  # px from one letter to the next
DECADES_FOR_LOG = 2.0
SMOOTHED_PART = 40
AIR = 0.06  # of the height
_NOTHING: tuple[NDArray[np.int64], Floats] = (np.empty(0, np.int64), np.empty(0))
Placed = tuple[float, float, pg.TextItem]  # y, x, the letter


class Overlay(View):
    """Smoothed, as far as each run has come; a line across stands at the step on show."""

    name: ClassVar[str] = "Losses"
    title: ClassVar[str] = "Loss"
    empty_text: ClassVar[str] = "Here you will see the loss of each run over the same steps."

    def __init__(self, parent: QWidget | None = None) -> None:
        self._values = ValueAxis()
        super().__init__(parent, self._values)
        self._sides: list[Side] = []
        self._seen: tuple[object, ...] = ()
        self._lines = [pg.PlotCurveItem(antialias=True) for _ in range(MOST)]
        self._letters = [pg.TextItem(letter, anchor=(0, 0.5)) for letter in LETTERS]
        self._base, self._now = pg.PlotCurveItem(), pg.PlotCurveItem()
        for item in (self._base, self._now, *self._lines, *self._letters):
            self.plot.addItem(item)
        self.plot.bottom_axis.setLabel("training step")
        self.wear(self.dress)

    def show_sides(self, sides: list[Side]) -> None:
        """Draws these from now on."""
        self._sides = sides
        histories = [side.session.history for side in sides]
        self.set_history(next((one for one in histories if one is not None), None))

    def news(self, history: History) -> object:
        seen = seen_of(self._sides)
        if seen != self._seen:
            self._seen = seen
        return self._seen  # the same object while there is nothing new

    def missing(self) -> str:
        has_some = any(side.steps >= 0 for side in self._sides)
        return "" if has_some else self.empty_text

    def draw(self, history: History) -> None:
        trends = [_trend(side) for side in self._sides]
        known = np.concatenate([trend[np.isfinite(trend)] for _, trend in trends])
        log = known.size > 0 and (known > 0).all() and np.log10(known.max() / known.min()) > DECADES_FOR_LOG
        base = history.started.baseline
        heights = np.append(known, base) if base is not None and base > 0 else known
        heights = np.log10(heights) if log else heights
        low, high = (float(heights.min()), float(heights.max())) if heights.size else (0.0, 1.0)
        air = max(AIR * (high - low), 1e-9, 1e-6 * abs(high))
        y = (low - air if log else min(0.0, low) - air / 2, high + air)
        last = max(1, *(side.steps for side in self._sides))
        width, height = self.plot.data_size()
        x = (0.0, last * width / max(1.0, width - theme.px(LETTER_ROOM)))
        self.plot.show_range(x, y)
        self._values.show_values((power_ticks if log else value_ticks)(*y, height), "loss")
        self.plot.bottom_axis.show_ticks(step_ticks(0, last, width))
        placed: list[Placed] = []
        for place, (line, letter) in enumerate(zip(self._lines, self._letters, strict=True)):
            steps, trend = trends[place] if place < len(trends) else _NOTHING
            drawn = np.log10(trend) if log else trend
            line.setData(*outline(steps, drawn, int(width)), connect="finite")
            ends = np.flatnonzero(np.isfinite(drawn))
            letter.setVisible(bool(ends.size))
            if ends.size:
                placed.append((float(drawn[ends[-1]]), float(steps[ends[-1]]), letter))
        apart = theme.px(LETTER_LINE) * (y[1] - y[0]) / max(1.0, height)
        for at_y, at_x, letter in _apart(placed, apart):
            letter.setPos(at_x, at_y)
        at = np.log10(base) if base is not None and base > 0 and log else base
        self._base.setData([] if at is None else list(x), [] if at is None else [at, at])
        shown = self._sides[0].shown.history if self._sides else None
        is_back = self._sides and self._sides[0].shown is not self._sides[0].session
        step = shown.latest.step if is_back and shown and shown.latest else None
        self._now.setData([] if step is None else [step, step], [] if step is None else list(y))

    def describe(self, history: History) -> tuple[str, str]:
        parts = []
        for letter, side in zip(LETTERS, self._sides, strict=False):
            _, trend = _trend(side)
            finite = trend[np.isfinite(trend)]
            if finite.size:
                parts.append(f"{letter} {plain(float(finite[-1]), 3)}")
        base = history.started.baseline
        words = [*parts, *([f"baseline {plain(base, 3)}"] if base is not None else [])]
        return " · ".join(words), f"Loss, smoothed: {', '.join(words)}."

    def caption_at(self, x: float, y: float) -> str:
        parts = []
        for letter, side in zip(LETTERS, self._sides, strict=False):
            steps, trend = _trend(side)
            if len(steps):
                column = int(np.argmin(np.abs(steps - x)))
                parts.append(f"{letter} {plain(float(trend[column]), 3)}")
        return f"step {max(0, round(x))}: {', '.join(parts)}" if parts else ""

    def table(self) -> Table:
        rows = []
        for letter, side in zip(LETTERS, self._sides, strict=False):
            history = side.session.history
            if history is not None:
                rows += [
                    (letter, step, loss)
                    for step, loss in zip(history.steps.tolist(), history.losses.tolist(), strict=True)
                ]
        return Table(("run", "step", "loss"), rows)

    def recolor(self) -> None:
        now = self.dress
        for line, letter, name, style in zip(self._lines, self._letters, COLORS, STYLES, strict=True):
            line.setPen(self.pen(getattr(now, name), 2, style))
            letter.setColor(getattr(now, name))
            letter.setFont(theme.font(theme.BODY))
        self._base.setPen(self.pen(now.baseline, 1.5, Qt.PenStyle.DashLine))
        self._now.setPen(self.pen(now.text_muted, 1))


def _apart(placed: list[Placed], least: float) -> list[Placed]:
    """From below, each so much above the one before."""
    found: list[Placed] = []
    for y, x, letter in sorted(placed, key=lambda one: one[:2]):
        found.append((max(y, found[-1][0] + least) if found else y, x, letter))
    return found


def _trend(side: Side) -> tuple[NDArray[np.int64], Floats]:
    history = side.session.history
    if history is None or not len(history.losses):
        return _NOTHING
    return history.steps, smoothed(history.losses, max(1, len(history.losses) // SMOOTHED_PART))
