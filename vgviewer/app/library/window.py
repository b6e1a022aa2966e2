"""The list of the runs that are kept: what each was, how it ended; open, compare, note, delete and take it back."""

from collections import deque
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QIcon, QKeyEvent, QPixmap
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QInputDialog,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from vgviewer.app import theme
from vgviewer.app.compare.sides import MOST
from vgviewer.app.library.shelf import Shelf
from vgviewer.app.library.summary import Summary, summary_of
from vgviewer.app.numerals import counted
from vgviewer.app.welcome.picture import drawn
from vgviewer.recording import Recording, Remarks, remark

SIZE = (640, 560)  # px
THUMB = (120, 50)  # px
PATH = Qt.ItemDataRole.UserRole
NOTHING = "No run is kept yet. Every run that you train is recorded and stands here afterwards."
KEEPS = "Write down what it shows; a run with a note is never removed by itself"
DELETES = "Remove it; Undo brings it back as long as this window is open"
MB = 1_000_000


class LibraryWindow(QDialog):
    """Stays beside the work; files are read one at a time, so that a long list is there at once."""

    open_wanted = Signal(object)  # Path
    compare_wanted = Signal(object)  # list of Path
    said = Signal(str)

    def __init__(self, shelf: Shelf, in_use: Path | None, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("library")
        self.setWindowTitle("Kept runs")
        self._shelf, self._in_use = shelf, in_use
        self._deleted: list[Path] = []
        self._unread: deque[QListWidgetItem] = deque()
        self.list = QListWidget(self)
        self.list.setAccessibleName("Kept runs")
        self.list.setSelectionMode(QListWidget.SelectionMode.ExtendedSelection)
        self.list.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.list.setWordWrap(True)
        self.list.setUniformItemSizes(False)
        self.words = QLabel(self)
        self.words.setProperty("role", "muted")
        self.words.setWordWrap(True)
        self.look = self._button("&Open", "Look at it, step by step", self._open)
        self.compare = self._button("&Compare", f"Two to {MOST} runs side by side", self._compare)
        self.note = self._button("&Note…", KEEPS, self._note)
        self.delete = self._button("&Delete", DELETES, self._delete)
        self.undo = self._button("&Undo", "Bring back what was deleted last", self._restore)
        self._lay_out()
        self.list.itemSelectionChanged.connect(self._follow)
        self.list.itemActivated.connect(self._open)
        theme.changed.connect(self.fill)
        self._reader = QTimer(self, interval=0)
        self._reader.timeout.connect(self._read_one)
        self.fill()

    def fill(self) -> None:
        """Reads the folder anew; what is selected stays so."""
        selected = set(self._selected())
        self.list.clear()
        self._unread.clear()
        self.list.setIconSize(QSize(theme.px(THUMB[0]), theme.px(THUMB[1])))
        for path in self._shelf.runs():
            item = QListWidgetItem(path.name, self.list)
            item.setData(PATH, str(path))
            item.setSelected(path in selected)
            self._unread.append(item)
        self._reader.start()
        self._follow()

    def read_all(self) -> None:
        """At once, where somebody waits for it."""
        while self._unread:
            self._read_one()

    def done(self, result: int) -> None:
        self._reader.stop()
        self._shelf.empty_bin()
        super().done(result)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Delete:
            self._delete()
        else:
            super().keyPressEvent(event)

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        for button in (self.look, self.compare, self.note, self.delete, self.undo):
            row.addWidget(button)
        row.addStretch(1)
        column = QVBoxLayout(self)
        theme.grow(column.setContentsMargins, *[2 * theme.GRID] * 4)
        theme.grow(column.setSpacing, theme.GRID)
        column.addWidget(self.list, 1)
        column.addWidget(self.words)
        column.addLayout(row)
        room = self.screen().availableSize()
        self.resize(min(theme.px(SIZE[0]), room.width()), min(theme.px(SIZE[1]), room.height()))

    def _button(self, text: str, words: str, do: Callable[[], None]) -> QPushButton:
        button = QPushButton(text, self)
        button.setToolTip(words)
        button.setAutoDefault(False)
        button.clicked.connect(do)
        return button

    def _selected(self) -> list[Path]:
        return [Path(item.data(PATH)) for item in self.list.selectedItems()]

    def _read_one(self) -> None:
        if not self._unread:
            self._reader.stop()
            return
        _show(self._unread.popleft())

    def _follow(self) -> None:
        chosen = self._selected()
        self.look.setEnabled(len(chosen) == 1)
        self.note.setEnabled(len(chosen) == 1 and chosen[0] != self._in_use)
        self.compare.setEnabled(2 <= len(chosen) <= MOST)
        self.delete.setEnabled(bool(chosen) and self._in_use not in chosen)
        self.undo.setVisible(bool(self._deleted))
        count = self.list.count()
        told = f"{counted(count)} run{'s' * (count != 1)}, {counted(round(self._shelf.size() / MB))} MB"
        self.words.setText(told if count else NOTHING)

    def _open(self) -> None:
        for path in self._selected()[:1]:
            self.open_wanted.emit(path)

    def _compare(self) -> None:
        self.compare_wanted.emit(self._selected())

    def _note(self) -> None:
        (path,) = self._selected()
        before = summary_of(path)
        text, agreed = QInputDialog.getMultiLineText(
            self, "Note", f"What does “{before.name}” show?", before.note
        )
        if not agreed or text == before.note:
            return
        self._try(partial(_write_note, path, text.strip()))
        self.fill()

    def _delete(self) -> None:
        for path in self._selected():
            if path != self._in_use:
                self._try(partial(self._put_away, path))
        self.fill()

    def _put_away(self, path: Path) -> None:
        self._deleted.append(self._shelf.delete(path))

    def _restore(self) -> None:
        if self._deleted:
            self._try(partial(self._shelf.restore, self._deleted.pop()))
        self.fill()

    def _try(self, do: Callable[[], object]) -> None:
        try:
            do()
        except OSError as error:
            self.said.emit(f"{error.filename or self._shelf.folder}: {error.strerror or error}.")


def _write_note(path: Path, note: str) -> None:
    with Recording(path) as recording:
        bookmarks = recording.remarks.bookmarks
    remark(path, Remarks(bookmarks, note))


def _show(item: QListWidgetItem) -> None:
    found = summary_of(Path(item.data(PATH)))
    if found.problem:
        item.setText(f"{found.path.name}\n{found.problem}")
        item.setToolTip(found.problem)
        return
    item.setText("\n".join(_lines(found)))
    item.setToolTip(f"{found.settings}\n{found.note}".strip())
    if found.sketch is not None:
        image = drawn(found.sketch).scaled(theme.px(THUMB[0]), theme.px(THUMB[1]))
        item.setIcon(QIcon(QPixmap.fromImage(image)))


def _lines(found: Summary) -> Sequence[str]:
    """Its name, how it ended, what it was, and the first line of its note."""
    when = f"{found.began:%Y-%m-%d %H:%M}" if found.began else ""
    size = f"{found.size / MB:.1f} MB"
    ended = found.verdict.replace("_", " ")
    told = [ended, f"{counted(found.steps)} steps", when, size]
    note = found.note.splitlines()[:1]
    return [found.name, " · ".join(filter(None, told)), found.settings, *note]
