"""New, open, save: what happens to the document's file, and what is asked before something is lost."""

import os
from collections.abc import Callable
from functools import partial
from hashlib import sha256
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from vgviewer.app import dialogs
from vgviewer.app.busy import Busy, Cancelled
from vgviewer.app.document import Document
from vgviewer.app.preferences import Preferences
from vgviewer.experiment import ENDING, Card, Experiment, PresetError, SaveError, load
from vgviewer.experiment.reading import read_bytes
from vgviewer.recording import ENDING as RUN_ENDING
from vgviewer.recording import BadRun, Recording


class Files(QObject):
    """A refused file leaves the open document exactly as it was."""

    opened = Signal()
    run_opened = Signal(object)  # Recording, whose experiment is the document now
    saved = Signal()
    said = Signal(str)  # what was done, for the status line
    refused = Signal(str)  # what a dialog has said, for whoever keeps it

    def __init__(
        self, window: QWidget, document: Document, preferences: Preferences, cards: list[Card]
    ) -> None:
        super().__init__(window)
        self._window = window
        self._document = document
        self._preferences = preferences
        self._cards = {card.id: card for card in cards}
        self.busy = Busy(window)
        self.busy.said.connect(self.said)
        self.at_stake: Callable[[], str] = str  # what of a run would be lost, in words
        self._seen: dict[
            Path, bytes
        ] = {}  # the digest of what each file held when it was read or written here

    def new(self) -> bool:
        """An empty network; False when the person keeps the open one."""
        if not self.may_replace():
            return False
        self._document.new()
        self.opened.emit()
        return True

    def open(self) -> bool:
        """Asks for a file."""
        path = dialogs.ask_open_path(self._window, self._preferences.folder)
        return path is not None and self.open_path(path)

    def open_preset(self, preset_id: str) -> bool:
        """A copy of a shipped preset, which has no file of its own yet."""
        card = self._cards.get(preset_id)
        return card is not None and self.open_path(card.path)

    def open_path(self, path: Path) -> bool:
        """Reads first, asks then: a file that cannot be used costs nothing."""
        if path.name.endswith(RUN_ENDING):
            return self._open_run(path)
        try:
            content, experiment = self.busy.do(f"Opening {path.name}", partial(_read, path))
        except Cancelled:
            return False
        except PresetError as error:
            self.refused.emit(dialogs.refusal(error))
            dialogs.show_refusal(self._window, error)
            return False
        if not self.may_replace():
            return False
        shipped = next((card.id for card in self._cards.values() if card.path == path), None)
        self._seen[path.absolute()] = content
        self._document.replace(experiment, None if shipped else path.absolute(), shipped or "")
        if not shipped:
            self._note(path)
        self.opened.emit()
        return True

    def _open_run(self, path: Path) -> bool:
        """The network that was trained, and what became of it."""
        try:
            recording = self.busy.do(f"Opening {path.name}", partial(_recording, path))
        except Cancelled:
            return False
        except BadRun as error:
            self.refused.emit(str(error))
            dialogs.show_bad_run(self._window, path, str(error))
            return False
        if not self.may_replace():
            recording.close()
            return False
        self._document.replace(recording.experiment, None)
        self._note(path)
        self.opened.emit()
        self.run_opened.emit(recording)
        return True

    def shipped_path(self, preset_id: str) -> Path | None:
        """Where a shipped preset lies."""
        card = self._cards.get(preset_id)
        return None if card is None else card.path

    def open_again(self, name: str) -> bool:
        """What `name` gave at an earlier end; False, and no question, where it is not there any more."""
        if name in self._cards:
            return self.open_preset(name)
        path = Path(name)
        return path.is_absolute() and os.path.isfile(path) and self.open_path(path)

    @property
    def name(self) -> str:
        """By which the document is opened again: its file, or the preset it is a copy of; empty for neither."""
        return str(self._document.path or self._document.preset)

    def save(self) -> bool:
        """Into its file, or as another one when it has none."""
        path = self._document.path
        if path is None:
            return self.save_as()
        if self._is_as_seen(path):
            return self._write(path)
        answer = dialogs.ask_about_changed_file(self._window, path.name)
        return self._write(path) if answer == "overwrite" else answer == "save as" and self.save_as()

    def save_as(self) -> bool:
        """Asks where to."""
        suggestion = self._preferences.folder / f"{self.stem}{ENDING}"
        path = dialogs.ask_save_path(self._window, suggestion, dialogs.PRESETS, ENDING)
        return path is not None and self._write(path)

    def may_replace(self) -> bool:
        """Whether the open document and its run may go: nothing is lost by it, or the person has decided."""
        if not self._document.modified:
            return self.may_drop_run()
        answer = dialogs.ask_about_changes(self._window, self._document.title, self.at_stake())
        return self.save() if answer == "save" else answer == "discard"

    def may_drop_run(self) -> bool:
        """Whether the run may go: it has cost little, or the person has decided."""
        run = self.at_stake()
        return not run or dialogs.ask_about_run(self._window, run)

    def forget_recents(self) -> None:
        """Empties the list of recent files."""
        self._preferences.forget_recents()

    @property
    def stem(self) -> str:
        """The document's name as a file's name without its ending."""
        if self._document.path is not None:
            return self._document.title
        name = self._document.preset or self._document.title
        return "".join(c if c.isalnum() or c in "-_ " else "-" for c in name).strip(" -")[:80] or "network"

    def _write(self, path: Path) -> bool:
        try:
            self._document.save(path)
        except SaveError as error:
            self.refused.emit(str(error))
            dialogs.show_save_failure(self._window, str(error))
            return False
        self._seen[path.absolute()] = digest(path)
        self._note(path)
        self.saved.emit()
        self.said.emit(f"Saved to {path}.")
        return True

    def _is_as_seen(self, path: Path) -> bool:
        """Whether a save replaces nothing that somebody else has written; a file that is gone is none."""
        return path not in self._seen or not path.exists() or digest(path) == self._seen[path]

    def _note(self, path: Path) -> None:
        self._preferences.remember(path)
        self._preferences.folder = path.absolute().parent


def _recording(path: Path) -> Recording:
    recording = Recording(path)
    if not len(recording.steps):
        recording.close()
        raise BadRun(f"{path} holds no training step. Choose another file.")
    return recording


def _read(path: Path) -> tuple[bytes, Experiment]:
    """Its digest first: what changes meanwhile is noticed."""
    return digest(path), load(path)


def digest(path: Path) -> bytes:
    """Of what the file holds; empty when it cannot be read."""
    try:
        return sha256(read_bytes(path, str(path))).digest()
    except PresetError:
        return b""
