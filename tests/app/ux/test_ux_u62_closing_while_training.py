"""U62: Closing while training: one question with the costs, never lost work; < 2 s."""

from collections.abc import Callable
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMessageBox
from pytestqt.qtbot import QtBot

from tests.app.runs_by_hand import HandRun, experiment, messages
from tests.app.windows import make_window
from vgviewer.app.window import Window
from vgviewer.app.words import COSTLY_S
from vgviewer.runner import Run

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


def training(qtbot: QtBot, folder: Path, monkeypatch: pytest.MonkeyPatch, seconds: float) -> Window:
    monkeypatch.setattr(HandRun, "made", [])
    monkeypatch.setattr(HandRun, "script", messages(400))
    window = make_window(qtbot, folder, cast(Callable[..., Run], HandRun))
    window.document.replace(experiment("My net"), None)
    window.show()
    window.commands["train"].trigger()
    qtbot.waitUntil(lambda: window.live.steps_made > 3)
    window.commands["train"].trigger()  # pauses, so that nothing moves while it is asked
    window.live.pace.elapsed_s = seconds
    return window


def pressing(label: str) -> list[str]:
    """Presses the button of each question that comes, and keeps what was asked."""
    asked: list[str] = []

    def press() -> None:
        box = QApplication.activeModalWidget()
        assert isinstance(box, QMessageBox)
        asked.append(f"{box.text()} {box.informativeText()}")
        next(button for button in box.buttons() if button.text().replace("&", "") == label).click()

    QTimer.singleShot(0, press)
    return asked


def test_that_a_run_of_some_work_is_asked_about_once_with_its_costs(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = training(qtbot, tmp_path, monkeypatch, COSTLY_S + 1)
    asked = pressing("Cancel")
    assert not window.close()
    assert window.isVisible()
    assert HandRun.made[0].state == "paused"  # nothing was ended
    (question,) = asked
    assert question == (
        f"End the training that is under way? The run is at step {window.live.steps_made} of 400, "
        "after 31 s of training. It cannot be taken up again."
    )
    pressing("End Training")
    assert window.close()
    assert "stop" in HandRun.made[0].calls


def test_that_unsaved_changes_and_a_run_are_one_question(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = training(qtbot, tmp_path, monkeypatch, COSTLY_S + 1)
    window.add_layer("dense")
    asked = pressing("Cancel")
    assert not window.close()
    (question,) = asked
    assert question.startswith("Save the changes to “My net”?")
    assert "The run is at step" in question
    pressing("Discard")
    assert window.close()


def test_that_nothing_is_asked_about_a_run_that_cost_little(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = training(qtbot, tmp_path, monkeypatch, COSTLY_S - 1)
    assert window.close()


@pytest.mark.parametrize("name", ["reset", "train_anew"])
def test_that_a_run_of_some_work_is_not_dropped_by_a_key_alone(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    window = training(qtbot, tmp_path, monkeypatch, COSTLY_S + 1)
    (run,) = HandRun.made
    asked = pressing("Cancel")
    window.commands[name].trigger()
    assert len(asked) == 1
    assert (run.state, window.live.state, len(HandRun.made)) == ("paused", "paused", 1)
    asked = pressing("End Training")
    window.commands[name].trigger()
    assert len(asked) == 1
    assert "stop" in run.calls
    assert window.live.state != "paused"


@pytest.mark.parametrize("name", ["reset", "train_anew"])
def test_that_a_run_of_little_work_is_dropped_without_a_question(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    window = training(qtbot, tmp_path, monkeypatch, COSTLY_S - 1)
    window.commands[name].trigger()
    assert "stop" in HandRun.made[0].calls
