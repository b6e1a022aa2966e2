"""What nobody caught: written to the log, and said in one dialog however often it happens."""

import sys
import threading
import time
import traceback
from types import TracebackType

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication, QWidget

from vgviewer.app.log import log, log_file
from vgviewer.app.report import Report

QUIET_S = 60.0  # the same fault is not shown again so soon
MOST_LOGGED = 20  # of one fault; a slot that fails at every frame must not fill the disk
SENTENCE = "Something went wrong inside vgviewer."
ADVICE = (
    "The window goes on, and your network is still open: save it now. The details help whoever mends this."
)


class Faults(QObject):
    """`came` crosses from any thread to the window's own."""

    came = Signal(str, str)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._report: Report | None = None
        self._counts: dict[str, int] = {}
        self._shown_at: dict[str, float] = {}
        self._more = 0
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
        self.came.emit(name, details)

    def _show(self, name: str, details: str) -> None:
        if self._report is not None:
            self._more += 1
            self._report.say(f"{ADVICE}\nIt has happened {self._more + 1} times.")
            return
        now = time.monotonic()
        if now - self._shown_at.get(name, -QUIET_S) < QUIET_S:
            return
        self._shown_at[name] = now
        self._more = 0
        self._report = Report(
            self._window, "vgviewer", SENTENCE, ADVICE, f"{details}\nThe log is {log_file()}"
        )
        self._report.finished.connect(self._forget)
        self._report.open()

    def _forget(self) -> None:
        self._report = None
