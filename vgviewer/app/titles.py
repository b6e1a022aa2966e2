"""What the open document is called, and what Save, Undo and Redo would do to it."""

from collections.abc import Mapping

import shiboken6
from PySide6.QtCore import QObject
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMainWindow

from vgviewer.app.document import Document
from vgviewer.app.top_bar import TopBar


class Titles(QObject):
    """Keeps the window's title, the bar's, and three commands up to date."""

    def __init__(
        self, window: QMainWindow, document: Document, commands: Mapping[str, QAction], top_bar: TopBar
    ) -> None:
        super().__init__(window)
        self._window, self._document = window, document
        self._commands, self._top_bar = commands, top_bar
        document.changed.connect(self.show_all)
        document.title_changed.connect(self.show_title)
        document.undo.undoTextChanged.connect(self.show_undo)
        document.undo.redoTextChanged.connect(self.show_undo)
        self.show_all()

    def show_all(self) -> None:
        """After an edit, or another document."""
        self.show_title()
        self.show_undo()

    def show_title(self) -> None:
        """Save can be chosen when it would write something: changes, or what has no file yet."""
        document, window = self._document, self._window
        experiment, title = document.experiment, document.title
        timesteps = experiment.task.inputs().timesteps
        length = f", {timesteps} timesteps" if timesteps else ""
        self._top_bar.show_title(title, f"{experiment.task.label}{length}")
        window.setWindowTitle(f"{title.replace('[*]', '')}[*] — vgviewer")
        window.setWindowModified(document.modified)
        window.setWindowFilePath(str(document.path or ""))
        self._commands["save"].setEnabled(document.modified or document.path is None)

    def show_undo(self) -> None:
        """Which edit it is."""
        undo = self._document.undo
        if not shiboken6.isValid(undo):  # it empties itself when the window goes, and says so
            return
        for name, verb, text, can in (
            ("undo", "&Undo", undo.undoText(), undo.canUndo()),
            ("redo", "&Redo", undo.redoText(), undo.canRedo()),
        ):
            said = text[:1].lower() + text[1:]
            self._commands[name].setText(f"{verb} {said.replace('&', '&&')}".rstrip())
            self._commands[name].setEnabled(can)
