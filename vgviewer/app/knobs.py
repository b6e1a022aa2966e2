"""The knobs that can be turned while a network trains."""

import math
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QValidator, QWheelEvent
from PySide6.QtWidgets import QDoubleSpinBox, QFrame, QGridLayout, QLabel, QSizePolicy, QSlider, QWidget

from vgviewer.app import theme
from vgviewer.app.editor.forms import Entry, entries
from vgviewer.app.editor.sheet import LABEL_WIDTH, explain
from vgviewer.app.numerals import number_text, read_number, short
from vgviewer.experiment import Experiment
from vgviewer.experiment.knobs import KNOBS, Knobs, acting_on, idle
from vgviewer.frames import Knob

DIGITS = 15  # after the point; Qt rounds a value to so many
WIDEST = 1e300
OFF = "off"
STEPS_PER_DECADE = 10
LINEAR_STEP = 0.05
LOGARITHMIC: tuple[Knob, ...] = ("lr", "clip")
FINE = 20  # positions of the gain's slider for a factor of 2
POSITIONS: dict[Knob, tuple[int, int]] = {"recurrent_gain": (-2 * FINE, 2 * FINE), "dropout": (0, 95)}
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
        self._hint = entry.hint
        explain(self, entry)
        self.valueChanged.connect(self.wanted)

    def show_value(self, value: float | None, reason: str) -> None:
        """None: off; with a `reason` there is nothing to act on, and the field says so."""
        is_typed = self.text() != self.textFromValue(self.value())
        word = reason or (OFF if self.knob == "clip" else "")
        is_new = (word, value or 0.0) != (self._word, self.value())
        if self.hasFocus() and (is_typed or not is_new):
            return  # a person is typing, or has marked what is to be typed over
        self.blockSignals(True)
        self._word = word
        self.setValue(value or 0.0)
        self.lineEdit().setText(self.textFromValue(self.value()))
        self.blockSignals(False)
        self.setEnabled(not reason)
        self.setAccessibleDescription(f"Nothing to act on: {reason}" if reason else self._hint)

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
        self._grid = grid
        theme.changed.connect(self._make_room)
        self._make_room()
        grid.setColumnStretch(1, 1)
        head = QLabel("While it trains, from the next step on:", self)
        head.setProperty("role", "muted")
        grid.addWidget(head, 0, 0, 1, 2)
        for row, knob in enumerate(KNOBS, 1):
            label, edit = QLabel(titles[knob].title, self), KnobEdit(knob, titles[knob], self)
            label.setProperty("role", "muted")
            label.setBuddy(edit)
            explain(label, titles[knob])
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

    def _make_room(self) -> None:
        self._grid.setColumnMinimumWidth(0, theme.px(LABEL_WIDTH))

    def _want(self, value: float) -> None:
        sender = self.sender()
        if isinstance(sender, KnobEdit):
            self.wanted.emit(sender.knob, value)


class KnobSlider(QWidget):
    """The one knob that acts on the selected layer: the gain on W_hh, or the share that dropout sets to 0.

    The gain's slider is logarithmic, from a quarter to four times, with 1 in its middle; a knob that stands outside is
    shown in figures, and the training's panel takes any value.
    """

    wanted = Signal(str, float)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._knob: Knob | None = None
        self._place = ""
        self._entries = {entry.name: entry for entry in entries(Knobs)}
        self._name, self._number = QLabel(self), QLabel(self)
        self._name.setProperty("role", "muted")
        self.slider = QSlider(Qt.Orientation.Horizontal, self)
        self.slider.setPageStep(10)
        self._explain("recurrent_gain")
        self.slider.valueChanged.connect(self._want)
        line = QFrame(self)
        line.setProperty("role", "hairline")
        line.setFixedHeight(1)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(theme.GRID)
        grid.addWidget(self._name, 0, 0)
        grid.addWidget(self._number, 0, 1, Qt.AlignmentFlag.AlignRight)
        grid.addWidget(self.slider, 1, 0, 1, 2)
        grid.addWidget(line, 2, 0, 1, 2)
        self.hide()

    def acts_on(self, place: str) -> bool:
        """Whether there is a knob for what is selected in the run that is shown."""
        return self._knob is not None and place == self._place

    def show_knob(self, place: str, experiment: Experiment, values: Knobs) -> None:
        """The knob that acts on a layer of the run of this experiment, as it stands."""
        self._place = place
        self._knob = acting_on(experiment, place)
        value = None if self._knob is None else getattr(values, self._knob)
        if self._knob is None or value is None:
            self._knob = None
            return
        low, high = POSITIONS[self._knob]
        self._explain(self._knob)
        self._say(value)
        if not self.slider.isSliderDown():
            self.slider.blockSignals(True)
            self.slider.setRange(low, high)
            self.slider.setValue(_position(self._knob, value))
            self.slider.blockSignals(False)

    def _explain(self, knob: Knob) -> None:
        entry = self._entries[knob]
        self._name.setText(f"{entry.title}, live")
        self.slider.setAccessibleName(self._name.text())
        for part in (self._name, self.slider):
            explain(part, entry)

    def _want(self, position: int) -> None:
        if self._knob is not None:
            value = _value(self._knob, position)
            self._say(value)
            self.wanted.emit(self._knob, value)

    def _say(self, value: float) -> None:
        self._number.setText(short(value))
        self.slider.setAccessibleDescription(short(value))


def _position(knob: Knob, value: float) -> int:
    low, high = POSITIONS[knob]
    exact = FINE * math.log2(value) if knob == "recurrent_gain" else 100 * value
    return round(min(max(exact, low), high))


def _value(knob: Knob, position: int) -> float:
    return float(f"{2 ** (position / FINE):.3g}") if knob == "recurrent_gain" else position / 100
