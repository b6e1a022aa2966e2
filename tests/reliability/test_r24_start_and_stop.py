"""R24: Start/stop training 500x: threads back to baseline, RSS < +5%, 0 warnings.

Every warning, Python's or Qt's, fails a test here, so none is counted by hand.
"""

import gc
import random
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest
from pytestqt.qtbot import QtBot

from tests.app.runs_by_hand import experiment
from tests.app.windows import make_window
from vgviewer.app.window import Window
from vgviewer.experiment import Experiment

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")
FULL_COUNT = 500
WARM_UP = 10  # what is loaded or reserved once, is by then
SEED = 20_261_123
PATIENCE_MS = 20_000
MOST_GROWTH = 0.05
MOMENTS = ("loading", "running", "paused", "ended")


def test_that_training_can_be_started_and_stopped_without_end(
    qtbot: QtBot, tmp_path: Path, count: Callable[[int], int], scoreboard: Callable[..., bool]
) -> None:
    window = make_window(qtbot, tmp_path)
    window.document.replace(short(), None)
    window.show()
    moments = random.Random(SEED)
    for moment in MOMENTS * (WARM_UP // len(MOMENTS) + 1):
        start_and_stop(qtbot, window, moment)
    threads, memory = standing()
    times = count(FULL_COUNT)
    for _ in range(times):
        start_and_stop(qtbot, window, moments.choice(MOMENTS))
    threads_after, memory_after = standing()
    growth = memory_after / memory - 1
    target = f"training started and stopped {times} times: threads as before, memory < +5 %, no warning"
    value = {"threads": threads, "threads_after": threads_after, "growth": round(growth, 4)}
    passed = threads_after <= threads and growth < MOST_GROWTH
    assert scoreboard("R24", target, value, passed, seed=SEED)


def short() -> Experiment:
    """A run that ends by itself after a few steps."""
    whole = experiment()
    return whole.replace(training=whole.training.replace(steps=20))


def start_and_stop(qtbot: QtBot, window: Window, moment: str) -> None:
    """Stopped while it loads, while it runs, while it is paused, or after its end."""
    live = window.live
    live.train_or_pause()
    if moment == "ended":
        qtbot.waitUntil(lambda: live.state == "ended", timeout=PATIENCE_MS)
    elif moment != "loading":
        qtbot.waitUntil(lambda: live.steps_made > 1 or live.state == "ended", timeout=PATIENCE_MS)
        if moment == "paused" and live.state == "running":
            live.train_or_pause()
    live.reset()
    assert live.stop(PATIENCE_MS / 1000)


def standing() -> tuple[int, int]:
    """The system's threads of this process and its memory in bytes, when nothing waits to be freed."""
    gc.collect()
    process = psutil.Process()
    return process.num_threads(), process.memory_info().rss
