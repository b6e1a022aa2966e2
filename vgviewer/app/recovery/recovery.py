"""What happens at a start after a crash; the journal of this program is kept from then on."""

from pathlib import Path

from platformdirs import user_state_path
from PySide6.QtCore import QObject

from vgviewer.app.log import log
from vgviewer.app.recovery.journal import Head, Journal, Unreadable, left_behind
from vgviewer.app.recovery.keeper import Keeper
from vgviewer.app.recovery.question import Question
from vgviewer.app.report import Report
from vgviewer.app.window import Window
from vgviewer.experiment import Experiment, PresetError, load

DAMAGED = "vgviewer ended before your changes were saved, and what was kept of them is damaged."
CRASHED = "vgviewer crashed the last time it was open."
NOTHING_LOST = "There were no unsaved changes. Copy the report, and hand it to whoever mends this."


def default_folder() -> Path:
    """Where journals lie."""
    return user_state_path("vgviewer", appauthor=False) / "journals"


class Recovery(QObject):
    """Without a place to write to there is no journal, and the program works all the same."""

    def __init__(self, window: Window, folder: Path | None = None, crash: str = "") -> None:
        super().__init__(window)
        self._window = window
        self._crash = crash  # the trace of a program that did not end by itself
        self._folder = folder or default_folder()
        self._keeper: Keeper | None = None
        self._found: tuple[Journal, Head, Experiment] | None = None
        self._is_leaving = False
        try:
            journal = Journal.fresh(self._folder)
        except OSError as error:
            log.warning("no journal is kept: %s", error)
            return
        self._keeper = Keeper(window.document, journal, self._preset, self)

    def ask(self) -> None:
        """Offers the newest that was left behind, others wait for the next start; a crash is told in any case."""
        if not self._offer() and self._crash:
            Report(self._window, "vgviewer", CRASHED, NOTHING_LOST, self._crash, is_folded=True).open()

    def _offer(self) -> bool:
        for journal in left_behind(self._folder):
            try:
                head, experiment = journal.read()
            except Unreadable as error:
                self._tell_of_damage(journal, error)
                continue
            if experiment == self._saved(head):  # killed between the save and the end of the journal
                journal.remove()
                journal.release()
                continue
            self._found = journal, head, experiment
            question = Question(head, self._window, self._crash)
            question.recover_wanted.connect(self._recover)
            question.discard_wanted.connect(self._discard)
            question.finished.connect(self._put_off)
            question.open()
            return True
        return False

    def leave(self) -> None:
        """The system ends the program without a question: what is unsaved is offered at the next start."""
        self._is_leaving = True
        self._window.desk.inspector.finish()
        if self._keeper is not None:
            self._keeper.flush()
        self._window.leave()

    def close(self) -> None:
        """The end of the program, after the window has closed."""
        self._put_off()
        if self._keeper is not None:
            self._keeper.close(keeps=self._is_leaving and self._window.document.modified)
            self._keeper = None

    def _recover(self) -> None:
        if self._found is None:
            return
        (journal, head, experiment), self._found = self._found, None
        window = self._window
        is_open = self._saved(head) is not None and window.files.open_again(head.path or head.preset)
        if not is_open and not window.files.new():
            journal.release()
            return
        window.document.edit("Recover changes", experiment)
        if self._keeper is not None:
            self._keeper.adopt(journal)
        window.say(f"Recovered “{head.title}”; save it to keep the changes.")

    def _discard(self) -> None:
        if self._found is not None:
            self._found[0].remove()

    def _put_off(self) -> None:
        if self._found is not None:
            self._found[0].release()
            self._found = None

    def _tell_of_damage(self, journal: Journal, error: Unreadable) -> None:
        log.warning("%s is damaged: %s", journal.file, error)
        journal.set_aside()
        journal.release()
        recents = self._window.preferences.recents
        name = error.path or (str(recents[0]) if recents else "")
        is_open = self._window.files.open_again(name)
        self._window.say(f"{DAMAGED} Your last save is open." if is_open else DAMAGED)

    def _saved(self, head: Head) -> Experiment | None:
        """What the document was before it was changed, as far as it is still there."""
        try:
            path = Path(head.path) if head.path else self._window.files.shipped_path(head.preset)
            return None if path is None else load(path)
        except PresetError:
            return None

    def _preset(self) -> str:
        return self._window.document.preset
