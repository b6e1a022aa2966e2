"""Windows with runs that are kept: trained by a run made by hand, recorded for real."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import cast

from pytestqt.qtbot import QtBot

from tests.app.runs_by_hand import HandRun, experiment, frame, messages
from tests.app.windows import make_window
from vgviewer.app.window import Window
from vgviewer.experiment import Experiment
from vgviewer.frames import Changed, Message
from vgviewer.recording import Recorder
from vgviewer.runner import Run, Session

FRAMES = 60


def told(frames: int = FRAMES) -> list[Message]:
    """A run whose loss falls, with a knob turned on the way."""
    started, *steps, end = messages(frames)
    fallen = [
        type(one)(step, 1.0 / (step + 1), readings=frame(step).readings) for step, one in enumerate(steps)
    ]
    half = frames // 2
    return [started, *fallen[:half], Changed(half, "lr", 0.5), *fallen[half:], end]


def trained_window(qtbot: QtBot, folder: Path, frames: int = FRAMES) -> Window:
    """At the end of a recorded run."""
    HandRun.script = told(frames)
    window = make_window(qtbot, folder, cast(Callable[[Experiment], Run], HandRun))
    window.document.replace(experiment(), None)
    window.resize(1280, 800)
    window.show()
    window.live.train_or_pause()
    qtbot.waitUntil(lambda: window.live.state == "ended", timeout=20_000)
    return window


def run_file(path: Path, frames: int = FRAMES, name: str = "A small network") -> Path:
    """The same run as a file."""
    made = experiment(name)
    recorder = Recorder(path, made)
    session = Session(made, recorder)
    for message in told(frames):
        session.take(message)
    assert recorder.close()
    return path


def settled(window: Window, step: int) -> bool:
    """Whether every visible view has drawn that step."""
    for view in window.desk.views.values():
        if view.isVisible():
            view.refresh()
    history = window.live.history
    return history is not None and history.latest is not None and history.latest.step == step


def wait_for_file(path: Path, size: int, seconds: float = 5.0) -> None:
    ends = time.monotonic() + seconds
    while path.stat().st_size < size and time.monotonic() < ends:
        time.sleep(0.005)
