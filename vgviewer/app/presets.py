"""The shipped presets by title; a click asks for one."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QLabel,
    QListWidget,
    QListWidgetItem,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from vgviewer.app import theme
from vgviewer.app.whole_rows import WholeRows
from vgviewer.experiment import Card

ID = Qt.ItemDataRole.UserRole
PADDING, ROW = 12, 10  # px kept free at each side of a name, and above and below it together


class Names(WholeRows):
    """A long name takes more lines than one."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        size = super().sizeHint(option, index)
        rows = self.parent()
        assert isinstance(rows, QListWidget)
        metrics, room = rows.fontMetrics(), rows.viewport().width() - 2 * theme.px(PADDING)
        wrapped = QRect(0, 0, max(1, room), 0), Qt.TextFlag.TextWordWrap
        lines = metrics.boundingRect(*wrapped, str(index.data())).height()
        return QSize(size.width(), theme.px(ROW) + lines)


class PresetRows(QListWidget):
    """How many lines a name takes is found again when there is another width."""

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self.scheduleDelayedItemsLayout()


class PresetList(QWidget):
    """Shows which preset the document was opened from, and sends a wish for another."""

    wanted = Signal(str)  # the id of a preset

    def __init__(self, cards: Sequence[Card], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.heading = title = QLabel("Presets", self)
        title.setProperty("role", "section")
        title.setContentsMargins(theme.GRID, 0, 0, 0)
        self.list = PresetRows(self)
        self.list.setAccessibleName("Presets")
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerItem)
        self.list.setWordWrap(True)
        self.list.setItemDelegate(Names(self.list))
        self.list.ensurePolished()
        for card in cards:
            item = QListWidgetItem(card.title, self.list)
            item.setData(ID, card.id)
            item.setToolTip(f"{card.title}\n{card.summary}" if card.summary else card.title)
        self.list.itemClicked.connect(self._ask)
        self.list.itemActivated.connect(self._ask)
        column = QVBoxLayout(self)
        theme.grow(column.setContentsMargins, theme.GRID, theme.GRID // 2, theme.GRID, theme.GRID)
        column.setSpacing(theme.GRID)
        column.addWidget(title)
        column.addWidget(self.list, 1)
        self._current: str | None = None

    def highlight(self, preset_id: str | None) -> None:
        """Marks the preset that is open; None when the document is another one."""
        self._current = preset_id
        for row in range(self.list.count()):
            if self.list.item(row).data(ID) == preset_id:
                self.list.setCurrentRow(row)
                return
        self.list.setCurrentRow(-1)
        self.list.clearSelection()

    def _ask(self, item: QListWidgetItem) -> None:
        wish = str(item.data(ID))
        opened = self._current
        self.highlight(opened)  # the document decides; a refusal leaves the mark where it was
        if wish != opened:
            self.wanted.emit(wish)
