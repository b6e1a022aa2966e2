"""What nobody caught: written to the log, and said in one dialog however often it happens."""

import sys
import threading
import time
import traceback
from types import TracebackType

import shiboken6
from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication, QWidget

from vgviewer.app.log import log, log_file
from vgviewer.app.report import Report

QUIET_S = 60.0  # the same fault is not shown again so soon
MOST_LOGGED = 20  # of one fault; a slot that fails at every frame must not fill the disk
LONGEST_REASON = 300  # characters of a fault's own words; the details have them all
SENTENCE = "Something went wrong inside vgviewer."
ADVICE = (
    "The window goes on, and your network is still open: save it now. The details help whoever mends this."
)


class Faults(QObject):
    """`came` crosses from any thread to the window's own: the fault's name, its own words, the whole trace."""

    came = Signal(str, str, str)
    said = Signal(str)  # for the history of messages

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._report: Report | None = None
        self._shown = ""
        self._counts: dict[str, int] = {}
        self._shown_at: dict[str, float] = {}
        self._same = self._others = 0
        self.came.connect(self._show)

    def install(self) -> None:
        """Listens to the interpreter, its threads, and what fails while something is deleted."""
        sys.excepthook = self._uncaught
        threading.excepthook = self._in_thread
        sys.unraisablehook = self._unraisable

    def _uncaught(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            QApplication.exit(0)
            return
        self._note(error, trace)

    def _in_thread(self, arguments: threading.ExceptHookArgs) -> None:
        if arguments.exc_value is not None:
            self._note(arguments.exc_value, arguments.exc_traceback)

    def _unraisable(self, arguments: "sys.UnraisableHookArgs") -> None:
        if arguments.exc_value is not None:
            self._note(arguments.exc_value, arguments.exc_traceback)

    def _note(self, error: BaseException, trace: TracebackType | None) -> None:
        details = "".join(traceback.format_exception(type(error), error, trace))
        last = traceback.extract_tb(trace)[-1:]
        name = f"{type(error).__name__} at {last[0].filename}:{last[0].lineno}" if last else repr(error)
        count = self._counts[name] = self._counts.get(name, 0) + 1
        if count <= MOST_LOGGED:
            log.error("%s", details)
        if shiboken6.isValid(self):  # the hooks outlive the window
            self.came.emit(name, in_words(error), details)

    def _show(self, name: str, words: str, details: str) -> None:
        if self._report is not None:
            self._same += name == self._shown
            self._others += name != self._shown
            self._report.say(f"{ADVICE}{self._counted()}")
            return
        now = time.monotonic()
        if now - self._shown_at.get(name, -QUIET_S) < QUIET_S:
            return
        self._shown_at[name] = now
        self._shown, self._same, self._others = name, 1, 0
        details = f"{details}\nThe log is {log_file()}"
        self._report = Report(
            self._window, "vgviewer", SENTENCE, ADVICE, details, reason=words, is_folded=True
        )
        self._report.finished.connect(self._forget)
        self._report.open()
        self.said.emit(f"{SENTENCE} {words}")

    def _counted(self) -> str:
        same = f"\nIt has happened {self._same:,} times." if self._same > 1 else ""
        others = f"\n{self._others:,} other faults stand in the log." if self._others else ""
        return same + others

    def _forget(self) -> None:
        self._report = None


def in_words(error: BaseException) -> str:
    """Why, as far as the fault knows itself: one line."""
    said = " ".join(str(error).split())
    said = said if len(said) <= LONGEST_REASON else f"{said[:LONGEST_REASON]}…"
    return f"{type(error).__name__}: {said}" if said else type(error).__name__
