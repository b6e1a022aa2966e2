"""How late a 5 ms timer of the window fires, without training and while training with everything drawn.

    .venv/bin/python scripts/measure_window.py [PRESET …] [--seconds N]

Uses the display there is, else none (offscreen). Prints one JSON line for each preset; docs/measurements.md keeps them.
"""

import argparse
import json
import os
import platform
import tempfile
import time
from pathlib import Path

import numpy as np

INTERVAL_MS = 5
MANY_STEPS = 10_000_000
WARM_UP_S = 6.0  # torch is loaded, and the first steps are made
PRESETS = ("rnn-forgets", "lstm-default", "relu-40-skips")

if not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEventLoop, QObject, Qt, QTimer  # noqa: E402  (the platform is chosen first)
from PySide6.QtWidgets import QApplication  # noqa: E402

from vgviewer.app import theme  # noqa: E402
from vgviewer.app.preferences import Preferences  # noqa: E402
from vgviewer.app.window import Window  # noqa: E402
from vgviewer.experiment import find, load  # noqa: E402


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

    def listen(self, seconds: float) -> dict[str, float]:
        """Lateness in ms over so many seconds of the event loop."""
        self._late_ms, self._last = [], time.perf_counter()
        self._timer.start()
        wait(seconds)
        self._timer.stop()
        late = np.array(self._late_ms)
        return {name: round(float(value), 1) for name, value in _figures(late).items()}


def _figures(late: "np.ndarray[tuple[int], np.dtype[np.float64]]") -> dict[str, float]:
    median, p99 = np.percentile(late, [50, 99])
    return {"median_ms": float(median), "p99_ms": float(p99), "max_ms": float(late.max())}


def wait(seconds: float) -> None:
    """Lets the event loop run."""
    loop = QEventLoop()
    QTimer.singleShot(int(seconds * 1000), loop.quit)
    loop.exec()


def measured(preset: str, seconds: float, folder: Path) -> dict[str, object]:
    """One preset: the window at rest, then training, for longer than is measured."""
    window = Window(Preferences(folder / "settings.ini"))
    window.resize(1440, 900)
    window.show()
    experiment = load(find(preset))
    window.document.replace(experiment.replace(training=experiment.training.replace(steps=MANY_STEPS)), None)
    heartbeat = Heartbeat()
    wait(1.0)
    rest = heartbeat.listen(seconds / 2)
    window.live.train_or_pause()
    wait(WARM_UP_S)
    before, begun = steps_made(window), time.perf_counter()
    training = heartbeat.listen(seconds)
    rate = (steps_made(window) - before) / (time.perf_counter() - begun)
    window.live.stop(5.0)
    window.close()
    return {
        "preset": preset,
        "platform": QApplication.platformName(),
        "machine": f"{platform.machine()}, {os.cpu_count()} cores",
        "at_rest": rest,
        "training": training,
        "steps_per_second": round(rate, 1),
    }


def steps_made(window: Window) -> int:
    """The step of the newest frame that has arrived."""
    history = window.live.history
    return history.latest.step if history is not None and history.latest is not None else 0


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("presets", nargs="*", default=PRESETS)
    parser.add_argument("--seconds", type=float, default=20.0)
    wishes = parser.parse_args()
    application = QApplication.instance() or QApplication([])
    assert isinstance(application, QApplication)
    theme.apply(application, theme.LIGHT)
    with tempfile.TemporaryDirectory() as folder:
        for preset in wishes.presets:
            print(json.dumps(measured(preset, wishes.seconds, Path(folder))), flush=True)


if __name__ == "__main__":
    main()
