"""Ctrl+Shift+P: type a few letters of what is to be done, press Enter."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QAbstractItemView,
    QLabel,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from vgviewer.app import theme
from vgviewer.app.finding.fuzzy import fit
from vgviewer.app.finding.offers import Offer
from vgviewer.app.overlay import Overlay

WIDTH, HEIGHT, TOP = 600, 440, 88  # px
LINE = 32  # px
OFFER = Qt.ItemDataRole.UserRole + 1
GO_TO = "Go to"  # comes before what would hide the same pane
LESS_FOR_GROUP, LESS_FOR_TOOLTIP = 15.0, 40.0  # what is found only there stands further down
NOTHING = "Nothing here is called that. Fewer letters find more."
MOVING = {
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_PageDown: 10,
    Qt.Key.Key_PageUp: -10,
}


class CommandPalette(Overlay):
    """Lists what `offers` gives each time it is opened."""

    def __init__(self, offers: Callable[[], Sequence[Offer]], window: QWidget) -> None:
        super().__init__(window)
        self.setObjectName("command_palette")
        self.setAccessibleName("Commands")
        self._offers_now = offers
        self._offers: Sequence[Offer] = ()
        self.search = QLineEdit(self)
        self.search.setPlaceholderText("What do you want to do?")
        self.search.setAccessibleName("Find a command")
        self.search.setToolTip("A few letters of a command, layer, preset or pane")
        self.search.setWhatsThis(self.search.toolTip())
        self.search.textChanged.connect(self.show_found)
        self.search.returnPressed.connect(self.run)
        self.search.installEventFilter(self)
        self.list = QListView(self)
        self.list.setAccessibleName("Commands found")
        self.list.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setItemDelegate(Lines(self))
        self.list.setUniformItemSizes(True)
        self.list.setMouseTracking(True)
        self.list.clicked.connect(self._click)
        self._model = QStandardItemModel(self)
        self.list.setModel(self._model)
        self._none = QLabel(NOTHING, self)
        self._none.setProperty("role", "muted")
        self._none.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column = QVBoxLayout(self)
        column.setContentsMargins(*[theme.GRID] * 4)
        column.setSpacing(theme.GRID)
        column.addWidget(self.search)
        column.addWidget(self.list, 1)
        column.addWidget(self._none, 1)

    @property
    def found(self) -> list[Offer]:
        """What is listed, best first."""
        return [self._model.item(row).data(OFFER) for row in range(self._model.rowCount())]

    def place(self) -> None:
        window = self.window()
        width = min(theme.px(WIDTH), window.width() - 2 * theme.GRID)
        lines = max(1, self._model.rowCount()) * theme.px(LINE)
        around = 5 * theme.GRID  # and between, and in the list
        wanted = self.search.sizeHint().height() + lines + around
        height = min(theme.px(HEIGHT), window.height() - theme.px(TOP) - 2 * theme.GRID, wanted)
        self.setGeometry((window.width() - width) // 2, theme.px(TOP), width, height)

    def begin(self) -> None:
        self._offers = self._offers_now()
        self.search.clear()
        self.show_found("")
        self.search.setFocus()

    def show_found(self, wanted: str) -> None:
        """Lists what fits; everything for an empty wish."""
        ranked = [(rank(wanted, offer), offer) for offer in self._offers]
        fitting = [(value, offer) for value, offer in ranked if value is not None]
        if wanted.strip():
            fitting.sort(key=lambda pair: (not pair[1].is_enabled, -pair[0], pair[1].group != GO_TO))
        self._model.clear()
        for _, offer in fitting:
            self._model.appendRow(_item(offer))
        self._choose(0)
        self.list.setVisible(bool(fitting))
        self._none.setVisible(not fitting)
        self.place()

    def run(self) -> None:
        """Does what is chosen, if it can be done now."""
        chosen = self.list.currentIndex().data(OFFER)
        if isinstance(chosen, Offer) and chosen.is_enabled:
            self.leave()
            chosen.run()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.search and event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            by = MOVING.get(Qt.Key(event.key()))
            if by is not None:
                self._choose(self.list.currentIndex().row() + by)
                return True
        return super().eventFilter(watched, event)

    def _choose(self, row: int) -> None:
        row = min(max(row, 0), self._model.rowCount() - 1)
        index = self._model.index(row, 0)
        self.list.setCurrentIndex(index)
        said = index.data(Qt.ItemDataRole.AccessibleTextRole)
        self.search.setAccessibleDescription(str(said or NOTHING))

    def _click(self, index: QModelIndex) -> None:
        self.list.setCurrentIndex(index)
        self.run()


class Lines(QStyledItemDelegate):
    """What, where in the menus, and its key at the right end; gray what cannot be done now."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(0, theme.px(LINE))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        offer, now = index.data(OFFER), theme.current()
        box, state = QRect(option.rect), option.state  # type: ignore[attr-defined]
        painter.save()
        is_chosen = bool(state & QStyle.StateFlag.State_Selected)
        if is_chosen or state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(now.accent_soft if is_chosen else now.hover))
            painter.drawRoundedRect(box, 6, 6)
        box.adjust(theme.px(12), 0, -theme.px(12), 0)
        bright = (now.accent if is_chosen else now.text) if offer.is_enabled else now.text_muted
        taken = self._write(painter, box, offer.keys[0] if offer.keys else "", now.text_muted, True)
        box.setRight(box.right() - taken - (theme.px(16) if taken else 0))
        title = f"{offer.title} — {offer.state}" if offer.state else offer.title
        taken = self._write(painter, box, title, bright, False)
        box.setLeft(box.left() + taken + theme.px(12))
        self._write(painter, box, offer.group, now.text_muted, False, theme.CAPTION)
        painter.restore()

    def _write(
        self, painter: QPainter, box: QRect, text: str, color: str, at_end: bool, size: int = theme.BODY
    ) -> int:
        """Gives the width in px that it took."""
        painter.setFont(theme.font(size))
        painter.setPen(QColor(color))
        side = Qt.AlignmentFlag.AlignRight if at_end else Qt.AlignmentFlag.AlignLeft
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, max(0, box.width()))
        painter.drawText(box, side | Qt.AlignmentFlag.AlignVCenter, shown)
        return painter.fontMetrics().horizontalAdvance(shown)


def rank(wanted: str, offer: Offer) -> float | None:
    """How well an offer fits what was typed; by its name first, then by its place and its description."""
    tries = ((offer.title, 0.0), (f"{offer.group} {offer.title}", LESS_FOR_GROUP))
    found = [value - less for text, less in tries if (value := fit(wanted, text)) is not None]
    if not found and wanted.strip() and wanted.casefold().strip() in offer.tooltip.casefold():
        found = [-LESS_FOR_TOOLTIP]
    return max(found, default=None)


def _item(offer: Offer) -> QStandardItem:
    item = QStandardItem(offer.title)
    item.setData(offer, OFFER)
    item.setData(offer.words, Qt.ItemDataRole.AccessibleTextRole)
    item.setToolTip(offer.tooltip)
    return item
