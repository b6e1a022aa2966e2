"""Keeps the journal of the open document: half a second after an edit, on a thread that ends when it is written."""

import threading
import time
from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QObject, QTimer

from vgviewer.app.document import Document
from vgviewer.app.log import log
from vgviewer.app.recovery.journal import Head, Journal
from vgviewer.experiment import Experiment, SaveError

DELAY_MS = 500  # not put off by further edits, so that a crash costs little more
MOST_EDITS = 5  # told by name


class Keeper(QObject):
    """A document without changes has no journal. A value goes to the thread, nothing comes back."""

    def __init__(
        self, document: Document, journal: Journal, preset: Callable[[], str], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._document = document
        self._journal = journal
        self._preset = preset
        self._writer: threading.Thread | None = None
        self._timer = QTimer(self, interval=DELAY_MS, singleShot=True)
        self._timer.timeout.connect(self._keep)
        document.changed.connect(self._soon)
        document.title_changed.connect(self._soon)

    def adopt(self, journal: Journal) -> None:
        """Goes on in this journal, which holds what is open now: at no moment there is none."""
        self._finish()
        self._journal.remove()
        self._journal.release()
        self._journal = journal

    def flush(self) -> None:
        """Brings what is open to the disk before it returns."""
        self._finish()
        self._keep()
        self._finish()

    def close(self, keeps: bool) -> None:
        """The end: of what the person decided about nothing is kept."""
        self._timer.stop()
        self._finish()
        if not keeps:
            self._journal.remove()
        self._journal.release()

    def _soon(self) -> None:
        if not self._timer.isActive():
            self._timer.start()

    def _keep(self) -> None:
        if self._writer is not None and self._writer.is_alive():  # a slow disk
            self._timer.start()
            return
        if not self._document.modified:
            self._journal.remove()
            return
        words = self._journal, self._head(), self._document.experiment
        self._writer = threading.Thread(target=_write, args=words, name="vgviewer-journal", daemon=True)
        self._writer.start()

    def _finish(self) -> None:
        if self._writer is not None:
            self._writer.join()

    def _head(self) -> Head:
        document, undo = self._document, self._document.undo
        clean, here = max(undo.cleanIndex(), 0), undo.index()
        done = [undo.text(index) for index in reversed(range(clean, here))]
        done += [f"Undo {undo.text(index)}" for index in range(here, clean)]
        edits = tuple(done[:MOST_EDITS])
        now = datetime.now().isoformat(timespec="seconds")
        path = "" if document.path is None else str(document.path)
        return Head(document.title, path, self._preset(), now, edits, len(done))


def _write(journal: Journal, head: Head, experiment: Experiment) -> None:
    time.sleep(
        0
    )  # the thread that paints goes on first: it waits for the interpreter while this one reads the value
    try:
        journal.write(head, experiment)
    except SaveError as error:  # a full disk is said when the person saves
        log.warning("the journal was not kept: %s", error)
