"""Holds for every test: no display, nothing left behind, counts that can be raised, reliability rows."""

import gc
import json
import os
import platform
import socket
import sys
import threading
import weakref
from collections.abc import Callable, Iterator
from importlib.metadata import version
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"  # before Qt is imported

import pytest
import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, QTimer
from PySide6.QtWidgets import QApplication

import vgviewer

FAILED = pytest.StashKey[bool]()
STARTED_TIMERS: "weakref.WeakSet[QTimer]" = weakref.WeakSet()
qt_start = QTimer.start


def start(timer: QTimer, *arguments: object) -> None:
    """Note the timer first: Qt has no list of the running ones."""
    STARTED_TIMERS.add(timer)
    qt_start(timer, *arguments)


QTimer.start = start
OPENED_SOCKETS: list[int] = []
make_socket = socket.socket.__init__


def open_socket(self: socket.socket, family: int = -1, *arguments: object, **named: object) -> None:
    """Note those that could reach a network; pairs within this machine may be."""
    make_socket(self, family, *arguments, **named)  # type: ignore[arg-type]
    if self.family is not getattr(socket, "AF_UNIX", None) and sys.platform != "win32":
        OPENED_SOCKETS.append(self.family)


socket.socket.__init__ = open_socket  # type: ignore[method-assign]


def pytest_addoption(parser: pytest.Parser) -> None:
    """Full counts, and where the reliability rows are written."""
    parser.addoption("--soak", action="store_true", help="only the reliability rows, with their full counts")
    parser.addoption(
        "--scoreboard", type=Path, metavar="FILE", help="append one JSON line per reliability row"
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out with --soak what has no count to raise and no row to report."""
    if config.getoption("--soak"):
        rows = [item for item in items if {"scoreboard", "count"} & set(getattr(item, "fixturenames", ()))]
        config.hook.pytest_deselected(items=[item for item in items if item not in rows])
        items[:] = rows


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    """Remember a failure: what such a test leaves behind is its traceback's, and not news."""
    report = yield
    item.stash[FAILED] = item.stash.get(FAILED, False) or report.failed
    return report


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print the rows at the end, also those that other processes have measured."""
    reports = [
        report for stat in terminalreporter.stats.values() for report in stat if hasattr(report, "when")
    ]
    calls = [report for report in reports if report.when == "call"]
    lines = sorted(line for report in calls for name, line in report.user_properties if name == "scoreboard")
    if lines:
        terminalreporter.section("scoreboard")
    for line in lines:
        terminalreporter.write_line(line)


def living() -> dict[int, object]:
    """The threads, active timers and top-level widgets of this moment, by identity."""
    found: list[object] = list(threading.enumerate())
    if QApplication.instance() is not None:
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        found += [timer for timer in list(STARTED_TIMERS) if shiboken6.isValid(timer) and timer.isActive()]
        found += QApplication.topLevelWidgets()
    return {id(thing): thing for thing in found}


@pytest.fixture(autouse=True)
def nothing_left_behind(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail a test that leaves a thread, an active timer or a top-level widget behind."""
    before = living()
    yield
    if request.node.stash.get(FAILED, False) or not living().keys() - before.keys():
        return
    gc.collect()  # a widget in a reference cycle goes only now
    left = [thing for key, thing in living().items() if key not in before]
    assert not left, f"left behind: {', '.join(map(repr, left))}"


@pytest.fixture(autouse=True)
def offline() -> Iterator[None]:
    """Fail a test that opens a socket to a network."""
    yield
    opened = list(OPENED_SOCKETS)
    OPENED_SOCKETS.clear()
    assert not opened, f"sockets opened: {opened}"


@pytest.fixture(autouse=True)
def garbage_of_the_main_thread() -> Iterator[None]:
    """Collect only here, as the program does: widgets that die on another thread end the process."""
    gc.disable()
    yield
    gc.collect(1)
    gc.enable()


@pytest.fixture
def count(request: pytest.FixtureRequest) -> Callable[[int], int]:
    """How often to try: the full count with --soak, else a tenth of it and at least 10."""

    def chosen(full: int) -> int:
        return full if request.config.getoption("--soak") else min(full, max(10, full // 10))

    return chosen


@pytest.fixture
def scoreboard(
    request: pytest.FixtureRequest, record_property: Callable[[str, object], None]
) -> Callable[..., bool]:
    """Report a reliability row: `assert scoreboard("R33", target, value, passed)`."""

    def report(row: str, target: str, value: object, passed: bool, seed: int | None = None) -> bool:
        versions = {name: version(name) for name in ("numpy", "torch", "PySide6-Essentials")}
        versions |= {"python": platform.python_version(), "vgviewer": vgviewer.__version__}
        told = {
            "id": row,
            "target": target,
            "value": value,
            "passed": passed,
            "seed": seed,
            "versions": versions,
        }
        line = json.dumps(told, ensure_ascii=False)
        record_property("scoreboard", line)
        file: Path | None = request.config.getoption("--scoreboard")
        if file is not None:
            with file.open("a", encoding="utf-8") as lines:
                lines.write(line + "\n")
        return passed

    return report
