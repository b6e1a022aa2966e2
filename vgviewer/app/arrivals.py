"""Files that come from outside: dropped on the window, or opened by the desktop."""

import os
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QDropEvent, QFileOpenEvent
from PySide6.QtWidgets import QApplication, QWidget


class Application(QApplication):
    """On macOS a double-click on a file is an event, not a word on the command line. Untested there."""

    file_wanted = Signal(Path)

    def __init__(self, words: Sequence[str]) -> None:
        super().__init__(list(words))

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QFileOpenEvent) and event.file():
            self.file_wanted.emit(Path(event.file()))
            return True
        return super().event(event)


class Arrivals(QObject):
    """Takes one file, and says in a sentence why anything else was not taken."""

    refused = Signal(str)

    def __init__(self, window: QWidget, open_path: Callable[[Path], object]) -> None:
        super().__init__(window)
        self._open_path = open_path
        self._waiting: Path | None = None
        self._timer = QTimer(self, interval=0, singleShot=True)  # a dialog must not hold up who drags
        self._timer.timeout.connect(self._open)
        window.setAcceptDrops(True)
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QDropEvent) and event.mimeData().hasUrls():  # dragging is a kind of it, too
            event.setDropAction(Qt.DropAction.CopyAction)  # a file manager must not delete what it moves
            event.accept()
            if event.type() is QEvent.Type.Drop:
                self.take(event.mimeData())
            return True
        return super().eventFilter(watched, event)

    def take(self, dropped: QMimeData) -> None:
        """One file of this computer is opened when the drop is over."""
        urls = dropped.urls()
        if len(urls) != 1:
            self.refused.emit(f"{len(urls)} files were dropped, and none was opened. Drop one preset file.")
            return
        if not urls[0].isLocalFile():
            self.refused.emit("What was dropped is not a file of this computer. Save it first, then open it.")
            return
        path = Path(urls[0].toLocalFile())
        if os.path.isdir(path):  # a name that no system takes is none
            self.refused.emit(f"“{path.name}” is a folder. Drop one preset file out of it.")
            return
        self._waiting = path
        self._timer.start()

    def _open(self) -> None:
        if self._waiting is not None:
            path, self._waiting = self._waiting, None
            self._open_path(path)
