"""A large table is read while the window goes on: until it is there, the network says so."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from threading import Event

import pytest
from pytestqt.qtbot import QtBot

from tests.app.windows import make_window
from vgviewer.app.window import Window
from vgviewer.tasks import Csv, files, tables
from vgviewer.tasks.files import PATIENCE, is_reading


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(files, "AT_ONCE", 10)
    PATIENCE.waits = False
    yield
    PATIENCE.waits = True


def test_that_the_window_does_not_wait_for_a_large_table(
    impatient: None, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, gate = tmp_path / "large.csv", Event()
    path.write_text("a,b\n1,2\n3,5\n4,4\n")
    monkeypatch.setattr(tables, "read_header", partial(_held_up, gate, tables.read_header))
    window: Window = make_window(qtbot, tmp_path)
    window.show()
    window.document.change_task(Csv(path=path))
    assert window.desk.inspector.problems is not None
    (problem, *_) = window.document.experiment.problems
    assert problem.message == '"large.csv" is being read, 0.0 MB.'
    window.live.train_or_pause()
    assert window.live.state == "idle"
    gate.set()
    qtbot.waitUntil(lambda: not window.document.experiment.problems)
    qtbot.waitUntil(lambda: not is_reading())
    assert window.document.experiment.task.inputs().features == 1
    qtbot.waitUntil(lambda: not window.reading._timer.isActive())


def test_that_who_waits_is_served_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "AT_ONCE", 10)
    path = tmp_path / "large.csv"
    path.write_text("a,b\n1,2\n3,5\n4,9\n")
    assert Csv(path=path).problem() is None
    assert not is_reading()


def _held_up(gate: Event, read, path):  # type: ignore[no-untyped-def]
    assert gate.wait(5)
    return read(path)
