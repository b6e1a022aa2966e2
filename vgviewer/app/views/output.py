"""What the network does: its answers on the samples of the metric, beside what was wanted."""

from typing import ClassVar

import numpy as np
from PySide6.QtWidgets import QWidget

from vgviewer.app.picture import answered
from vgviewer.app.picture.answer_lines import AnswerLines, AnswerPoints
from vgviewer.app.picture.awaited import awaited, has_ended
from vgviewer.app.picture.confusion import Confusion
from vgviewer.app.picture.corner import CornerWords
from vgviewer.app.picture.cursor import Stops
from vgviewer.app.picture.decision_map import DecisionMap
from vgviewer.app.picture.header import Choice
from vgviewer.app.picture.mixed_axis import MixedAxis
from vgviewer.app.picture.panel import Panel
from vgviewer.app.picture.table import Table
from vgviewer.app.view_names import VIEW_NAMES
from vgviewer.app.views.view import View
from vgviewer.frames import History
from vgviewer.frames.inspections import Answers
from vgviewer.frames.wishes import Wanted


class Output(View):
    """A map of the plane for two inputs, a confusion matrix for classes, lines or points for values."""

    name = VIEW_NAMES["output"]
    title: ClassVar[str] = "What the network does"
    empty_text: ClassVar[str] = "Here you will see what the network answers, beside what it should answer."
    wants: ClassVar[frozenset[Wanted]] = frozenset({"answers"})

    def __init__(self, parent: QWidget | None = None) -> None:
        self._axis = MixedAxis()
        super().__init__(parent, self._axis)
        self._column = Choice("Which of the answered values", {}, self)
        self._what = Choice("What is shown", answered.TITLES, self)
        for choice in (self._column, self._what):
            choice.chosen.connect(self.refresh)
            self.header.add_choice(choice)
        self._map = DecisionMap(self.plot, self._axis)
        self._confusion = Confusion(self.plot, self._axis)
        self._lines = AnswerLines(self.plot, self._axis)
        self._points = AnswerPoints(self.plot, self._axis)
        self._panel: Panel = self._points
        self._words = CornerWords(self.plot)
        self.wear(self.dress)

    def missing(self) -> str:
        if self.history is None or self.history.latest is None:
            return self.empty_text
        return awaited(self.history, Answers)

    def can_fill(self) -> bool:
        return self.history is None or has_ended(self.history)

    def news(self, history: History) -> object:
        return history.inspections.get(Answers) or super().news(history)

    def draw(self, history: History) -> None:
        found = history.inspections.get(Answers)
        if not isinstance(found, Answers):
            return
        self._what.offer(answered.kinds(found))
        kind = self._what.value
        columns = {} if kind in ("map", "confusion", "timesteps") else answered.columns(found)
        self._column.offer(columns)
        column = int(self._column.value) if columns else 0
        self._choose(kind)
        drawn = np.empty((1, 0))
        match kind:
            case "map":
                self._map.show(found)
            case "confusion":
                self._confusion.show(answered.confusion(found))
            case "points":
                self._points.show(*answered.points(found, column))
            case _:
                self._lines.show(answered.curve(found, kind, column))
                drawn = self._lines.drawn
        x, y = self.plot.plotItem.vb.viewRange()
        self._words.show(self._panel.lines(self.dress), (x[0], x[1]), (y[0], y[1]), drawn)

    def describe(self, history: History) -> tuple[str, str]:
        found = history.inspections.get(Answers)
        if not isinstance(found, Answers):
            return "", self.missing()
        said = answered.verdict(found)
        return said, f"{self._what.text()} after {found.step} updates: {said}."

    def caption_at(self, x: float, y: float) -> str:
        return self._panel.caption_at(x, y)

    def layer_at(self, x: float, y: float) -> str | None:
        return "output"

    def stops(self) -> Stops:
        return self._panel.stops()

    def table(self) -> Table:
        return self._panel.table()

    def recolor(self) -> None:
        for panel in self._panels:
            panel.wear(self.dress, self.pen(self.dress.outline, 1), self.pen(self.dress.curve, 2))
        self._words.wear(self.dress)

    @property
    def _panels(self) -> tuple[Panel, ...]:
        return self._map, self._confusion, self._lines, self._points

    def _choose(self, kind: str) -> None:
        panels: dict[str, Panel] = {"map": self._map, "confusion": self._confusion, "points": self._points}
        self._panel = panels.get(kind, self._lines)
        for panel in self._panels:
            panel.set_visible(panel is self._panel)
