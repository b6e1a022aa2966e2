"""One editor for each sort of value. It shows a value and wishes for another; a refused one stays in it."""

import itertools
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Protocol

from PySide6.QtCore import Qt, Signal, SignalInstance
from PySide6.QtGui import QFocusEvent, QKeyEvent, QValidator, QWheelEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QSpinBox,
    QWidget,
)

from vgviewer.app import dialogs
from vgviewer.app.editor.forms import Form, read_list
from vgviewer.app.numerals import number_text, read_number

LARGEST_SPIN = 1_000_000  # beyond it nobody steps by one: a line is edited
QT_INT = 2**31 - 1
LONGEST_TEXT = 200
LONGEST_PATH = 4096  # as systems have it
LIST_HEIGHT = 84  # px, four lines

_bursts = itertools.count()


class Editor(Protocol):
    """`edited` carries the value as in the file, and the key that all steps of a burst share, else ""."""

    edited: SignalInstance

    def show_value(self, value: Any) -> None:
        """Puts the document's value into the field."""


class WholeEdit(QSpinBox):
    """Stepping stays within the limits; what is typed may be anything, so that the refusal can say why."""

    edited = Signal(object, str)

    def __init__(self, form: Form, parent: QWidget) -> None:
        super().__init__(parent)
        self._low, self._high = int(max(form.low, -QT_INT)), int(min(form.high, QT_INT))
        self._shown: Any = None
        self._typed: str | None = None  # what is no whole number, as it was typed
        self._burst = ""
        self.setRange(-QT_INT, QT_INT)
        self.setKeyboardTracking(False)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.editingFinished.connect(self._send)

    def show_value(self, value: Any) -> None:
        self._shown = value
        self._typed = None if isinstance(value, int) else str(value)
        self.lineEdit().setText(str(value))
        if self._typed is None:
            self.setValue(value)

    def validate(self, text: str, position: int) -> tuple[QValidator.State, str, int]:
        return QValidator.State.Acceptable, text, position

    def valueFromText(self, text: str) -> int:
        number = read_number(text, whole=True)
        self._typed = None if isinstance(number, int) and abs(number) <= QT_INT else text
        return number if self._typed is None else self.value()

    def textFromValue(self, value: int) -> str:
        return str(value) if self._typed is None else self._typed

    def stepBy(self, steps: int) -> None:
        self.interpretText()
        self._typed = None
        value = min(max(self.value() + steps, self._low), self._high)
        if value != self.value():
            self._burst = self._burst or f"steps {next(_bursts)}"
            self.setValue(value)
            self._shown = value
            self.edited.emit(value, self._burst)

    def wheelEvent(self, event: QWheelEvent) -> None:
        super().wheelEvent(event) if self.hasFocus() else event.ignore()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._burst = ""

    def finish(self) -> None:
        """Sends what was typed, as leaving the field does."""
        self.interpretText()
        self._send()

    def _send(self) -> None:
        value = self.value() if self._typed is None else read_number(self._typed, whole=True)
        if value != self._shown:
            self._burst, self._shown = "", value
            self.edited.emit(value, "")


class LineEdit(QLineEdit):
    """Text that is sent when it is finished; `sort` says what it is read as."""

    edited = Signal(object, str)

    def __init__(self, form: Form, parent: QWidget) -> None:
        super().__init__(parent)
        self._sort = form.sort
        self._shown = ""
        self.setMaxLength(LONGEST_TEXT)
        self.editingFinished.connect(self.finish)

    def show_value(self, value: Any) -> None:
        self._shown = value if isinstance(value, str) else number_text(value)
        self.setText(self._shown)
        self.setCursorPosition(0)

    def finish(self) -> None:
        """Sends what was typed, as leaving the field does."""
        if self.text() != self._shown:
            self._shown = self.text()
            is_text = self._sort in ("text", "file")
            value = self.text() if is_text else read_number(self.text(), self._sort == "whole")
            self.edited.emit(value, "")


class FileEdit(LineEdit):
    """The path of a file; its end is in sight, and `button` asks for another one."""

    def __init__(self, form: Form, parent: QWidget) -> None:
        super().__init__(form, parent)
        self._endings = form.endings
        self.setMaxLength(LONGEST_PATH)
        self.setPlaceholderText("none yet")
        self.button = QPushButton("Choose…", parent)
        self.button.clicked.connect(self._choose)

    def show_value(self, value: Any) -> None:
        super().show_value("" if value == Path() else str(value))
        self.end(False)

    def _choose(self) -> None:
        path = dialogs.ask_data_path(self.window(), Path(self.text()).parent, self._endings)
        if path is not None:
            self.setText(str(path))
            self.finish()


class FlagEdit(QCheckBox):
    """Yes or no."""

    edited = Signal(object, str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.clicked.connect(self._finish)

    def show_value(self, value: Any) -> None:
        self.setChecked(bool(value))

    def _finish(self) -> None:
        self.edited.emit(self.isChecked(), "")


class ChoiceEdit(QComboBox):
    """One of several words; `are_names` are shown as they are, others with spaces for underscores."""

    edited = Signal(object, str)

    def __init__(self, choices: Sequence[str], are_names: bool, parent: QWidget) -> None:
        super().__init__(parent)
        self._are_names = are_names
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(6)
        self.offer(choices)
        self.activated.connect(self._finish)

    def offer(self, choices: Sequence[str]) -> None:
        """Other words; one that is shown and not among them stays to be seen."""
        if [self.itemData(index) for index in range(self.count())] != list(choices):
            self.clear()
            for choice in choices:
                self.addItem(choice if self._are_names else choice.replace("_", " "), choice)

    def show_value(self, value: Any) -> None:
        index = self.findData(value)
        if index < 0:
            self.addItem(f"{value} (missing)", value)
            index = self.count() - 1
        self.setCurrentIndex(index)

    def wheelEvent(self, event: QWheelEvent) -> None:
        super().wheelEvent(event) if self.hasFocus() else event.ignore()

    def _finish(self, index: int) -> None:
        self.edited.emit(self.itemData(index), "")


class ListEdit(QPlainTextEdit):
    """A nested list as JSON, sent when the field is left or at Ctrl+Enter."""

    edited = Signal(object, str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._shown = ""
        self.setTabChangesFocus(True)
        self.setFixedHeight(LIST_HEIGHT)

    def show_value(self, value: Any) -> None:
        rows = ",\n ".join(json.dumps(row) for row in value)
        self._shown = f"[{rows}]" if isinstance(value[0], list) else json.dumps(value)
        self.setPlainText(self._shown)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.finish()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        has_control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if has_control and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.finish()
        else:
            super().keyPressEvent(event)

    def finish(self) -> None:
        """Sends what was typed, as leaving the field does."""
        if self.toPlainText() != self._shown:
            self._shown = self.toPlainText()
            self.edited.emit(read_list(self._shown), "")


def editor(form: Form, options: Sequence[str] | None, parent: QWidget) -> QWidget:
    """The editor for a value of that form; `options` are the names to choose from where the network tells."""
    if options is not None or form.sort == "choice":
        return ChoiceEdit(form.choices if options is None else options, options is not None, parent)
    if form.sort == "whole" and form.high <= LARGEST_SPIN:
        return WholeEdit(form, parent)
    if form.sort == "flag":
        return FlagEdit(parent)
    if form.sort == "file":
        return FileEdit(form, parent)
    return ListEdit(parent) if form.sort == "list" else LineEdit(form, parent)
