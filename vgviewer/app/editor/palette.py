"""The palette: every layer type by group, to be dragged to the canvas or inserted by key."""

from collections.abc import Sequence
from html import escape

from PySide6.QtCore import (
    QByteArray,
    QEvent,
    QMimeData,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QColor,
    QDrag,
    QKeyEvent,
    QPainter,
    QPixmap,
    QStandardItem,
    QStandardItemModel,
    QWhatsThisClickedEvent,
)
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListView,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from vgviewer.app import theme
from vgviewer.app.document import Document
from vgviewer.app.editor.explained import ASK, TERM, link
from vgviewer.app.editor.face import Face, paint_face
from vgviewer.app.editor.layout import BLOCK_HEIGHT, BLOCK_WIDTH
from vgviewer.app.icons import icon
from vgviewer.app.whole_rows import WholeRows
from vgviewer.network import LAYERS, Layer

MIME = "application/x-vgviewer-layer"
KIND = Qt.ItemDataRole.UserRole
ICON_SIZE = 18  # px
HEAD_HEIGHT, FIRST_HEAD = 36, 24  # px
HELP = "Shows the layer types whose name, group or description holds these words; Enter adds the first."


def dragged_kind(data: QMimeData) -> str:
    """The layer type that is dragged, "" when it is something else."""
    name = bytes(data.data(MIME).data()).decode("utf-8", "replace")
    return name if any(_type(kind) == name for kind in LAYERS) else ""


class Kinds(QStandardItemModel):
    """Heads of groups, which cannot be chosen, and below each its layer types."""

    def mimeTypes(self) -> list[str]:
        return [MIME]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        data = QMimeData()
        data.setData(MIME, QByteArray(str(indexes[0].data(KIND)).encode()))
        return data

    def offer(self, text: str) -> None:
        """Only the layer types whose label, group or summary holds all the words of `text`."""
        self.clear()
        words = text.lower().split()
        found = [kind for kind in LAYERS if all(word in _searched(kind) for word in words)]
        for group in dict.fromkeys(kind.group for kind in found):
            self.appendRow(_head(group))
            for kind in found:
                if kind.group == group:
                    self.appendRow(_entry(kind))


class KindList(QListView):
    """Drags a ghost of the block that will stand on the canvas."""

    def startDrag(self, actions: Qt.DropAction) -> None:
        drag = QDrag(self)
        drag.setMimeData(self.model().mimeData(self.selectedIndexes()))
        drag.setPixmap(ghost(str(self.currentIndex().data()), self.devicePixelRatioF()))
        drag.setHotSpot(QPoint(int(BLOCK_WIDTH / 2), int(BLOCK_HEIGHT / 2)))
        drag.exec(Qt.DropAction.CopyAction)


class Rows(WholeRows):
    """Paints the heads of groups; the stylesheet paints the rest."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        if index.data(KIND):
            super().paint(painter, option, index)
            return
        if not self.is_whole(index):
            return
        painter.setFont(theme.font(theme.CAPTION))
        painter.setPen(QColor(theme.current().text_muted))
        box = option.rect.adjusted(theme.GRID, 0, 0, -theme.GRID // 2)  # type: ignore[attr-defined]
        painter.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom, str(index.data()))

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        size = super().sizeHint(option, index)
        return (
            size
            if index.data(KIND)
            else QSize(size.width(), theme.px(HEAD_HEIGHT if index.row() else FIRST_HEAD))
        )


class Palette(QWidget):
    """Double click or Enter puts the layer behind the selected one."""

    asked = Signal(str)  # a term of the glossary

    def __init__(self, document: Document, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self.search = QLineEdit(self)
        self.search.setPlaceholderText("Find a layer")
        self.search.setAccessibleName("Find a layer")
        self.search.setToolTip(HELP)
        self.search.setWhatsThis(HELP)
        self.search.setClearButtonEnabled(True)
        self._model = Kinds(self)
        self.list = self._make_list()
        self.nothing = QLabel("No layer of that name. Esc shows them all.", self)
        self.nothing.setProperty("role", "caption")
        self.nothing.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        theme.grow(column.setSpacing, theme.GRID)
        above = QHBoxLayout()  # as far in as the names below
        theme.grow(above.setContentsMargins, theme.GRID, 0, theme.GRID, 0)
        above.addWidget(self.search)
        column.addLayout(above)
        column.addWidget(self.nothing)
        column.addWidget(self.list, 1)
        self.search.textChanged.connect(self._filter)
        self.search.returnPressed.connect(self._insert_current)
        self._filter("")

    def _make_list(self) -> KindList:
        found = KindList(self)
        found.setModel(self._model)
        found.setAccessibleName("Layer types")
        found.setToolTip("Drag a layer to the network, or press Enter")
        found.setWhatsThis(
            "<p>Drag a layer to the network. Enter or a double click puts it behind the selected one.</p>"
        )
        theme.grow(found.setIconSize, ICON_SIZE)
        found.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        found.setVerticalScrollMode(QListView.ScrollMode.ScrollPerItem)
        found.setDragEnabled(True)
        found.setDragDropMode(QListView.DragDropMode.DragOnly)
        found.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        found.setItemDelegate(Rows(found))
        found.ensurePolished()
        found.activated.connect(self._insert)
        return found

    def event(self, event: QEvent) -> bool:
        """A link in what was said of a layer leads to the glossary."""
        if isinstance(event, QWhatsThisClickedEvent):
            self.asked.emit(event.href().removeprefix(TERM))
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.search.text():
            self.search.clear()
        elif event.key() == Qt.Key.Key_Down and self.search.hasFocus():
            self.list.setFocus()
        else:
            super().keyPressEvent(event)

    def _filter(self, text: str) -> None:
        self._model.offer(text)
        found = self._model.rowCount() > 0
        self.nothing.setVisible(not found)
        self.list.setVisible(found)
        if found and text:
            self.list.setCurrentIndex(self._model.index(1, 0))

    def _insert_current(self) -> None:
        self._insert(self.list.currentIndex())

    def _insert(self, index: QModelIndex) -> None:
        if index.isValid() and index.data(KIND):
            self._document.insert_layer(str(index.data(KIND)), self._document.insert_index)


def ghost(name: str, ratio: float) -> QPixmap:
    """The block as it is dragged."""
    picture = QPixmap(QSize(int(BLOCK_WIDTH * ratio), int(BLOCK_HEIGHT * ratio)))
    picture.setDevicePixelRatio(ratio)
    picture.fill(QColor(0, 0, 0, 0))
    painter = QPainter(picture)
    painter.setOpacity(0.9)
    box = QRectF(1, 1, BLOCK_WIDTH - 2, BLOCK_HEIGHT - 2)
    paint_face(painter, box, Face(name, "new layer", is_selected=True))
    painter.end()
    return picture


def _head(group: str) -> QStandardItem:
    item = QStandardItem(group)
    item.setFlags(Qt.ItemFlag.NoItemFlags)
    return item


def _entry(kind: type[Layer]) -> QStandardItem:
    item = QStandardItem(icon(f"layer-{_type(kind)}"), kind.label)
    item.setData(_type(kind), KIND)
    item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsDragEnabled)
    told = (
        f"<p><b>{escape(kind.label)}</b></p><p>{escape(kind.summary)}</p><p><i>{escape(kind.formula)}</i></p>"
        f"<p>{escape(kind.shape_rule)}</p>"
    )
    item.setToolTip(f"{told}<p>{ASK}</p>" if kind.term else told)
    item.setData(f"{told}{link(kind.term)}", Qt.ItemDataRole.WhatsThisRole)
    item.setData(f"{kind.label}. {kind.summary} {kind.shape_rule}", Qt.ItemDataRole.AccessibleTextRole)
    return item


def _searched(kind: type[Layer]) -> str:
    return f"{kind.label} {kind.group} {kind.summary}".lower()


def _type(kind: type[Layer]) -> str:
    return str(kind.model_fields["type"].default)
