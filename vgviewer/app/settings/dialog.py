"""All preferences on one page: found by typing, honored at once, each with the way back to its default."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from vgviewer.app import dialogs, theme
from vgviewer.app.choices import GROUPS, Choices
from vgviewer.app.editor.forms import entries
from vgviewer.app.preferences import Preferences
from vgviewer.app.report import Report
from vgviewer.app.settings.row import ChoiceRow
from vgviewer.experiment import PresetError, SaveError

SIZE = (560, 640)  # px
KIND, ENDING = "Preferences (*.json)", ".json"
NOTHING = "No preference is called that."
SAFE = "Safe mode: your preferences were not read, and what you choose here is not kept."


class PreferencesDialog(QDialog):
    """Nothing has to be confirmed: what is chosen is seen at once in the window behind."""

    def __init__(self, preferences: Preferences, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Preferences")
        self.setObjectName("preferences")
        self._preferences = preferences
        self.search = QLineEdit(self)
        self.search.setPlaceholderText("Find a preference")
        self.search.setAccessibleName("Find a preference")
        self.search.setToolTip("A few letters of its name or its meaning")
        self.search.setWhatsThis(self.search.toolTip())
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._show)
        described = {entry.name: entry for entry in entries(Choices)}
        self.groups = {
            title: [ChoiceRow(described[name], preferences, self) for name in names]
            for title, names in GROUPS.items()
        }
        self.safe = QLabel(SAFE, self)
        self.keep = self._button(
            "&Keep These", "Use these preferences from now on, and keep them", self._keep
        )
        self.reset = self._button("&Reset All", "Give every preference its default", self._reset)
        self.import_ = self._button("&Import…", "Take the preferences from a file", self._import)
        self.export = self._button("&Export…", "Write the preferences to a file, as text", self._export)
        self._heads: dict[str, QLabel] = {}
        self._nothing = QLabel(NOTHING, self)
        self._lay_out()
        self._show()
        self.search.setFocus()

    @property
    def rows(self) -> list[ChoiceRow]:
        """All of them, in their order."""
        return [row for rows in self.groups.values() for row in rows]

    def _show(self) -> None:
        wanted = self.search.text()
        for title, rows in self.groups.items():
            for row in rows:
                row.setVisible(row.fits(wanted))
            self._heads[title].setVisible(any(row.fits(wanted) for row in rows))
        self._nothing.setVisible(not any(row.fits(wanted) for row in self.rows))
        for part in (self.safe, self.keep):
            part.setVisible(self._preferences.is_safe)

    def _keep(self) -> None:
        self._preferences.keep()
        self._show()

    def _reset(self) -> None:
        start, now = Choices(), self._preferences.choices
        changed = sum(getattr(now, name) != getattr(start, name) for name in Choices.model_fields)
        if changed and not dialogs.ask_about_reset(self, changed):
            return
        self._preferences.reset()
        for row in self.rows:
            row.show_value()

    def _import(self) -> None:
        name, _ = QFileDialog.getOpenFileName(self, "Import preferences", str(self._preferences.folder), KIND)
        if not name:
            return
        try:
            self._preferences.import_from(Path(name))
        except PresetError as error:
            details = "\n".join(str(problem) for problem in error.problems)
            sentence = f"“{Path(name).name}” holds no preferences that can be used."
            advice = (
                "Nothing was changed. Choose a file that was exported here, or correct what is said below."
            )
            Report(self, "Not imported", sentence, advice, details).exec()

    def _export(self) -> None:
        suggestion = self._preferences.folder / f"vgviewer preferences{ENDING}"
        path = dialogs.ask_save_path(self, suggestion, KIND, ENDING)
        if path is None:
            return
        try:
            self._preferences.export_to(path)
        except SaveError as error:
            Report(
                self, "Not exported", str(error), "The preferences themselves are as they were.", ""
            ).exec()

    def _lay_out(self) -> None:
        page = QWidget(self)
        page.setProperty("role", "pane")
        column = QVBoxLayout(page)
        theme.grow(column.setContentsMargins, 0, 0, theme.GRID, 0)
        theme.grow(column.setSpacing, 2 * theme.GRID)
        for title, rows in self.groups.items():
            self._add_group(title, rows, column)
        self._nothing.setProperty("role", "muted")
        column.addWidget(self._nothing)
        column.addStretch(1)
        scroll = QScrollArea(self)
        scroll.setWidget(page)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        outside = QVBoxLayout(self)
        theme.grow(outside.setContentsMargins, *[2 * theme.GRID] * 4)
        theme.grow(outside.setSpacing, 2 * theme.GRID)
        outside.addWidget(self.search)
        outside.addLayout(self._safe_mode())
        outside.addWidget(scroll, 1)
        outside.addLayout(self._buttons())
        room = self.screen().availableSize()
        self.resize(min(theme.px(SIZE[0]), room.width()), min(theme.px(SIZE[1]), room.height()))

    def _add_group(self, title: str, rows: Sequence[ChoiceRow], column: QVBoxLayout) -> None:
        head = QLabel(title, self)
        head.setProperty("role", "section")
        self._heads[title] = head
        column.addWidget(head)
        for row in rows:
            column.addWidget(row)

    def _safe_mode(self) -> QHBoxLayout:
        self.safe.setProperty("role", "warning")
        self.safe.setWordWrap(True)
        row = QHBoxLayout()
        row.addWidget(self.safe, 1)
        row.addWidget(self.keep)
        return row

    def _buttons(self) -> QHBoxLayout:
        close = self._button("Close", "Close (Esc)", self.accept)
        row = QHBoxLayout()
        theme.grow(row.setSpacing, theme.GRID)
        for button in (self.reset, self.import_, self.export):
            row.addWidget(button)
        row.addStretch(1)
        row.addWidget(close)
        return row

    def _button(self, text: str, tooltip: str, press: object) -> QPushButton:
        button = QPushButton(text, self)
        button.setToolTip(tooltip)
        button.setWhatsThis(tooltip)
        button.setAutoDefault(False)
        button.clicked.connect(press)
        return button
