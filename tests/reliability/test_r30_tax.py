"""R30: the GUI tax: steps/s with all views open at least 80 % of headless (in bench); the worker's number of threads is
asserted inside the worker.

The tax is a figure of `vgviewer bench`, which runs alone on a machine; here is shown that it is measured there, against
which bound, and that the pictures of the Watch layout are really drawn meanwhile.
"""

import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
import torch

from tests.app.runs_by_hand import experiment
from tests.reliability.nursery import ROOT, at_home
from vgviewer.app.desk.layouts import WATCH
from vgviewer.app.views import VIEWS
from vgviewer.cli import bench
from vgviewer.engine.train import Trainer
from vgviewer.frames import Finished
from vgviewer.runner import Run

FEW = 5  # pictures in two seconds
SHORT = """
import json
from vgviewer.app import measured
from vgviewer.app.views.view import View
measured.SETTLING_S, measured.WARM_UP_S = 0.2, 8.0
drawn, draw = {}, View._draw
def counted(view, history):
    draw(view, history)
    drawn[type(view).__name__] = drawn.get(type(view).__name__, 0) + 1
seen = []
listen = measured.Heartbeat.listen
def looked(heartbeat, seconds):
    from PySide6.QtWidgets import QApplication
    late = listen(heartbeat, seconds)
    views = [view for window in QApplication.topLevelWidgets() for view in window.findChildren(View)]
    seen[:] = sorted({type(view).__name__ for view in views if view.isVisible()})
    return late
View._draw, measured.Heartbeat.listen = counted, looked
print(json.dumps([measured.while_training("rnn-forgets", 2.0), drawn, seen]))
"""


def test_that_the_worker_has_one_thread_as_the_worker_sees_it(
    monkeypatch: pytest.MonkeyPatch, scoreboard: Callable[..., bool]
) -> None:
    seen: set[tuple[str, int]] = set()
    batch = Trainer.batch

    def looked(trainer: Trainer) -> object:
        seen.add((threading.current_thread().name, torch.get_num_threads()))
        return batch(trainer)

    monkeypatch.setattr(Trainer, "batch", looked)
    before = torch.get_num_threads()
    torch.set_num_threads(2)
    try:
        asked = experiment()
        run = Run(asked.replace(training=asked.training.replace(steps=3)))
        run.start()
        assert run.join(60)
    finally:
        torch.set_num_threads(before)
    assert isinstance(run.drain()[-1], Finished)
    assert scoreboard("R30", "torch in the worker has 1 thread", sorted(seen), seen == {("vgviewer-run", 1)})


def test_that_the_bench_measures_the_tax_with_the_pictures_drawn(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, scoreboard: Callable[..., bool]
) -> None:
    around = os.environ | at_home(tmp_path) | {"QT_QPA_PLATFORM": "offscreen"}
    command = [sys.executable, "-c", SHORT]
    done = subprocess.run(command, cwd=ROOT, env=around, capture_output=True, text=True, check=True)
    figures, drawn, seen = json.loads(done.stdout.splitlines()[-1])
    assert figures["steps_per_second"] > 0
    told = {"steps_per_second": 75.0, "training_p99_ms": 12.0, "rest_p99_ms": 2.0}
    asked: list[list[str]] = []

    def child(words: list[str]) -> str:
        asked.append(words)
        return json.dumps(told) if "vgviewer.app.measured" in words else "100.0"

    monkeypatch.setattr(bench, "_child", child)
    goals = [goal for _, goal in zip(range(2 * len(bench.PRESETS)), bench._of_window(), strict=False)]
    taxes = [goal for goal in goals if "steps per second" in goal.goal]
    assert [goal.bound for goal in taxes] == [0.8] * len(bench.PRESETS)
    assert [goal.reading.value for goal in taxes] == [0.75] * len(bench.PRESETS)
    assert not any(goal.holds for goal in taxes)
    assert {words[-2] for words in asked} == set(bench.PRESETS)
    value = {"presets": list(bench.PRESETS), "bound": bench.SHARE_OF_SPEED, "drawn meanwhile": drawn}
    of_watch = {VIEWS[tabs[0]].__name__ for row in WATCH.below for tabs in row}
    passed = set(seen) == of_watch == {name for name, count in drawn.items() if count > FEW}
    assert scoreboard("R30", "in the bench, with every picture of the Watch layout drawn", value, passed), (
        seen
    )
