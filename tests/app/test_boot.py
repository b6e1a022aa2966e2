"""Start and end of the real program, without a display."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
HEAD = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from vgviewer import runner
from vgviewer.app import boot
from vgviewer.app.window import Window
real = runner.warm_up
kept = []
def window():
    return next(widget for widget in QApplication.topLevelWidgets() if isinstance(widget, Window))
def every(check):
    timer = QTimer()
    timer.timeout.connect(check)
    timer.start(20)
    kept.append(timer)
"""
FIRST_PAINT = """
warm_up, begin = real, boot.Warmth.begin
def look_first(warmth):
    heavy = [name for name in ("torch", "pyqtgraph") if name in sys.modules]
    print(heavy, window().isVisible(), window().document.experiment.name, flush=True)
    QTimer.singleShot(0, window().close)
    begin(warmth)
boot.Warmth.begin = look_first
"""
TRAINED = """
def look():
    live = window().live
    if live.state == "idle" and "Loading" not in window().status.words.text():
        live.train_or_pause()
    if live.history and live.history.steps.size > 5:
        print(live.history.steps.size > 5, flush=True)
        window().close()
def warm_up():
    every(look)
    return real()
"""
WAITING = """
def warm_up():
    print("here", flush=True)
    return real()
"""
TAIL = """
runner.warm_up = warm_up
sys.exit(boot.open_window(None))
"""


def start(script: str, home: Path) -> "subprocess.Popen[str]":
    """The program in a process of its own, with a home of its own."""
    variables = os.environ | {"HOME": str(home), "QT_QPA_PLATFORM": "offscreen"}
    variables = {name: value for name, value in variables.items() if not name.startswith("XDG_")}
    command = [sys.executable, "-c", HEAD + script + TAIL]
    return subprocess.Popen(
        command, cwd=ROOT, env=variables, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def test_that_the_window_is_painted_before_torch_and_pictures_are_loaded_and_left_with_0(
    tmp_path: Path,
) -> None:
    with start(FIRST_PAINT, tmp_path) as process:
        said, complaints = process.communicate(timeout=60)
    assert said == "[] True RNN forgets a long lag\n"
    assert (process.returncode, complaints) == (0, "")


def test_that_a_training_window_is_left_with_0(tmp_path: Path) -> None:
    with start(TRAINED, tmp_path) as process:
        said, complaints = process.communicate(timeout=90)
    assert said.startswith("True\n")
    assert (process.returncode, complaints) == (0, "")
    assert '"theme"' not in (tmp_path / ".config" / "vgviewer" / "preferences.json").read_text("utf-8")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signals")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_that_a_signal_ends_the_idle_program_cleanly(tmp_path: Path, number: signal.Signals) -> None:
    with start(WAITING, tmp_path) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "here\n"
        time.sleep(0.2)  # the loop must be idle, or busy with torch, when the signal comes
        process.send_signal(number)
        _, complaints = process.communicate(timeout=30)
    assert (process.returncode, complaints) == (0, "")
