"""U25: run, pause, step 1, step N, reset, speed slider (slow motion), all reachable by keyboard."""

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
from vgviewer.app.pace import SPEEDS, step_seconds
from vgviewer.app.window import Window
from vgviewer.experiment import Experiment
from vgviewer.runner import Run

Show = Callable[[], Window]
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
NONE, CTRL = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier
SHIFT, ALT = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.AltModifier


@pytest.fixture
def show(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Show:
    """Makes a window that dies with the test's own variables."""
    monkeypatch.setattr(HandRun, "made", [])
    monkeypatch.setattr(HandRun, "script", messages(400))

    def shown() -> Window:
        made = make_window(qtbot, tmp_path, cast(Callable[[Experiment], Run], HandRun))
        made.document.replace(experiment(), None)
        made.show()
        made.activateWindow()
        made.desk.network.canvas.setFocus()
        QApplication.processEvents()
        return made

    return shown


def press(window: Window, key: Qt.Key, modifiers: Qt.KeyboardModifier = NONE) -> None:
    QTest.keyClick(window.focusWidget(), key, modifiers)


def steps_of(window: Window) -> int:
    window.live.drain()
    return int(window.live.history.steps.size) if window.live.history else 0


def calls() -> list[list[str]]:
    """What each run was told."""
    return [run.calls for run in HandRun.made]


def test_that_space_runs_pauses_and_goes_on(show: Show) -> None:
    window = show()
    for state in ("loading", "paused", "running"):
        press(window, Qt.Key.Key_Space)
        assert window.live.state == state
        assert window.top_bar.train.text() == ("Train" if state == "paused" else "Pause")
        window.live.drain()


def test_that_keys_make_one_step_ten_and_a_hundred(show: Show) -> None:
    window = show()
    press(window, Qt.Key.Key_Period, CTRL)
    assert steps_of(window) == 1
    press(window, Qt.Key.Key_Period, CTRL | ALT)
    assert steps_of(window) == 11
    press(window, Qt.Key.Key_Period, CTRL | SHIFT)
    assert steps_of(window) == 111
    assert window.live.state == "paused"
    assert steps_of(window) == 111


def test_that_a_step_while_it_runs_only_pauses(show: Show) -> None:
    window = show()
    press(window, Qt.Key.Key_Space)
    window.live.drain()
    press(window, Qt.Key.Key_Period, CTRL | ALT)
    assert window.live.state == "paused"
    assert calls()[0] == ["start", "pause"]


def test_that_a_key_resets(show: Show) -> None:
    window = show()
    press(window, Qt.Key.Key_Space)
    window.live.drain()
    press(window, Qt.Key.Key_R, CTRL | SHIFT)
    assert (window.live.state, window.live.history) == ("idle", None)
    assert HandRun.made[0].calls[-1] == "stop"


def test_that_keys_and_the_slider_make_it_slow_and_fast_while_it_runs(show: Show) -> None:
    window = show()
    press(window, Qt.Key.Key_Space)
    run = HandRun.made[0]
    assert run.step_seconds == 0
    press(window, Qt.Key.Key_BracketLeft, CTRL)
    assert window.top_bar.speed.value() == SPEEDS - 1
    assert run.step_seconds == step_seconds(SPEEDS - 1) > 0
    press(window, Qt.Key.Key_BracketRight, CTRL)
    press(window, Qt.Key.Key_BracketRight, CTRL)
    assert (window.top_bar.speed.value(), run.step_seconds) == (SPEEDS, 0)
    window.top_bar.speed.setFocus()
    press(window, Qt.Key.Key_Home)
    assert (window.live.speed, run.step_seconds) == (0, 1.0)
    for _ in range(SPEEDS + 3):
        press(window, Qt.Key.Key_Right)
    assert (window.live.speed, run.step_seconds) == (SPEEDS, 0)


def test_that_slow_motion_grows_evenly_from_a_millisecond_to_a_second() -> None:
    seconds = [step_seconds(position) for position in range(SPEEDS)]
    assert seconds[0] == 1.0
    assert seconds[-1] == pytest.approx(0.001)
    ratios = [one / other for one, other in zip(seconds[1:], seconds, strict=False)]
    assert ratios == pytest.approx([ratios[0]] * len(ratios))


def test_that_the_buttons_of_the_bar_do_the_same(show: Show) -> None:
    window = show()
    for button in (window.top_bar.step, window.top_bar.train, window.top_bar.train, window.top_bar.reset):
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        window.live.drain()
    assert calls()[0] == ["start_paused", "step", "resume", "pause", "stop"]
