"""Ctrl+C and the system's wish to end: a Python handler alone never runs while Qt's loop idles."""

import signal
import socket
from collections.abc import Callable
from types import FrameType

from PySide6.QtCore import QObject, QSocketNotifier

ENDING = ("SIGINT", "SIGTERM", "SIGHUP")  # Windows has no SIGHUP


class Termination(QObject):
    """The first signal closes cleanly; the second ends the program at once, as without us."""

    def __init__(self, leave: Callable[[], object], parent: QObject) -> None:
        super().__init__(parent)
        self._leave = leave
        self._inbox, self._outbox = socket.socketpair()
        self._inbox.setblocking(False)
        self._outbox.setblocking(False)
        self._notifier = QSocketNotifier(self._inbox.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._wake)
        signal.set_wakeup_fd(self._outbox.fileno(), warn_on_full_buffer=False)
        for number in _ending():
            signal.signal(number, self._caught)

    def close(self) -> None:
        """Gives the signals back."""
        signal.set_wakeup_fd(-1)
        self._notifier.setEnabled(False)
        self._inbox.close()
        self._outbox.close()

    def _caught(self, number: int, frame: FrameType | None) -> None:
        for each in _ending():  # whoever is impatient takes another one
            signal.signal(each, signal.SIG_DFL)

    def _wake(self) -> None:
        if self._inbox.recv(64):
            self._leave()


def _ending() -> list[signal.Signals]:
    return [getattr(signal, name) for name in ENDING if hasattr(signal, name)]
