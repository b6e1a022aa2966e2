"""One choice: its name, its editor, what it means, and the way back to its default."""

from typing import Any, cast

from pydantic import ValidationError
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QLabel, QToolButton, QWidget

from vgviewer.app import theme
from vgviewer.app.choices import Choices
from vgviewer.app.editor.fields import Editor, editor
from vgviewer.app.editor.forms import Entry
from vgviewer.app.icons import icon
from vgviewer.app.preferences import Preferences
from vgviewer.experiment.problems import sentences

LABEL, EDITOR = 160, 200  # px


class ChoiceRow(QWidget):
    """Shows what is chosen and chooses at once; a value that is refused stays in its field with the reason."""

    refused = Signal(str)

    def __init__(self, entry: Entry, preferences: Preferences, parent: QWidget) -> None:
        super().__init__(parent)
        self._preferences = preferences
        self.entry = entry
        self.name = entry.name
        self.label = QLabel(entry.title, self)
        self.field = editor(entry.forms[0], None, self)
        self.back = QToolButton(self)
        self.reason = QLabel(self)
        self._name_everything()
        self._lay_out()
        cast(Editor, self.field).edited.connect(self._choose)
        self.back.clicked.connect(self._reset)
        preferences.changed.connect(self._follow)
        self.show_value()

    def show_value(self) -> None:
        """What is chosen now, and no complaint."""
        value = getattr(self._preferences.choices, self.name)
        cast(Editor, self.field).show_value(value)
        is_default = value == Choices.model_fields[self.name].default
        self.back.setEnabled(not is_default)
        self._complain("")

    def fits(self, wanted: str) -> bool:
        """Whether all the words stand somewhere in what is said here."""
        said = " ".join((self.entry.title, self.entry.hint, *self.entry.forms[0].choices)).casefold()
        return all(word in said for word in wanted.casefold().split())

    def _name_everything(self) -> None:
        for widget, name in ((self.field, self.entry.title), (self.back, f"Default of {self.entry.title}")):
            widget.setAccessibleName(name)
        self.field.setAccessibleDescription(self.entry.hint)
        self.field.setToolTip(self.entry.hint)
        self.field.setWhatsThis(self.entry.hint)
        self.back.setIcon(icon("rotate-ccw"))
        self.back.setToolTip(f"Back to the default: {_spoken(Choices.model_fields[self.name].default)}")
        self.back.setWhatsThis(self.back.toolTip())
        self.label.setBuddy(self.field)
        if isinstance(self.field, QComboBox):
            for index in range(self.field.count()):
                self.field.setItemText(index, _spoken(self.field.itemData(index)))

    def _lay_out(self) -> None:
        meaning = QLabel(self.entry.hint, self)
        for label, role in ((meaning, "caption"), (self.reason, "error")):
            label.setProperty("role", role)
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        theme.grow(grid.setHorizontalSpacing, theme.GRID)
        theme.grow(grid.setVerticalSpacing, theme.GRID // 2)
        theme.grow(self.label.setMinimumWidth, LABEL)
        theme.grow(self.field.setMinimumWidth, EDITOR)
        theme.grow(self.back.setIconSize, 16)
        grid.addWidget(self.label, 0, 0)
        grid.addWidget(self.field, 0, 1, Qt.AlignmentFlag.AlignLeft)
        grid.addWidget(self.back, 0, 2)
        grid.addWidget(meaning, 1, 0, 1, 3)
        grid.addWidget(self.reason, 2, 0, 1, 3)
        grid.setColumnStretch(1, 1)

    def _choose(self, value: Any, burst: str) -> None:
        del burst
        try:
            self._preferences.choose(**{self.name: value})
        except ValidationError as error:
            problems = sentences(error, Choices, {self.name: value})
            self._complain(" ".join(problem.message for problem in problems))
        else:
            self.show_value()

    def _reset(self) -> None:
        self._preferences.reset(self.name)
        self.show_value()

    def _follow(self, name: str) -> None:
        if name == self.name:
            self.show_value()

    def _complain(self, reason: str) -> None:
        self.reason.setText(reason[:1].upper() + reason[1:])
        self.reason.setVisible(bool(reason))
        if self.field.property("invalid") != bool(reason):
            self.field.setProperty("invalid", bool(reason))
            theme.polish(self.field)


def _spoken(value: Any) -> str:
    if isinstance(value, bool):
        return "on" if value else "off"
    return str(value).replace("_", " ").capitalize()
