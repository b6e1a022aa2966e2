"""What the window costs, each figure in a process of its own (`vgviewer bench` starts them).

    python -m vgviewer.app.measured PRESET SECONDS

prints how late a 5 ms timer fires at rest and while a run is drawn, and how fast the run goes, as JSON.
"""

import json
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
from PySide6.QtCore import QEventLoop, QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication

from vgviewer.app.dress import wear
from vgviewer.app.preferences import Preferences
from vgviewer.app.window import Window
from vgviewer.experiment import find, load

INTERVAL_MS = 5
ENDLESS = 10_000_000
SETTLING_S = 1.0
WARM_UP_S = 6.0  # torch is loaded, and the first steps are made
SIZE = (1440, 900)


class Heartbeat(QObject):
    """A timer that notes how long after its time it fires."""

    def __init__(self) -> None:
        super().__init__()
        self._timer = QTimer(self, interval=INTERVAL_MS, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)
        self._last = 0.0
        self._late_ms: list[float] = []

    def _beat(self) -> None:
        now = time.perf_counter()
        self._late_ms.append((now - self._last) * 1000 - INTERVAL_MS)
        self._last = now

    def listen(self, seconds: float) -> float:
        """The 99th percentile of the lateness in ms, over so many seconds of the event loop."""
        self._late_ms, self._last = [], time.perf_counter()
        self._timer.start()
        _wait(seconds)
        self._timer.stop()
        return float(np.percentile(self._late_ms, 99))


def first_paint(begun: float) -> float:
    """Seconds from `begun` (time.perf_counter) until the window has been painted with what comes first."""
    with a_window() as window:
        loop = QEventLoop()
        window.painted.connect(loop.quit)
        window.show()
        window.open_first(None)
        loop.exec()
        return time.perf_counter() - begun


def while_training(preset: str, seconds: float) -> dict[str, float]:
    """The window at rest, then drawing a run for longer than is measured."""
    with a_window() as window:
        window.show()
        experiment = load(find(preset))
        endless = experiment.replace(training=experiment.training.replace(steps=ENDLESS))
        window.document.replace(endless, None)
        heartbeat = Heartbeat()
        _wait(SETTLING_S)
        rest = heartbeat.listen(seconds / 2)
        window.live.train_or_pause()
        _wait(WARM_UP_S)
        before, begun = _steps_made(window), time.perf_counter()
        _wait(seconds)  # without the timer, which takes the interpreter from training as well
        rate = (_steps_made(window) - before) / (time.perf_counter() - begun)
        training = heartbeat.listen(seconds / 2)
        window.live.stop(5.0)
    return {"rest_p99_ms": rest, "training_p99_ms": training, "steps_per_second": rate}


@contextmanager
def a_window() -> Iterator[Window]:
    application = QApplication.instance() or QApplication([])
    assert isinstance(application, QApplication)
    with tempfile.TemporaryDirectory() as folder:  # the person's own settings have no part in it
        preferences = Preferences(Path(folder) / "settings.ini")
        wear(application, preferences.theme)
        window = Window(preferences)
        window.resize(*SIZE)
        yield window
        window.close()


def _wait(seconds: float) -> None:
    loop = QEventLoop()
    QTimer.singleShot(int(seconds * 1000), loop.quit)
    loop.exec()


def _steps_made(window: Window) -> int:
    history = window.live.history
    return history.latest.step if history is not None and history.latest is not None else 0


if __name__ == "__main__":
    print(json.dumps(while_training(sys.argv[1], float(sys.argv[2]))))
