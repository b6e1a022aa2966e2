"""Which runs are to be compared: the open network, shipped presets, runs that are kept; two to four of them."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from vgviewer.app import theme
from vgviewer.app.compare.sides import MOST

SIZE = (440, 520)  # px
HELP = "Choose two to four. Networks are trained together, with one seed; kept runs are shown as they were."
MIXED = (
    "Choose either networks or kept runs: those that train and those that are over have no step in common."
)
Entry = tuple[str, str, object]  # group, words, what is chosen


class ChooseDialog(QDialog):
    """`chosen` is what was checked, in the order of the list."""

    def __init__(self, entries: Sequence[Entry], parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("Compare")
        self.setObjectName("compare-choose")
        self.list = QListWidget(self)
        self.list.setAccessibleName("What is compared")
        self._entries: list[Entry] = []
        self._fill(entries)
        self.words = QLabel(HELP, self)
        self.words.setWordWrap(True)
        self.words.setProperty("role", "muted")
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel, self)
        self.go = self.buttons.addButton("&Compare", QDialogButtonBox.ButtonRole.AcceptRole)
        self.go.setProperty("primary", True)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        theme.grow(column.setContentsMargins, *[2 * theme.GRID] * 4)
        theme.grow(column.setSpacing, theme.GRID)
        column.addWidget(self.words)
        column.addWidget(self.list, 1)
        column.addWidget(self.buttons)
        self.list.itemChanged.connect(self._follow)
        self.list.itemActivated.connect(self._toggle)
        room = self.screen().availableSize()
        self.resize(min(theme.px(SIZE[0]), room.width()), min(theme.px(SIZE[1]), room.height()))
        self._follow()

    @property
    def chosen(self) -> list[Entry]:
        """Those that are checked."""
        return [entry for row, entry in self._rows() if row.checkState() is Qt.CheckState.Checked]

    def _rows(self) -> list[tuple[QListWidgetItem, Entry]]:
        rows = [self.list.item(row) for row in range(self.list.count())]
        checkable = [row for row in rows if row.flags() & Qt.ItemFlag.ItemIsUserCheckable]
        return list(zip(checkable, self._entries, strict=True))

    def _fill(self, entries: Sequence[Entry]) -> None:
        group = None
        for entry in entries:
            if entry[0] != group:
                group = entry[0]
                head = QListWidgetItem(group, self.list)
                head.setFlags(Qt.ItemFlag.NoItemFlags)
            row = QListWidgetItem(entry[1], self.list)
            row.setFlags(row.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            row.setCheckState(Qt.CheckState.Unchecked)
            row.setToolTip(entry[1])
            self._entries.append(entry)

    def _toggle(self, item: QListWidgetItem) -> None:
        if item.flags() & Qt.ItemFlag.ItemIsUserCheckable:
            is_on = item.checkState() is Qt.CheckState.Checked
            item.setCheckState(Qt.CheckState.Unchecked if is_on else Qt.CheckState.Checked)

    def _follow(self) -> None:
        chosen = self.chosen
        is_mixed = len({type(what) for _, _, what in chosen}) > 1
        self.words.setText(MIXED if is_mixed else HELP)
        self.go.setEnabled(2 <= len(chosen) <= MOST and not is_mixed)
