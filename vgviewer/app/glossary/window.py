"""The glossary's window: words to search on the left, one term on the right."""

from PySide6.QtCore import QModelIndex, QStringListModel, Qt, QUrl
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListView,
    QVBoxLayout,
    QWidget,
)

from vgviewer.app import theme
from vgviewer.app.editor.explained import TERM
from vgviewer.app.glossary.page import page
from vgviewer.app.glossary.terms import Term, terms
from vgviewer.app.notes import Reader

SIZE = (800, 560)  # px
LIST_WIDTH = 256  # px
LIST_SHARE = 0.36  # of the window at most: the term needs the room
FIRST = "vanishing"
NOTHING = "Nothing here speaks of that. Fewer letters find more."
HELP = "Words of a title, a text or a formula"


class GlossaryWindow(QDialog):
    """Stays beside the work: it asks for nothing, and Esc closes it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("glossary")
        self.setWindowTitle("Glossary")
        self.shown: Term = terms()[FIRST]
        self._found: list[Term] = []
        self.search = QLineEdit(self)
        self.search.setPlaceholderText("Find a term")
        self.search.setAccessibleName("Find a term")
        self.search.setToolTip(HELP)
        self.search.setWhatsThis(HELP)
        self.search.setClearButtonEnabled(True)
        self._model = QStringListModel(self)
        self.list = self._make_list()
        self.nothing = QLabel(NOTHING, self)
        self.nothing.setProperty("role", "caption")
        self.nothing.setWordWrap(True)
        self.reader = Reader(self)
        self.reader.setAccessibleName("Term")
        self.reader.setOpenLinks(False)
        self.reader.setFrameShape(QFrame.Shape.NoFrame)
        self.reader.setProperty("role", "page")
        self._lay_out()
        self.search.textChanged.connect(self._filter)
        self.reader.anchorClicked.connect(self._follow)
        theme.changed.connect(self._dress)
        self._filter("")
        self.search.setFocus()

    def show_term(self, term_id: str) -> None:
        """Turns to a term; the list shows all of them again where a search had left it out."""
        self.shown = terms()[term_id]
        if self.shown not in self._found:
            self.search.clear()
        self.list.setCurrentIndex(self._model.index(self._found.index(self.shown)))
        self._dress()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_out()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up) and self.focusWidget() is self.search:
            self.list.setFocus()
            step = 1 if event.key() == Qt.Key.Key_Down else -1
            row = min(max(self.list.currentIndex().row() + step, 0), self._model.rowCount() - 1)
            self.list.setCurrentIndex(self._model.index(row))
        elif event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)

    def _make_list(self) -> QListView:
        found = QListView(self)
        found.setAccessibleName("Terms")
        found.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        found.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        found.ensurePolished()
        found.setModel(self._model)
        found.selectionModel().currentChanged.connect(self._choose)
        return found

    def _lay_out(self) -> None:
        left, right = QVBoxLayout(), QVBoxLayout()
        left.addWidget(self.search)
        left.addWidget(self.nothing)
        left.addWidget(self.list, 1)
        theme.grow(left.setSpacing, theme.GRID)
        right.addWidget(self.reader)
        line = QFrame(self)
        line.setProperty("role", "hairline")
        line.setFixedWidth(1)
        row = QHBoxLayout(self)
        theme.grow(row.setContentsMargins, *[2 * theme.GRID] * 4)
        theme.grow(row.setSpacing, 2 * theme.GRID)
        row.addLayout(left)
        row.addWidget(line)
        row.addLayout(right, 1)
        room = self.screen().availableSize()
        self.resize(min(theme.px(SIZE[0]), room.width()), min(theme.px(SIZE[1]), room.height()))

    def _share_out(self) -> None:
        width = min(theme.px(LIST_WIDTH), int(LIST_SHARE * self.width()))
        columns: tuple[QWidget, ...] = (self.search, self.list, self.nothing)
        for part in columns:
            part.setFixedWidth(width)

    def _filter(self, wanted: str) -> None:
        ranked = [(rank, term) for term in terms().values() if (rank := term.rank(wanted)) is not None]
        self._found = [term for _, term in sorted(ranked, key=_by_rank)]
        self._model.setStringList([term.title for term in self._found])
        self.list.setVisible(bool(self._found))
        self.nothing.setVisible(not self._found)
        if self._found:
            is_kept = not wanted.strip() and self.shown in self._found
            row = self._found.index(self.shown) if is_kept else 0
            self.list.setCurrentIndex(self._model.index(row))

    def _choose(self, index: QModelIndex) -> None:
        if index.isValid():
            self.shown = self._found[index.row()]
            self._dress()

    def _follow(self, url: QUrl) -> None:
        self.show_term(url.toString().removeprefix(TERM))

    def _dress(self) -> None:
        self._share_out()
        self.reader.document().setDefaultFont(theme.font())
        self.reader.setHtml(page(self.shown, theme.current()))


def _by_rank(ranked: tuple[int, Term]) -> int:
    return ranked[0]
