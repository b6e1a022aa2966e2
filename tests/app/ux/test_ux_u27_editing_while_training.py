"""U27: editing while training: a clear rule and message.

The rule: a run goes on as it was started. While the network differs, the status line says so and offers to train anew.
"""

from collections.abc import Callable
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.app.runs_by_hand import HandRun, experiment, messages
from tests.app.windows import make_window
from vgviewer.app import words
from vgviewer.app.window import Window
from vgviewer.experiment import Experiment
from vgviewer.runner import Run

Show = Callable[[], Window]
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def show(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Show:
    """Makes a window that dies with the test's own variables."""
    monkeypatch.setattr(HandRun, "made", [])
    monkeypatch.setattr(HandRun, "script", messages(40))

    def shown() -> Window:
        made = make_window(qtbot, tmp_path, cast(Callable[[Experiment], Run], HandRun))
        made.document.replace(experiment(), None)
        made.show()
        QApplication.processEvents()
        made.commands["train"].trigger()
        made.live.drain()
        return made

    return shown


def edit(window: Window, units: int = 7) -> None:
    assert not window.document.change("rnn1", {"units": units})


def calls() -> list[list[str]]:
    """What each run was told."""
    return [run.calls for run in HandRun.made]


def test_that_the_run_goes_on_with_the_network_as_it_was(show: Show) -> None:
    window = show()
    begun = window.live.experiment
    edit(window)
    window.live.drain()
    assert window.live.state == "running"
    assert window.live.experiment == begun != window.document.experiment
    assert calls()[0] == ["start"]


def test_that_the_status_line_says_so_until_the_edit_is_taken_back(show: Show) -> None:
    window = show()
    assert not window.anew.isVisible()
    edit(window)
    assert window.status.words.text() == f"Training. No alert stands. {words.GOES_ON}"
    assert window.anew.isVisible()
    window.commands["undo"].trigger()
    assert window.status.words.text() == "Training. No alert stands."
    assert not window.anew.isVisible()


def test_that_the_offer_trains_the_network_as_it_is_now(show: Show) -> None:
    window = show()
    edit(window)
    QTest.mouseClick(window.anew, Qt.MouseButton.LeftButton)
    _, second = HandRun.made
    assert calls() == [["start", "stop"], ["start"]]
    assert second.experiment == window.document.experiment
    assert not window.anew.isVisible()


def test_that_the_key_of_the_offer_does_the_same(show: Show) -> None:
    window = show()
    edit(window)
    modifiers = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    QTest.keyClick(window, Qt.Key.Key_T, modifiers)
    assert calls() == [["start", "stop"], ["start"]]


def test_that_a_network_with_a_problem_is_not_trained_and_the_run_goes_on(show: Show) -> None:
    window = show()
    window.document.remove(["last1"])
    window.commands["train_anew"].trigger()
    assert calls() == [["start"]]
    assert window.live.state == "running"


def test_that_a_run_that_has_ended_says_how_the_new_network_is_trained(show: Show) -> None:
    window = show()
    while window.live.state != "ended":
        window.live.drain()
    edit(window)
    assert window.status.words.text().endswith(words.OUTDATED)
    assert window.anew.isVisible()


def test_that_a_note_or_another_name_is_no_other_network(show: Show) -> None:
    window = show()
    window.document.edit("Rename", window.document.experiment.replace(name="Another name"))
    assert not window.anew.isVisible()
