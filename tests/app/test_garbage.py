"""Widgets die on the window's thread: nobody else collects garbage while the window lives."""

import gc
import threading
import weakref
from collections.abc import Iterator
from typing import ClassVar

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from vgviewer.app.garbage import Garbage

MANY = 2000  # more than Python leaves lying


class Knot:
    """Garbage that only a collection finds; notes where it ends."""

    ended_on: ClassVar[list[str]] = []

    def __init__(self) -> None:
        self.self = self
        weakref.finalize(self, lambda: Knot.ended_on.append(threading.current_thread().name))


@pytest.fixture
def garbage(qapp: object) -> Iterator[Garbage]:
    Knot.ended_on = []
    parent = QObject()
    made = Garbage(parent)
    made.begin()
    yield made
    made._timer.stop()
    gc.unfreeze()


def test_that_a_busy_thread_ends_nothing_and_the_window_s_own_does(qtbot: QtBot, garbage: Garbage) -> None:
    for _ in range(MANY):
        Knot()
    worker = threading.Thread(target=lambda: [[{}] for _ in range(200_000)], name="busy")
    worker.start()
    worker.join()
    assert Knot.ended_on == []
    garbage.collect()
    assert Knot.ended_on == [threading.current_thread().name] * MANY


def test_that_nothing_is_collected_before_it_is_due(qtbot: QtBot, garbage: Garbage) -> None:
    gc.collect()
    Knot()
    garbage.collect()
    assert Knot.ended_on == []
