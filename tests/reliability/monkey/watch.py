"""Watches a program that is played with: what nobody caught, what Qt warns of, and how long the window stood still."""

import faulthandler
import os
import sys
import tempfile
import threading
import time
import traceback
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QMessageLogContext, QObject, QTimer, QtMsgType, qInstallMessageHandler

BEAT_MS = 20
STALL_S = 1.0
LOOK_S = 0.1
SCHEDULE = Path(f"/proc/self/task/{os.getpid()}/schedstat")
WARNINGS = (QtMsgType.QtWarningMsg, QtMsgType.QtCriticalMsg, QtMsgType.QtFatalMsg)
OF_THE_PLATFORM = "This plugin does not support "  # offscreen cannot do what a desktop can


class Watch(QObject):
    """`heard` gets a kind ("exception", "warning" or "stall") and its text, on whichever thread it happens."""

    def __init__(self, heard: Callable[[str, str], None]) -> None:
        super().__init__()
        self._heard = heard
        self.longest_s = 0.0
        self._beat_at, self._waited = time.monotonic(), waited_s()
        self._stood: list[str] = []  # where the window's thread was while no beat came
        self._timer = QTimer(self, interval=BEAT_MS)
        self._timer.timeout.connect(self.beat)
        self._ends = threading.Event()
        self._thread = threading.Thread(target=self._look, name="watch", daemon=True)

    def begin(self) -> None:
        """From now on."""
        faulthandler.enable()
        qInstallMessageHandler(self._note)
        self.skip()
        self._timer.start()
        self._thread.start()

    def listen(self) -> None:
        """To what nobody catches; whoever listened before is told, too."""
        uncaught, in_thread, unraisable = sys.excepthook, threading.excepthook, sys.unraisablehook

        def hear(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
            self.hear_error(error)
            uncaught(kind, error, trace)

        def hear_thread(arguments: threading.ExceptHookArgs) -> None:
            self.hear_error(arguments.exc_value)
            in_thread(arguments)

        def hear_unraisable(arguments: "sys.UnraisableHookArgs") -> None:
            self.hear_error(arguments.exc_value)
            unraisable(arguments)

        sys.excepthook, threading.excepthook, sys.unraisablehook = hear, hear_thread, hear_unraisable

    @staticmethod
    def forget() -> None:
        """Those who listened, which hold what they belong to."""
        sys.excepthook, threading.excepthook = sys.__excepthook__, threading.__excepthook__
        sys.unraisablehook = sys.__unraisablehook__

    def hear_error(self, error: BaseException | None) -> None:
        """With its whole trace."""
        if error is not None:
            self._heard("exception", "".join(traceback.format_exception(error)))

    def beat(self) -> None:
        """The window's thread is alive."""
        now, waited = time.monotonic(), waited_s()
        gap = now - self._beat_at - (waited - self._waited)  # other programs' share is no stall of this one
        self._beat_at, self._waited = now, waited
        self.longest_s = max(self.longest_s, gap)
        stood, self._stood = self._stood, []
        if gap > STALL_S:
            self._heard("stall", f"{gap:.2f} s\n" + "\n".join(stood[:4]))

    def skip(self) -> None:
        """What has taken time since the last beat was no doing of the program."""
        self._beat_at, self._waited, self._stood = time.monotonic(), waited_s(), []

    def end(self) -> None:
        """Nothing is heard any more."""
        self._timer.stop()
        self._ends.set()
        self._thread.join()

    def _look(self) -> None:
        while not self._ends.wait(LOOK_S):
            if time.monotonic() - self._beat_at > STALL_S / 3:
                with tempfile.TemporaryFile(
                    "w+"
                ) as file:  # a frame in Python's hands would keep painters alive
                    faulthandler.dump_traceback(file)
                    file.seek(0)
                    self._stood.append(file.read().strip().split("\n\n")[-1])

    def _note(self, kind: QtMsgType, context: QMessageLogContext, text: str) -> None:
        del context
        if kind in WARNINGS and not text.startswith(OF_THE_PLATFORM):
            where = "".join(traceback.format_stack()[-8:-1])
            self._heard("warning", f"{text}\n{where}")


def waited_s() -> float:
    """How long the window's thread could have gone on so far, and had no processor."""
    _, waited_ns, _ = SCHEDULE.read_text().split()
    return int(waited_ns) / 1e9
