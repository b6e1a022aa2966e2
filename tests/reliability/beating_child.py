"""A 5 ms timer in the window while networks of four sizes train. Prints how late it fires (ms) as JSON: the latest
while torch is loaded and the first steps are made, then of each size the 99th percentile and the latest, each of
its best second. Time in which a thread of ours could have run while other programs had the processors is not ours, and
does not count."""

import json
import threading
import time
from contextlib import suppress
from pathlib import Path

import numpy as np
from PySide6.QtCore import QEventLoop, QTimer

from vgviewer.app.boot import Warmth
from vgviewer.app.measured import Heartbeat, a_window
from vgviewer.app.window import Window
from vgviewer.experiment import Experiment, find, load

OURS = "vgviewer-"  # the threads that train and load torch
UNITS = (4, 16, 64, 128)
WARM_S, LISTEN_S, LONGEST_S = 1.0, 1.0, 60.0
ROUNDS = 4  # of listening to each size
WARM_STEPS = 5


def queued_ms() -> dict[int, float]:
    """How long the window's thread and those that train or load torch have waited for a processor; nothing where the
    system does not say."""
    waited = {}
    for thread in threading.enumerate():
        if thread is threading.main_thread() or thread.name.startswith(OURS):
            with suppress(FileNotFoundError):  # it has just ended, or this is not Linux
                told = Path(f"/proc/self/task/{thread.native_id}/schedstat").read_text()
                waited[thread.native_id or 0] = int(told.split()[1]) / 1e6
    return waited


class FairHeartbeat(Heartbeat):
    """Does not count that others had the processors: the longest of the threads' waits in the time."""

    def listen(self, seconds: float) -> float:
        self._queued = queued_ms()
        return super().listen(seconds)

    def _beat(self) -> None:
        super()._beat()
        before, self._queued = self._queued, queued_ms()
        self._late_ms[-1] -= max(
            (now - before.get(name, now) for name, now in self._queued.items()), default=0.0
        )


def wait(seconds: float) -> None:
    """While Qt goes on."""
    loop = QEventLoop()
    QTimer.singleShot(int(seconds * 1000), loop.quit)
    loop.exec()


def late_ms(heart: Heartbeat, seconds: float) -> list[float]:
    """All of them, each by how much."""
    heart.listen(seconds)
    return heart._late_ms


def sized(units: int) -> Experiment:
    """An LSTM of so many units that trains for longer than it is listened to."""
    experiment = load(find("lstm-default"))
    layers = tuple(
        each.model_copy(update={"units": units}) if each.type == "lstm" else each
        for each in experiment.network.layers
    )
    training = experiment.training.replace(steps=10_000_000)
    return experiment.replace(
        network=experiment.network.model_copy(update={"layers": layers}), training=training
    )


def begin(window: Window, units: int) -> None:
    """Trains it, from its first steps on."""
    window.document.replace(sized(units), None)
    window.live.train_anew()


def warm_up(window: Window, heart: Heartbeat) -> list[float]:
    """Until torch is loaded and the first steps are made."""
    Warmth(window).begin()
    begin(window, UNITS[0])
    late: list[float] = []
    ends = time.monotonic() + LONGEST_S
    while window.live.steps_made < WARM_STEPS and time.monotonic() < ends:
        late += late_ms(heart, 0.5)
    return late


def main() -> None:
    with a_window() as window:
        window.show()
        wait(WARM_S)
        heart = FairHeartbeat()
        found: dict[str, object] = {"warm-up": max(warm_up(window, heart))}
        sizes = {}
        for units in UNITS:
            begin(window, units)
            wait(WARM_S)
            before = window.live.steps_made
            rounds = [late_ms(heart, LISTEN_S) for _ in range(ROUNDS)]
            sizes[units] = {
                "p99": min(float(np.percentile(late, 99)) for late in rounds),
                "max": min(max(late) for late in rounds),
                "steps": window.live.steps_made - before,
            }
        window.live.stop(5)
    print(json.dumps(found | {"sizes": sizes}))


if __name__ == "__main__":
    main()
