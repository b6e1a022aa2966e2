"""The knobs that can be turned while a network trains."""

import math
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QValidator, QWheelEvent
from PySide6.QtWidgets import QDoubleSpinBox, QFrame, QGridLayout, QLabel, QSizePolicy, QWidget

from vgviewer.app import theme
from vgviewer.app.editor.forms import Entry, entries, number_text, read_number
from vgviewer.app.editor.sheet import LABEL_WIDTH
from vgviewer.experiment import Experiment
from vgviewer.experiment.knobs import KNOBS, Knobs, idle
from vgviewer.frames import Knob

DIGITS = 15  # after the point; Qt rounds a value to so many
WIDEST = 1e300
OFF = "off"
STEPS_PER_DECADE = 10
LINEAR_STEP = 0.05
LOGARITHMIC: tuple[Knob, ...] = ("lr", "clip")
FIRST_STEPS: dict[Knob, float] = {"lr": 1e-3, "clip": 1.0}  # up from 0, which has no logarithm


class KnobEdit(QDoubleSpinBox):
    """Learning rate and threshold step by tenths of a decade; 0 stands for a knob that is off or has nothing to do."""

    wanted = Signal(float)

    def __init__(self, knob: Knob, entry: Entry, parent: QWidget) -> None:
        super().__init__(parent)
        self.knob: Knob = knob
        self._word = ""  # instead of 0
        self.setDecimals(DIGITS)
        self.setRange(-WIDEST, WIDEST)  # what is out of its limits is refused in words, not made to fit
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setSingleStep(LINEAR_STEP)
        self.setKeyboardTracking(False)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(entry.title)
        self.setToolTip(entry.hint)
        self.setWhatsThis(entry.hint)
        self.valueChanged.connect(self.wanted)

    def show_value(self, value: float | None, reason: str) -> None:
        """None: off; with a `reason` there is nothing to act on, and the field says so."""
        if self.hasFocus() and self.text() != self.textFromValue(self.value()):
            return  # a person is typing
        self.blockSignals(True)
        self._word = reason or (OFF if self.knob == "clip" else "")
        self.setValue(value or 0.0)
        self.lineEdit().setText(self.textFromValue(self.value()))
        self.blockSignals(False)
        self.setEnabled(not reason)
        self.setAccessibleDescription(f"Nothing to act on: {reason}" if reason else self.toolTip())

    def stepBy(self, steps: int) -> None:
        self.interpretText()
        value = self.value()
        if self.knob not in LOGARITHMIC:
            super().stepBy(steps)
        elif value > 0:
            tenths = round(STEPS_PER_DECADE * math.log10(value)) + steps
            self.setValue(float(f"{10 ** (tenths / STEPS_PER_DECADE):.2g}"))
        elif steps > 0:
            self.setValue(FIRST_STEPS[self.knob])

    def validate(self, text: str, position: int) -> tuple[QValidator.State, str, int]:
        is_number = text == self._word or isinstance(read_number(text, whole=False), float)
        state = QValidator.State.Acceptable if is_number else QValidator.State.Intermediate
        return state, text, position

    def valueFromText(self, text: str) -> float:
        if self._word and text == self._word:
            return 0.0
        number: Any = read_number(text, whole=False)
        return number if isinstance(number, float) and math.isfinite(number) else self.value()

    def textFromValue(self, value: float) -> str:
        return self._word if value == 0 and self._word else number_text(value)

    def wheelEvent(self, event: QWheelEvent) -> None:
        super().wheelEvent(event) if self.hasFocus() else event.ignore()


class KnobPanel(QWidget):
    """A wish goes to the run at once; what the document says stays as it is."""

    wanted = Signal(str, float)  # the knob, its value

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        titles = {entry.name: entry for entry in entries(Knobs)}
        self.edits: dict[Knob, KnobEdit] = {}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, theme.GRID)
        grid.setSpacing(theme.GRID)
        grid.setColumnMinimumWidth(0, LABEL_WIDTH)
        grid.setColumnStretch(1, 1)
        head = QLabel("While it trains, from the next step on:", self)
        head.setProperty("role", "muted")
        grid.addWidget(head, 0, 0, 1, 2)
        for row, knob in enumerate(KNOBS, 1):
            label, edit = QLabel(titles[knob].title, self), KnobEdit(knob, titles[knob], self)
            label.setProperty("role", "muted")
            label.setBuddy(edit)
            label.setToolTip(edit.toolTip())
            edit.wanted.connect(self._want)
            grid.addWidget(label, row, 0)
            grid.addWidget(edit, row, 1)
            self.edits[knob] = edit
        line = QFrame(self)
        line.setProperty("role", "hairline")
        line.setFixedHeight(1)
        grid.addWidget(line, len(KNOBS) + 1, 0, 1, 2)

    def show_knobs(self, experiment: Experiment, values: Knobs) -> None:
        """As they stand in the run of this experiment."""
        for knob, edit in self.edits.items():
            edit.show_value(getattr(values, knob), idle(experiment, knob))

    def _want(self, value: float) -> None:
        sender = self.sender()
        if isinstance(sender, KnobEdit):
            self.wanted.emit(sender.knob, value)
