"""The inspector: the settings of what is selected, one editor for each field of its description."""

from typing import Any

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QResizeEvent, QWhatsThisClickedEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from vgviewer.app import theme
from vgviewer.app.document import Document
from vgviewer.app.editor.drawn import drawings
from vgviewer.app.editor.explained import TERM
from vgviewer.app.editor.fields import LineEdit, ListEdit, WholeEdit
from vgviewer.app.editor.forms import entries
from vgviewer.app.editor.sheet import Options, Sheet
from vgviewer.app.editor.tasks import TaskChoice
from vgviewer.app.fade import Fade
from vgviewer.app.knobs import KnobEdit, KnobPanel, KnobSlider
from vgviewer.app.numerals import counted_parameters
from vgviewer.experiment import Experiment
from vgviewer.experiment.knobs import Knobs
from vgviewer.network import Layer
from vgviewer.settings import Settings
from vgviewer.tasks import Task

LEAST_WIDTH = 176  # px
NARROW = 248  # px: below it a label stands above its field
HEADS = {"input": "Task", "output": "Output", "training": "Training", "alert thresholds": "Alert thresholds"}
SUMMARIES = {
    "output": "A dense layer that gives the network's answer; its units come from the task.",
    "training": "How the weights are changed, and for how long.",
    "alert thresholds": "What is said, and from which size on. Off holds at once, a threshold from the next run on.",
}


class Inspector(QWidget):
    """An edit is one undo step. It does not touch a run under way: the next one is made from it."""

    asked = Signal(str)  # a term of the glossary

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
        self.slider = KnobSlider(self)
        self._run: tuple[Experiment, Knobs] | None = None
        self._column = QVBoxLayout()
        self._lay_out()
        theme.grow(self.setMinimumWidth, LEAST_WIDTH)
        document.changed.connect(self._refresh)
        document.selection_changed.connect(self._refresh)
        theme.changed.connect(self._fit)
        self._refresh()

    @property
    def sheet(self) -> Sheet | None:
        """The editors that are shown."""
        return self._sheet

    def show_knobs(self, experiment: Experiment | None, knobs: Knobs | None) -> None:
        """What can be turned in the run of that experiment, among the training's settings; None while none trains."""
        self._run = None if experiment is None or knobs is None else (experiment, knobs)
        self._show_knobs()

    def finish(self) -> None:
        """Sends what stands in a field and was not sent: a command, or the end, comes while somebody is still there."""
        field = QApplication.focusWidget()
        if isinstance(field, WholeEdit | LineEdit | ListEdit):
            field.finish()
        elif isinstance(field, KnobEdit):
            field.interpretText()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def event(self, event: QEvent) -> bool:
        """A link in what was said of a field leads to the glossary."""
        if isinstance(event, QWhatsThisClickedEvent):
            self.asked.emit(event.href().removeprefix(TERM))
            return True
        return super().event(event)

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
        theme.grow(self._column.setContentsMargins, 0, 0, theme.GRID, 0)
        self._column.setSpacing(theme.GRID)
        self._column.addLayout(top)
        for widget in (self._summary, self.problems, self.slider, self.task, self.knobs):
            self._column.addWidget(widget)
        self._column.addStretch(1)
        inside.setLayout(self._column)
        scroll = QScrollArea(self)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(inside)
        Fade(scroll)
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
        self._show_knobs()
        if self._sheet is not None:
            self._sheet.offer(self._options(place))
            self._sheet.show_part(part)
            self._sheet.show_drawings(drawings(part, self._document.experiment.flow.weights.get(place, {})))

    def _show_knobs(self) -> None:
        """All of them with the training; with a layer the one that acts on it."""
        place = self._document.selected
        if self._run is not None:
            self.knobs.show_knobs(*self._run)
            self.slider.show_knob(place, *self._run)
        self.knobs.setVisible(self._run is not None and place == "training")
        self.slider.setVisible(self._run is not None and self.slider.acts_on(place))

    def _rebuild(self, model: type[Settings]) -> None:
        if self._sheet is not None:
            self._sheet.edited.disconnect(
                self._edit
            )  # a field left half-written by hiding it belongs elsewhere
            self._column.removeWidget(self._sheet)
            self._sheet.hide()
            self._sheet.deleteLater()
        self._model = model
        self._sheet = Sheet(entries(model), self._options(self._document.selected), self)
        self._sheet.edited.connect(self._edit)
        self._fit()
        self._column.insertWidget(self._column.count() - 1, self._sheet)
        rows = [row for row in self._sheet.rows if row.entry.name != "id"] or self._sheet.rows
        is_task = self._document.selected == "input"
        self.setFocusProxy(rows[0].field if rows and not is_task else self.task.combo)

    def _fit(self) -> None:
        is_narrow = self.width() < theme.px(NARROW)
        if self._sheet is not None and self._sheet.is_narrow != is_narrow:
            self._sheet.stack(is_narrow)

    def _say(self, place: str, part: Settings) -> None:
        experiment = self._document.experiment
        self.head.setText(HEADS.get(place, place))
        self.count.setText(self._counted(place))
        summary = part.summary if isinstance(part, Layer | Task) else SUMMARIES[place]
        self._summary.setText(
            self._chosen(place) + (f"{part.label}. {summary}" if isinstance(part, Layer) else summary)
        )
        self._summary.setToolTip(f"{part.formula}\n{part.shape_rule}" if isinstance(part, Layer) else "")
        wrong = [
            problem.message
            for problem in experiment.problems
            if problem.place == place or (problem.place is None and problem.path.startswith(f"{place}."))
        ]
        self.problems.setText("\n".join(message[:1].upper() + message[1:] for message in wrong))
        self.problems.setVisible(bool(wrong))

    def _chosen(self, place: str) -> str:
        """Where a change goes to, if several layers are chosen."""
        chosen, alike = len(self._document.marked), len(self._document.alike(place))
        if chosen < 2:
            return ""
        if alike < 2:
            return f"{chosen} layers are chosen; what follows is {place}'s alone.\n"
        whose = "all of them" if alike == chosen else f"the {alike} of the same kind"
        return f"{chosen} layers are chosen; a change goes to {whose}. What is shown is {place}'s.\n"

    def _counted(self, place: str) -> str:
        """How much there is of it: the input's shape, alerts that are off, or parameters."""
        experiment = self._document.experiment
        if place == "input":
            return str(experiment.flow.shapes["input"])
        if place == "alert thresholds":
            off = sum(said == "off" for said in experiment.alerts.values())
            return f"{off} off" if off else ""
        places = experiment.flow.weights if place == "training" else (place,)
        return counted_parameters(sum(map(experiment.flow.parameters, places)))

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
