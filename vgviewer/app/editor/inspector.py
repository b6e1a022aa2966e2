"""The inspector: the settings of what is selected, one editor for each field of its description."""

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from vgviewer.app import theme
from vgviewer.app.document import Document
from vgviewer.app.editor.forms import entries
from vgviewer.app.editor.sheet import Options, Sheet
from vgviewer.app.editor.tasks import TaskChoice
from vgviewer.app.knobs import KnobPanel
from vgviewer.experiment import Experiment
from vgviewer.experiment.knobs import Knobs
from vgviewer.network import Layer
from vgviewer.settings import Settings
from vgviewer.tasks import Task

HEADS = {"input": "Task", "output": "Output", "training": "Training"}
SUMMARIES = {
    "output": "A dense layer that gives the network's answer; its units come from the task.",
    "training": "How the weights are changed, and for how long.",
}


class Inspector(QWidget):
    """An edit is one undo step. It does not touch a run under way: the next one is made from it."""

    def __init__(self, document: Document, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._sheet: Sheet | None = None
        self._model: type[Settings] | None = None
        self._place = ""
        self.head = QLabel(self)
        self.count = QLabel(self)
        self._summary = QLabel(self)
        self.problems = QLabel(self)
        self.task = TaskChoice(document, self)
        self.knobs = KnobPanel(self)
        self._can_turn = False
        self._column = QVBoxLayout()
        self._lay_out()
        document.changed.connect(self._refresh)
        document.selection_changed.connect(self._refresh)
        self._refresh()

    @property
    def sheet(self) -> Sheet | None:
        """The editors that are shown."""
        return self._sheet

    def show_knobs(self, experiment: Experiment | None, knobs: Knobs | None) -> None:
        """What can be turned in the run of that experiment, among the training's settings; None while none trains."""
        self._can_turn = experiment is not None and knobs is not None
        if experiment is not None and knobs is not None:
            self.knobs.show_knobs(experiment, knobs)
        self.knobs.setVisible(self._can_turn and self._document.selected == "training")

    def _lay_out(self) -> None:
        for label, role in ((self.head, "section"), (self.count, "muted"), (self._summary, "caption")):
            label.setProperty("role", role)
            label.setTextFormat(Qt.TextFormat.PlainText)
        self.problems.setProperty("role", "warning")
        self.problems.setTextFormat(Qt.TextFormat.PlainText)
        self._summary.setWordWrap(True)
        self.problems.setWordWrap(True)
        top = QHBoxLayout()
        top.addWidget(self.head, 1)
        top.addWidget(self.count)
        inside = QWidget(self)
        inside.setProperty("role", "pane")
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.GRID)
        self._column.addLayout(top)
        for widget in (self._summary, self.problems, self.task, self.knobs):
            self._column.addWidget(widget)
        self._column.addStretch(1)
        inside.setLayout(self._column)
        scroll = QScrollArea(self)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(inside)
        outside = QVBoxLayout(self)
        outside.setContentsMargins(0, 0, 0, 0)
        outside.addWidget(scroll)

    def _refresh(self) -> None:
        place = self._document.selected
        part = self._document.part(place)
        if type(part) is not self._model:
            self._rebuild(type(part))
        elif place != self._place and self._sheet is not None:
            for path in self._sheet.refused:
                self._settle(path)
        self._place = place
        self._say(place, part)
        self.task.setVisible(place == "input")
        self.knobs.setVisible(self._can_turn and place == "training")
        if self._sheet is not None:
            self._sheet.offer(self._options(place))
            self._sheet.show_part(part)

    def _rebuild(self, model: type[Settings]) -> None:
        if self._sheet is not None:
            self._column.removeWidget(self._sheet)
            self._sheet.hide()
            self._sheet.deleteLater()
        self._model = model
        self._sheet = Sheet(entries(model), self._options(self._document.selected), self)
        self._sheet.edited.connect(self._edit)
        self._column.insertWidget(self._column.count() - 1, self._sheet)
        rows = [row for row in self._sheet.rows if row.entry.name != "id"] or self._sheet.rows
        self.setFocusProxy(rows[0].field if rows else self.task.combo)

    def _say(self, place: str, part: Settings) -> None:
        experiment = self._document.experiment
        self.head.setText(HEADS.get(place, place))
        if place == "training":
            count = sum(map(experiment.flow.parameters, experiment.flow.weights))
        else:
            count = experiment.flow.parameters(place)
        shape = str(experiment.flow.shapes["input"])
        self.count.setText(shape if place == "input" else f"{count:,} parameters")
        summary = part.summary if isinstance(part, Layer | Task) else SUMMARIES[place]
        self._summary.setText(f"{part.label}. {summary}" if isinstance(part, Layer) else summary)
        self._summary.setToolTip(part.formula if isinstance(part, Layer) else "")
        wrong = [
            problem.message
            for problem in experiment.problems
            if problem.place == place or (problem.place is None and problem.path.startswith(f"{place}."))
        ]
        self.problems.setText("\n".join(message[:1].upper() + message[1:] for message in wrong))
        self.problems.setVisible(bool(wrong))

    def _options(self, place: str) -> Options:
        """A source can be anything that stands before."""
        ids = [layer.id for layer in self._document.experiment.network.layers]
        return {"from": ["input", *ids[: ids.index(place)]]} if place in ids else {}

    def _edit(self, path: str, value: Any, burst: str) -> None:
        """Tries it together with what was refused before: two fields may fit only both at once."""
        if self._sheet is None:
            return
        place = self._document.selected
        waiting = {
            other: kept
            for other, kept in self._sheet.refused.items()
            if other != path and not other.startswith(f"{path}.")
        }
        together = waiting | {path: value}
        problems = self._document.change(place, together, burst)
        if problems and waiting:
            together = {path: value}
            problems = self._document.change(place, together, burst)
        if not problems:
            for done in together:
                self._settle(done)
            return
        row = self._sheet.row(path)
        if row is not None:
            row.refuse(value, " ".join(dict.fromkeys(problem.message for problem in problems)))

    def _settle(self, path: str) -> None:
        row = self._sheet.row(path) if self._sheet is not None else None
        if row is not None:
            row.settle()
