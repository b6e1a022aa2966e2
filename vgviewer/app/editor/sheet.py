"""Rows of label and editor, made from entries; a refused value stays in its row with the reason beneath."""

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any, cast

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from vgviewer.app import theme
from vgviewer.app.editor.changes import value_of
from vgviewer.app.editor.fields import ChoiceEdit, Editor, FileEdit, ListEdit, editor
from vgviewer.app.editor.forms import Entry, Form, within
from vgviewer.settings import Settings

LABEL_WIDTH = 104
Options = Mapping[str, Sequence[str]]  # the choices of a text field, by the field's name


class Row(QObject):
    """A field: its label, its editor, room for a reason, and below what its form asks for in turn."""

    edited = Signal(str, object, str)

    def __init__(self, entry: Entry, options: Options, parent: "Sheet") -> None:
        super().__init__(parent)
        self.entry = entry
        self._options = options
        self._value: Any = None
        self._refused: Any = None
        self._is_refused = False
        self._form: Form | None = None
        self.inner: Sheet | None = None
        self.field = self._make_field(parent)
        self.label = QLabel(entry.title, parent)
        self.reason = QLabel(parent)
        self._place = QVBoxLayout()
        self._lay_out()
        cast(Editor, self.field).edited.connect(self._wish)

    def show_value(self, value: Any) -> None:
        """The document's value; a refused one stays as long as the document's is the same."""
        if self._is_refused and value == self._value:
            return
        self._value = value
        self.settle()

    def settle(self) -> None:
        """Back to the document's value, and to no complaint."""
        self._complain("")
        if len(self.entry.forms) == 1:
            cast(Editor, self.field).show_value(self._value)
            return
        form = next(form for form in self.entry.forms if form.takes(self._value))
        cast(Editor, self.field).show_value(str(self.entry.forms.index(form)))
        self._unfold(form)
        if self.inner is not None:
            self.inner.show_part(self._value)

    def refuse(self, value: Any, reason: str) -> None:
        """Leaves what the person entered in the field, and says why it was not taken."""
        self._refused = value
        self._complain(reason)

    def offer(self, options: Options) -> None:
        """The choices as the network has them now."""
        self._options = options
        if isinstance(self.field, ChoiceEdit) and self.entry.name in options:
            self.field.offer(options[self.entry.name])

    @property
    def refused(self) -> dict[str, Any]:
        """What is refused here and below, by path."""
        own = {self.entry.path: self._refused} if self._is_refused else {}
        return own | (self.inner.refused if self.inner is not None else {})

    def _make_field(self, parent: QWidget) -> QWidget:
        forms = self.entry.forms
        if len(forms) == 1:
            field = editor(forms[0], self._options.get(self.entry.name), parent)
        else:
            field = ChoiceEdit([], False, parent)
            for index, form in enumerate(forms):
                field.addItem(form.label, str(index))
                field.setItemData(index, form.help, Qt.ItemDataRole.ToolTipRole)
        field.setAccessibleName(self.entry.title)
        field.setAccessibleDescription(self.entry.hint)
        field.setToolTip(f"<p>{escape(self.entry.hint or self.entry.title)}</p>")
        field.setWhatsThis(f"<p>{escape(self.entry.hint)}</p><p>In the file: {escape(self.entry.path)}</p>")
        return field

    def _lay_out(self) -> None:
        self.label.setProperty("role", "muted")
        self.label.setTextFormat(Qt.TextFormat.PlainText)
        self.label.setFixedWidth(LABEL_WIDTH)
        self.label.setBuddy(self.field)
        self.label.setToolTip(self.field.toolTip())
        self.reason.setProperty("role", "error")
        self.reason.setTextFormat(Qt.TextFormat.PlainText)
        self.reason.setFont(theme.font(theme.CAPTION))
        self.reason.setWordWrap(True)
        self.reason.hide()
        line = QHBoxLayout()
        line.setSpacing(theme.GRID)
        line.addWidget(self.label)
        if isinstance(self.field, ListEdit):
            line.setAlignment(self.label, Qt.AlignmentFlag.AlignTop)
        line.addWidget(self.field, 1)
        if isinstance(self.field, FileEdit):
            line.addWidget(self.field.button)
        self._place.setSpacing(theme.GRID // 2)
        self._place.addLayout(line)
        self._place.addWidget(self.reason)

    @property
    def layout(self) -> QVBoxLayout:
        """What the sheet stacks."""
        return self._place

    def _unfold(self, form: Form) -> None:
        if form == self._form:
            return
        self._form = form
        if self.inner is not None:
            self._place.removeWidget(self.inner)
            self.inner.hide()
            self.inner.deleteLater()
            self.inner = None
        asked = within(self.entry, form)
        if asked:
            parent = cast(QWidget, self.parent())
            self.inner = Sheet(asked, self._options, parent, is_inner=True)
            self.inner.edited.connect(self.edited)
            self._place.addWidget(self.inner)

    def _wish(self, value: Any, burst: str) -> None:
        if len(self.entry.forms) > 1:
            value = self.entry.forms[int(value)].start
        self.edited.emit(self.entry.path, value, burst and f"{self.entry.path} {burst}")

    def _complain(self, reason: str) -> None:
        self._is_refused = bool(reason)
        self.reason.setText(reason[:1].upper() + reason[1:])
        self.reason.setVisible(bool(reason))
        if self.field.property("invalid") != bool(reason):
            self.field.setProperty("invalid", bool(reason))
            theme.polish(self.field)
        self.field.setAccessibleDescription(reason or self.entry.hint)


class Sheet(QWidget):
    """All rows of one description; an inner one is set in by a hairline."""

    edited = Signal(str, object, str)  # path, value as in the file, key of a drag or burst

    def __init__(
        self, asked: Sequence[Entry], options: Options, parent: QWidget, is_inner: bool = False
    ) -> None:
        super().__init__(parent)
        self.rows = [Row(entry, options, self) for entry in asked]
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.GRID * 3 // 2 if is_inner else 0, 0, 0, 0)
        column.setSpacing(theme.GRID)
        for row in self.rows:
            column.addLayout(row.layout)
            row.edited.connect(self.edited)

    def show_part(self, part: Any) -> None:
        """The values of a part, or the one value that is asked for."""
        for row in self.rows:
            row.show_value(value_of(part, row.entry.name) if isinstance(part, Settings) else part)

    def offer(self, options: Options) -> None:
        """The choices that depend on the network."""
        for row in self.rows:
            row.offer(options)

    def row(self, path: str) -> Row | None:
        """The innermost row of that path."""
        for row in self.rows:
            found = row.inner.row(path) if row.inner is not None else None
            if found is not None or row.entry.path == path:
                return found or row
        return None

    @property
    def refused(self) -> dict[str, Any]:
        """Every value that stands in a field and not in the document, by path."""
        return {path: value for row in self.rows for path, value in row.refused.items()}
