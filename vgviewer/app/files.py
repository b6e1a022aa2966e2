"""New, open, save: what happens to the document's file, and what is asked before something is lost."""

from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from vgviewer.app import dialogs
from vgviewer.app.document import Document
from vgviewer.app.preferences import Preferences
from vgviewer.experiment import ENDING, Card, PresetError, SaveError, load


class Files(QObject):
    """A refused file leaves the open document exactly as it was."""

    opened = Signal()
    said = Signal(str)  # what was done, for the status line

    def __init__(
        self, window: QWidget, document: Document, preferences: Preferences, cards: list[Card]
    ) -> None:
        super().__init__(window)
        self._window = window
        self._document = document
        self._preferences = preferences
        self._cards = {card.id: card for card in cards}
        self.preset_id: str | None = None

    def new(self) -> bool:
        """An empty network; False when the person keeps the open one."""
        if not self.may_replace():
            return False
        self._document.new()
        self._show_preset(None)
        return True

    def open(self) -> bool:
        """Asks for a file."""
        path = dialogs.ask_open_path(self._window, self._preferences.folder)
        return path is not None and self.open_path(path)

    def open_preset(self, preset_id: str) -> bool:
        """A copy of a shipped preset, which has no file of its own yet."""
        return self.open_path(self._cards[preset_id].path)

    def open_path(self, path: Path) -> bool:
        """Reads first, asks then: a file that cannot be used costs nothing."""
        try:
            experiment = load(path)
        except PresetError as error:
            dialogs.show_refusal(self._window, error)
            return False
        if not self.may_replace():
            return False
        shipped = next((card.id for card in self._cards.values() if card.path == path), None)
        self._document.replace(experiment, None if shipped else path.absolute())
        if not shipped:
            self._note(path)
        self._show_preset(shipped)
        return True

    def save(self) -> bool:
        """Into its file, or as another one when it has none."""
        path = self._document.path
        return self.save_as() if path is None else self._write(path)

    def save_as(self) -> bool:
        """Asks where to."""
        suggestion = self._preferences.folder / f"{self.stem}{ENDING}"
        path = dialogs.ask_save_path(self._window, suggestion, dialogs.PRESETS, ENDING)
        return path is not None and self._write(path)

    def may_replace(self) -> bool:
        """Whether the open document may go: nothing unsaved in it, or the person has decided."""
        if not self._document.modified:
            return True
        answer = dialogs.ask_about_changes(self._window, self._document.title)
        return self.save() if answer == "save" else answer == "discard"

    def forget_recents(self) -> None:
        """Empties the list of recent files."""
        self._preferences.forget_recents()

    @property
    def stem(self) -> str:
        """The document's name as a file's name without its ending."""
        if self._document.path is not None:
            return self._document.title
        name = self.preset_id or self._document.title
        return "".join(c if c.isalnum() or c in "-_ " else "-" for c in name).strip(" -")[:80] or "network"

    def _write(self, path: Path) -> bool:
        try:
            self._document.save(path)
        except SaveError as error:
            dialogs.show_save_failure(self._window, str(error))
            return False
        self._note(path)
        self._show_preset(None)
        self.said.emit(f"Saved to {path}.")
        return True

    def _note(self, path: Path) -> None:
        self._preferences.remember(path)
        self._preferences.folder = path.absolute().parent

    def _show_preset(self, preset_id: str | None) -> None:
        self.preset_id = preset_id
        self.opened.emit()
