"""Opens the list of kept runs, one window at a time."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from vgviewer.app.compare.comparing import Comparing
from vgviewer.app.files import Files
from vgviewer.app.runs import Runs

if TYPE_CHECKING:  # pictures are loaded when there is something to see, after the first paint
    from vgviewer.app.library.window import LibraryWindow


class Library(QObject):
    """What is chosen there is opened in the main window, or compared."""

    said = Signal(str)

    def __init__(self, window: QWidget, runs: Runs, files: Files, comparing: Comparing) -> None:
        super().__init__(window)
        self._window, self._runs, self._files, self._comparing = window, runs, files, comparing
        self.shown: LibraryWindow | None = None

    def show(self) -> None:
        """The list, read anew."""
        from vgviewer.app.library.window import LibraryWindow

        if self.shown is None:
            self.shown = LibraryWindow(self._runs.shelf, self._runs.in_use, self._window)
            self.shown.open_wanted.connect(self._open)
            self.shown.compare_wanted.connect(self._compare)
            self.shown.said.connect(self.said)
            self.shown.finished.connect(self._forget)
        self.shown.show()
        self.shown.raise_()
        self.shown.activateWindow()

    def _open(self, path: Path) -> None:
        self._files.open_path(path)

    def _compare(self, paths: list[Path]) -> None:
        self._comparing.open_runs(paths)

    def _forget(self) -> None:
        self.shown = None
