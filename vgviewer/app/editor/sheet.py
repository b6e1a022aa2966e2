"""Rows of label and editor, made from entries; a refused value stays in its row with the reason beneath."""

from collections.abc import Mapping, Sequence
from typing import Any, cast

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QBoxLayout,
    QLabel,
    QLineEdit,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from vgviewer.app import theme
from vgviewer.app.editor.changes import value_of
from vgviewer.app.editor.drawn import Drawing
from vgviewer.app.editor.explained import tooltip, whats_this
from vgviewer.app.editor.fields import ChoiceEdit, Editor, FileEdit, ListEdit, editor
from vgviewer.app.editor.forms import Entry, Form, within
from vgviewer.app.editor.preview import Preview
from vgviewer.app.numerals import localized, meanings
from vgviewer.settings import Settings

LABEL_WIDTH = 104  # px
LEAST_FIELD = 72  # px
INSET = 12  # px of what belongs to the field above
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
        self.preview: Preview | None = None
        self.field = self._make_field(parent)
        self.label = QLabel(entry.title, parent)
        self.reason = QLabel(parent)
        self._place, self._line = QVBoxLayout(), QBoxLayout(QBoxLayout.Direction.LeftToRight)
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
        doubt = meanings(value) if isinstance(value, str) and self._takes_numbers else ""
        self._complain(f"{reason}. {doubt}" if doubt else reason)

    def offer(self, options: Options) -> None:
        """The choices as the network has them now."""
        self._options = options
        if isinstance(self.field, ChoiceEdit) and self.entry.name in options:
            self.field.offer(options[self.entry.name])

    def stack(self, is_narrow: bool) -> None:
        """Puts the label above the field where there is no room beside it."""
        side = QBoxLayout.Direction.TopToBottom if is_narrow else QBoxLayout.Direction.LeftToRight
        self._line.setDirection(side)
        self._line.setSpacing(theme.GRID // 4 if is_narrow else theme.GRID)
        is_high = isinstance(self.field, ListEdit) and not is_narrow
        self._line.setAlignment(self.label, Qt.AlignmentFlag.AlignTop if is_high else Qt.AlignmentFlag(0))
        if self.inner is not None:
            self.inner.stack(is_narrow)

    def show_drawing(self, drawing: Drawing | None) -> None:
        """What the initializer draws, below its settings; None where the layer does not fit."""
        if drawing is not None and self.preview is None:
            self.preview = Preview(cast(QWidget, self.parent()))
            self._place.addWidget(self.preview)
        if self.preview is not None:
            self.preview.setVisible(drawing is not None)
            if drawing is not None:
                self.preview.show_drawing(drawing)

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
                field.addItem(localized(form.label), str(index))
                field.setItemData(index, form.help, Qt.ItemDataRole.ToolTipRole)
        field.setAccessibleName(self.entry.title)
        field.setAccessibleDescription(self.entry.hint)
        explain(field, self.entry)
        return field

    def _lay_out(self) -> None:
        self.label.setProperty("role", "muted")
        self.label.setTextFormat(Qt.TextFormat.PlainText)
        inset = INSET if cast("Sheet", self.parent()).is_inner else 0  # fields stand in one column
        theme.grow(self.label.setFixedWidth, LABEL_WIDTH - inset)
        self.label.setWordWrap(True)
        self.label.setBuddy(self.field)
        explain(self.label, self.entry)
        self.reason.setProperty("role", "error")
        self.reason.setTextFormat(Qt.TextFormat.PlainText)
        self.reason.setWordWrap(True)
        self.reason.hide()
        line = self._line
        line.setSpacing(theme.GRID)
        line.addWidget(self.label)
        if isinstance(
            self.field, QLineEdit | QAbstractSpinBox
        ):  # these ask for room for the longest number there is
            self.field.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
            theme.grow(self.field.setMinimumWidth, LEAST_FIELD)
        line.addWidget(self.field, 1)
        if isinstance(self.field, FileEdit):
            line.addWidget(self.field.button)
            explain(self.field.button, self.entry)
        if self._unit:
            unit = QLabel(self._unit, cast(QWidget, self.parent()))
            unit.setProperty("role", "caption")
            unit.setAccessibleName(f"Unit: {self._unit}")
            line.addWidget(unit)
        self._place.setSpacing(theme.GRID // 2)
        self._place.addLayout(line)
        self._place.addWidget(self.reason)

    @property
    def _takes_numbers(self) -> bool:
        return any(form.sort in ("whole", "number") for form in self.entry.forms)

    @property
    def _unit(self) -> str:
        """What stands behind the field: not where the label says it already."""
        unit = self.entry.note.unit
        is_said = self.entry.title.lower() == unit or len(self.entry.forms) > 1
        return "" if is_said else unit

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
            self.inner.stack(cast(Sheet, parent).is_narrow)
            self._place.insertWidget(2, self.inner)  # below the line and its reason, above the preview

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
        self._is_narrow = False
        self.is_inner = is_inner
        self.rows = [Row(entry, options, self) for entry in asked]
        column = QVBoxLayout(self)
        theme.grow(column.setContentsMargins, INSET if is_inner else 0, 0, 0, 0)
        column.setSpacing(theme.GRID)
        for row in self.rows:
            column.addLayout(row.layout)
            row.edited.connect(self.edited)
        self.stack(False)

    def show_part(self, part: Any) -> None:
        """The values of a part, or the one value that is asked for."""
        for row in self.rows:
            row.show_value(value_of(part, row.entry.name) if isinstance(part, Settings) else part)

    def offer(self, options: Options) -> None:
        """The choices that depend on the network."""
        for row in self.rows:
            row.offer(options)

    def stack(self, is_narrow: bool) -> None:
        """Labels above their fields, or beside them."""
        self._is_narrow = is_narrow
        for row in self.rows:
            row.stack(is_narrow)

    def show_drawings(self, drawings: Mapping[str, Drawing]) -> None:
        """What the initializers draw, by the name of their field."""
        for row in self.rows:
            row.show_drawing(drawings.get(row.entry.name))

    def row(self, path: str) -> Row | None:
        """The innermost row of that path."""
        for row in self.rows:
            found = row.inner.row(path) if row.inner is not None else None
            if found is not None or row.entry.path == path:
                return found or row
        return None

    @property
    def is_narrow(self) -> bool:
        """Whether labels stand above their fields."""
        return self._is_narrow

    @property
    def refused(self) -> dict[str, Any]:
        """Every value that stands in a field and not in the document, by path."""
        return {path: value for row in self.rows for path, value in row.refused.items()}


def explain(widget: QWidget, entry: Entry) -> None:
    """A tooltip, and what is said when somebody asks."""
    widget.setToolTip(tooltip(entry))
    widget.setWhatsThis(whats_this(entry))
