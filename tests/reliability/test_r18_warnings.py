"""R18: the whole suite fails on every warning of Qt (`qt_log_level_fail = WARNING`) and of Python (`-W error`), with a
short list of what is ignored; and with PYTHONDEVMODE=1 there is none either."""

import os
import subprocess
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path

from tests.reliability.nursery import ROOT

MOST_IGNORED = 3
DEEDS = {
    "Python's warning": "warnings.warn('old', DeprecationWarning)",
    "Qt's warning": "QtCore.qWarning('strange')",
    "Qt's own": "QtGui.QPainter().setPen(QtGui.QPen())",
    "an exception in a slot": "QtCore.QTimer.singleShot(0, boom); qtbot.wait(20)",
    "an exception in a thread": "thread = threading.Thread(target=boom); thread.start(); thread.join()",
    "an exception while something is deleted": "Last()",
    "a file that nobody closes": "open(__file__); gc.collect()",
    "a timer that is left": "timer = KEPT; timer.start(1000)",
    "a window that is left": "LEFT.append(QtWidgets.QWidget())",
}
FILE = """
import gc, threading, warnings
from PySide6 import QtCore, QtGui, QtWidgets
from tests.conftest import *
LEFT = []
KEPT = QtCore.QTimer()
def boom(): raise ValueError("boom")
class Last:
    def __del__(self): boom()
"""
TRIED = (
    "tests/app/test_document.py",
    "tests/app/test_live.py",
    "tests/app/test_faults.py",
    "tests/app/test_limits.py",
)


def run(words: list[str], **more: str) -> subprocess.CompletedProcess[str]:
    around = os.environ | {"QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT)} | more
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *words]
    return subprocess.run(command, cwd=ROOT, env=around, capture_output=True, text=True, check=False)


def test_that_every_kind_of_warning_and_leftover_fails_a_test(
    tmp_path: Path, scoreboard: Callable[..., bool]
) -> None:
    tests = [f"def test_{number}(qtbot):\n    {deed}\n" for number, deed in enumerate(DEEDS.values())]
    file = tmp_path / "test_deeds.py"
    file.write_text("\n".join([FILE, *tests, "def test_quiet(qtbot):\n    pass\n"]))
    done = run(["-c", str(ROOT / "pyproject.toml"), "--rootdir", str(ROOT), "-rfEp", str(file)])
    red = {
        line.split("::")[1].split()[0] for line in done.stdout.splitlines() if line[:5] in ("FAILE", "ERROR")
    }
    missed = [name for number, name in enumerate(DEEDS) if f"test_{number}" not in red]
    options = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["pytest"]["ini_options"]
    ignored = options["qt_log_ignore"]
    strict = options["filterwarnings"] == ["error"] and options["qt_log_level_fail"] == "WARNING"
    value = {"kinds": len(DEEDS), "missed": len(missed), "ignored": ignored}
    passed = strict and not missed and "test_quiet" not in red and len(ignored) <= MOST_IGNORED
    target = "every kind of warning and leftover fails a test"
    assert scoreboard("R18", target, value, passed), (missed, done.stdout[-3000:])


def test_that_the_interpreters_development_mode_warns_of_nothing(scoreboard: Callable[..., bool]) -> None:
    done = run([*TRIED], PYTHONDEVMODE="1")
    said = done.stdout.splitlines()[-1]
    passed = done.returncode == 0 and "passed" in said
    assert scoreboard("R18", "PYTHONDEVMODE=1: 0 warnings", said.split(" in ")[0], passed), done.stdout[
        -3000:
    ]
