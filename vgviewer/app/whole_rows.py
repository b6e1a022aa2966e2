"""Rows of a list that are drawn whole or not at all: the last is never sliced through its letters."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QAbstractItemView, QStyledItemDelegate, QStyleOptionViewItem


class WholeRows(QStyledItemDelegate):
    """For a view that scrolls row by row. What has no room appears when it is scrolled to."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        if self.is_whole(index):
            super().paint(painter, option, index)

    def is_whole(self, index: QModelIndex | QPersistentModelIndex) -> bool:
        """Whether all of the row is seen; one that is higher than its list is drawn as far as it goes."""
        view = self.parent()
        assert isinstance(view, QAbstractItemView)
        box = view.visualRect(view.model().index(index.row(), 0))
        return box.top() <= 0 or box.bottom() < view.viewport().height()
