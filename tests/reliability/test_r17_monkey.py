"""R17: Monkey: 20,000 random actions x 3 seeds, including during training, dialogs, drag/drop, close/reopen: 0 uncaught
exceptions, 0 Qt warnings, 0 stalls > 1 s, RSS < +10%.

Beside other tests a machine is not quiet enough to tell a stall of one second from its neighbors' doing, and a thousand
actions are over before memory has come to rest: the suite holds the first seed to everything else, and only reports
these two. The full counts are held to all.

The monkey plays in a process of its own, where Python's warnings are errors. A seed and a number give an action its
dice: the same seed does the same again, as far as training keeps the same pace. What went wrong is told with the last
50 actions; all of them stand in a file, also after a crash.
"""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from statistics import mean
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QWhatsThis
from pytestqt.qtbot import QtBot

from tests.reliability.monkey.keyboard import CONTROL, strike, type_out
from tests.reliability.monkey.monkey import KEPT, LOG
from tests.reliability.nursery import at_home

ROOT = Path(__file__).parents[2]
SEEDS = (1, 2, 3)
FULL_COUNT, SHORT_COUNT = 20_000, 1000
SECONDS = 7000  # at the very most
MOST_GROWTH = 0.1
TARGET = "{count} random actions: no uncaught exception, no warning, no window that lives on{more}"


@pytest.mark.timeout(3 * SECONDS)
def test_that_a_monkey_finds_nothing(
    request: pytest.FixtureRequest, tmp_path: Path, scoreboard: Callable[..., bool]
) -> None:
    is_soak = request.config.getoption("--soak")
    count = FULL_COUNT if is_soak else SHORT_COUNT
    for seed in SEEDS if is_soak else SEEDS[:1]:
        folder = tmp_path / str(seed)
        folder.mkdir()
        told = play(seed, count, folder)
        growth = grown(told["memory_MB"])
        stalls = sum(each["count"] for name, each in told["found"].items() if name.startswith("stall"))
        faults = {
            name: each for name, each in told["found"].items() if is_soak or not name.startswith("stall")
        }
        value = {
            "found": len(faults),
            "stalls": stalls,
            "actions": sum(told["actions"].values()),
            "growth": growth,
        }
        value |= {"longest_s": told["longest_s"], "windows": told["reopened"], "seconds": told["seconds"]}
        passed = not faults and (growth < MOST_GROWTH or not is_soak) and value["actions"] == count
        more = ", no stall over 1 s, memory < +10 %" if is_soak else ""
        holds = scoreboard("R17", TARGET.format(count=count, more=more), value, passed, seed=seed)
        assert holds, report(faults)


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_that_its_keys_write_and_go_to_nobody_once_their_window_is_gone(qtbot: QtBot) -> None:
    field = QLineEdit()
    qtbot.addWidget(field)
    field.show()
    field.setFocus()
    qtbot.waitUntil(field.hasFocus)
    type_out(field, "aB 1é")
    assert field.text() == "aB 1"
    strike(field, Qt.Key.Key_A, CONTROL)
    strike(field, Qt.Key.Key_Delete)
    assert field.text() == ""
    QWhatsThis.showText(field.mapToGlobal(QPoint(0, 0)), "words", field)
    bubble = QApplication.activePopupWidget()
    assert bubble is not None
    strike(bubble, Qt.Key.Key_1, CONTROL)  # it goes at Ctrl
    assert QApplication.activePopupWidget() is None
    assert field.text() == ""


def play(seed: int, count: int, folder: Path) -> dict[str, Any]:
    """What the child tells; where it crashed, its last words and actions are the failure's."""
    child = subprocess.run(
        [
            sys.executable,
            "-W",
            "error",
            "-m",
            "tests.reliability.monkey.child",
            str(seed),
            str(count),
            str(folder),
        ],
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
        cwd=ROOT,
        env=os.environ | at_home(folder) | {"QT_QPA_PLATFORM": "offscreen"},
    )
    if child.returncode:
        last = (folder / LOG).read_text("utf-8").splitlines()[-KEPT:]
        pytest.fail(f"seed {seed} ended with {child.returncode}\n{child.stderr[-6000:]}\n" + "\n".join(last))
    told: dict[str, Any] = json.loads(child.stdout.splitlines()[-1])
    return told


def grown(memory: list[float]) -> float:
    """The last quarter over the second: the first one is the warm-up."""
    quarter = len(memory) // 4
    return round(mean(memory[-quarter:]) / mean(memory[quarter : 2 * quarter]) - 1, 4)


def report(found: dict[str, dict[str, Any]]) -> str:
    """Everything that was found, each with what was done before."""
    parts = [
        f"{name}, {each['count']} times\n{each['text']}\n" + "\n".join(each["before"])
        for name, each in found.items()
    ]
    return "\n\n".join(parts)
