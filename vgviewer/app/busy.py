"""Work that may take long: the window stays alive, says what it waits for, and lets a person give up.

    experiment = busy.do("Opening net.vgnet.json", partial(load, path))

What takes less than a fifth of a second is just done. After that the cursor is busy and the status line says why;
after two seconds there is a way out.
"""

import threading
from collections.abc import Callable
from typing import Generic, TypeVar

from PySide6.QtCore import QEventLoop, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QProgressBar, QPushButton, QVBoxLayout, QWidget

from vgviewer.app import theme

T = TypeVar("T")

CURSOR_S, CANCEL_S = 0.2, 2.0
POLL_MS = 20
WIDTH = 360  # px


class Cancelled(Exception):
    """The person has given up; what the work finds is thrown away."""


class Busy(QObject):
    """Does one thing at a time, on a thread that ends with its answer: a value goes in, a value comes out."""

    said = Signal(str)  # for the status line; empty when it is over

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window

    def do(self, words: str, work: Callable[[], T]) -> T:
        """The work's result; raises what it raises, or Cancelled. It must not touch Qt nor change what others see."""
        answer = _Answer(work)
        if not answer.wait(CURSOR_S):
            self._wait_for(answer, words)
        return answer.result()

    def _wait_for(self, answer: "_Answer[T]", words: str) -> None:
        QGuiApplication.setOverrideCursor(Qt.CursorShape.BusyCursor)
        self.said.emit(f"{words}…")
        try:
            self._wait_alone(answer)
            if not answer.is_there and not Patience(answer, words, self._window).exec():
                raise Cancelled
        finally:
            QGuiApplication.restoreOverrideCursor()
            self.said.emit("")

    def _wait_alone(self, answer: "_Answer[T]") -> None:
        """The window repaints; clicks and keys wait, for they would meet a window in the middle of something."""
        loop = QEventLoop()
        ending = QTimer(loop, interval=round((CANCEL_S - CURSOR_S) * 1000), singleShot=True)
        ending.timeout.connect(loop.quit)
        ending.start()
        poll = _Poll(answer, loop)
        poll.answered.connect(loop.quit)
        loop.exec(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)
        for timer in (ending, poll.timer):
            timer.stop()


class Patience(QDialog):
    """Goes away by itself when the answer is there."""

    def __init__(self, answer: "_Answer[T]", words: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("One moment")
        label, bar = QLabel(f"{words}…", self), QProgressBar(self)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(True)
        bar.setRange(0, 0)  # nobody knows how long
        bar.setAccessibleName(words)
        self.cancel = QPushButton("Cancel", self)
        self.cancel.setToolTip("Give up; everything stays as it is (Esc)")
        self.cancel.clicked.connect(self.reject)
        buttons, column = QHBoxLayout(), QVBoxLayout(self)
        buttons.addStretch(1)
        buttons.addWidget(self.cancel)
        theme.grow(column.setContentsMargins, *[2 * theme.GRID] * 4)
        theme.grow(column.setSpacing, 2 * theme.GRID)
        column.addWidget(label)
        column.addWidget(bar)
        column.addLayout(buttons)
        theme.grow(self.setMinimumWidth, WIDTH)
        self._poll = _Poll(answer, self)
        self._poll.answered.connect(self.accept)

    def done(self, result: int) -> None:
        """Whichever way it ends, nobody looks any more."""
        self._poll.timer.stop()
        super().done(result)


class _Answer(Generic[T]):
    """What a thread finds, or what it raises."""

    def __init__(self, work: Callable[[], T]) -> None:
        self._work = work
        self._found: list[T] = []
        self._error: Exception | None = None
        self._thread = threading.Thread(target=self._run, name="vgviewer-busy", daemon=True)
        self._thread.start()

    @property
    def is_there(self) -> bool:
        return not self._thread.is_alive()

    def wait(self, seconds: float) -> bool:
        self._thread.join(seconds)
        return self.is_there

    def result(self) -> T:
        self._thread.join()
        if self._error is not None:
            raise self._error
        return self._found[0]

    def _run(self) -> None:
        try:
            self._found.append(self._work())
        except Exception as error:  # the one who waits gets it
            self._error = error


class _Poll(QObject):
    answered = Signal()

    def __init__(self, answer: _Answer[T], parent: QObject) -> None:
        super().__init__(parent)
        self._answer = answer
        self.timer = QTimer(self, interval=POLL_MS)
        self.timer.timeout.connect(self._look)
        self.timer.start()

    def _look(self) -> None:
        if self._answer.is_there:
            self.timer.stop()
            self.answered.emit()
