"""One line above the network: what theory expects of it as drawn, and beside it what a run has measured."""

from concurrent.futures import Future, ThreadPoolExecutor
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from vgviewer.app.picture.header import Elided
from vgviewer.experiment import Experiment
from vgviewer.frames import History

if TYPE_CHECKING:  # theory is loaded when there is something to expect, after the first paint
    from vgviewer.theory import Prediction

DELAY_MS = 250  # after the last edit; a slider that is dragged does not ask ten times a second
LOOK_MS = 40  # how often it is asked whether the answer has come


class Foresight(Elided):
    """Theory takes up to 0.2 s for ten recurrent layers, so it thinks on a thread of its own, which knows values only
    and ends with its answer."""

    answered = Signal(object)  # the Prediction, or None when another network was drawn

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("role", "muted")
        self.setAccessibleName("What is expected")
        self._asked: Experiment | None = None
        self._answer: Future[Prediction] | None = None
        self._prediction: Prediction | None = None
        self._history: History | None = None
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._look)

    def expect(self, experiment: Experiment) -> None:
        """Takes the network as drawn; says nothing of one that has problems."""
        parts = (experiment.network, experiment.task, experiment.training)
        asked = self._asked
        if asked is not None and parts == (asked.network, asked.task, asked.training):
            if self._answer is None and self.isVisible():
                self._timer.start(DELAY_MS)  # its data may have come only now
            return
        self._asked, self._answer, self._prediction = experiment, None, None
        self._say("", "")
        self.answered.emit(None)
        if self.isVisible():
            self._timer.start(DELAY_MS)

    def compare(self, history: History | None) -> None:
        """Takes the run of this very network; None while there is none."""
        self._history = history
        self._show()

    def finish(self) -> None:
        """Says it at once, for a picture."""
        while self._prediction is None and self._asked is not None and not self._asked.problems:
            if self._answer is not None:
                self._answer.exception()  # waits
            self._look()
        self._timer.stop()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._prediction is None:
            self._timer.start(DELAY_MS)

    def hideEvent(self, event: QHideEvent) -> None:
        self._timer.stop()
        if self._answer is not None:
            self._answer.exception()  # waits: nothing goes on behind a window that is closed
        super().hideEvent(event)

    def _look(self) -> None:
        if self._asked is None or self._asked.problems:
            return
        if self._answer is None:
            self._answer = _think(self._asked.settled())  # its file may be written again meanwhile
        elif self._answer.done():
            self._prediction = self._answer.result()
            self._show()
            self.answered.emit(self._prediction)
            return
        self._timer.start(LOOK_MS)

    def _show(self) -> None:
        if self._prediction is None:
            return
        from vgviewer.app.expected import compared, expected

        latest = self._history.latest if self._history else None
        if self._history is None or latest is None or not latest.readings:
            self._say(*expected(self._prediction))
        else:
            self._say(*compared(self._prediction, self._history.started, latest))

    def _say(self, line: str, whole: str) -> None:
        if line != self.text():
            self.setText(line)
        self.setToolTip(whole)
        self.setAccessibleDescription(whole)


def _think(experiment: Experiment) -> "Future[Prediction]":
    thread = ThreadPoolExecutor(1, thread_name_prefix="theory")
    answer = thread.submit(_predict, experiment)
    thread.shutdown(wait=False)  # ends with its answer
    return answer


def _predict(experiment: Experiment) -> "Prediction":
    from vgviewer.theory import predict

    return predict(experiment)
