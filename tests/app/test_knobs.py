"""The knobs in the inspector: there while something trains, and only where they have something to act on."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, cast

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.app.runs_by_hand import HandRun, experiment, messages
from tests.app.windows import make_window
from vgviewer.app.window import Window
from vgviewer.frames import Finished, Knob
from vgviewer.runner import Run

Show = Callable[[], Window]


@pytest.fixture
def show(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Show:
    """Makes a window on a small network, its training selected, that dies with the test's own variables."""
    monkeypatch.setattr(HandRun, "made", [])
    monkeypatch.setattr(HandRun, "script", messages(400))
    return partial(_shown, qtbot, tmp_path)


def _shown(qtbot: QtBot, folder: Path) -> Window:
    window = make_window(qtbot, folder, cast(Callable[..., Run], HandRun))
    window.document.replace(experiment(), None)
    window.document.select("training")
    window.show()
    return window


def begin(window: Window) -> None:
    window.live.step()
    window.live.drain()


def edits(window: Window) -> Any:
    return window.desk.inspector.knobs.edits


def test_that_knobs_are_there_while_something_trains_and_the_training_is_selected(show: Show) -> None:
    window = show()
    panel = window.desk.inspector.knobs
    assert panel.isHidden()
    begin(window)
    assert not panel.isHidden()
    window.document.select("rnn1")
    assert panel.isHidden()
    window.document.select("training")
    assert not panel.isHidden()
    window.live.reset()
    assert panel.isHidden()


def test_that_knobs_are_gone_when_the_run_has_ended(
    show: Show, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    monkeypatch.setattr(HandRun, "script", messages(3, Finished(3, "done")))
    window = show()
    window.live.train_or_pause()
    qtbot.waitUntil(lambda: window.live.state == "ended")
    assert window.desk.inspector.knobs.isHidden()


def test_that_they_begin_where_the_experiment_has_them(show: Show) -> None:
    window = show()
    begin(window)
    shown = {knob: edit.text() for knob, edit in edits(window).items()}
    assert shown == {"lr": "0.01", "clip": "off", "recurrent_gain": "1", "dropout": "no dropout layer"}
    assert [knob for knob, edit in edits(window).items() if not edit.isEnabled()] == ["dropout"]
    assert edits(window)["dropout"].accessibleDescription() == "Nothing to act on: no dropout layer"


def test_that_each_has_a_name_and_help_with_its_limits(show: Show) -> None:
    window = show()
    for edit in edits(window).values():
        assert edit.accessibleName()
        assert "bove 0" in edit.toolTip() or "rom 0" in edit.toolTip()


def test_that_turning_one_asks_the_run_and_leaves_the_document(show: Show) -> None:
    window = show()
    begin(window)
    before = window.document.experiment
    edits(window)["lr"].stepBy(1)
    edits(window)["clip"].stepBy(1)
    edits(window)["recurrent_gain"].stepBy(-2)
    assert HandRun.made[0].calls[2:] == ["lr 0.013", "clip 1", "recurrent_gain 0.9"]
    assert window.document.experiment == before
    window.live.drain()
    assert window.live.history is not None
    assert [change.step for change in window.live.history.changes] == [1, 1, 1]


def test_that_the_learning_rate_steps_by_tenths_of_a_decade(show: Show) -> None:
    window = show()
    begin(window)
    edit = edits(window)["lr"]
    edit.stepBy(10)
    assert edit.value() == 0.1
    edit.stepBy(-30)
    assert edit.value() == 1e-4
    assert edit.text() == "0.0001"


def test_that_a_typed_value_is_sent_when_it_is_finished(show: Show, qtbot: QtBot) -> None:
    window = show()
    begin(window)
    edit = edits(window)["lr"]
    edit.selectAll()
    qtbot.keyClicks(edit, "5e-3")
    assert len(HandRun.made[0].calls) == 2
    qtbot.keyClick(edit, Qt.Key.Key_Return)
    assert HandRun.made[0].calls[-1] == "lr 0.005"


def test_that_what_is_marked_to_be_typed_over_stays_marked_while_numbers_come(
    show: Show, qtbot: QtBot
) -> None:
    window = show()
    begin(window)
    edit = edits(window)["lr"]
    edit.setFocus()
    qtbot.waitUntil(edit.hasFocus)
    edit.selectAll()
    window.live.text_due.emit()
    assert edit.lineEdit().selectedText() == edit.text()
    qtbot.keyClicks(edit, "5e-3")
    window.live.text_due.emit()
    qtbot.keyClick(edit, Qt.Key.Key_Return)
    assert HandRun.made[0].calls[-1] == "lr 0.005"


def test_that_a_value_that_cannot_be_is_refused_in_words(show: Show) -> None:
    window = show()
    begin(window)
    edits(window)["recurrent_gain"].setValue(0.0)
    assert window.status.words.text().startswith("recurrent_gain: must be above 0")
    assert edits(window)["recurrent_gain"].value() == 1.0


def test_that_words_for_the_second_do_not_turn_a_knob_back(show: Show) -> None:
    window = show()
    begin(window)
    edits(window)["lr"].stepBy(5)
    window.live.text_due.emit()
    assert edits(window)["lr"].text() == "0.032"


def test_that_the_next_run_begins_anew(show: Show) -> None:
    window = show()
    begin(window)
    edits(window)["lr"].stepBy(5)
    window.live.reset()
    begin(window)
    assert edits(window)["lr"].text() == "0.01"


@pytest.mark.parametrize(
    ("knob", "typed"), [("lr", "-1"), ("lr", "1e40"), ("recurrent_gain", "0"), ("clip", "-3")]
)
def test_that_a_typed_value_out_of_limits_is_refused_and_the_old_one_shown(
    show: Show, qtbot: QtBot, knob: Knob, typed: str
) -> None:
    window = show()
    begin(window)
    edit = edits(window)[knob]
    before, calls = edit.text(), len(HandRun.made[0].calls)
    edit.setFocus()
    edit.selectAll()
    qtbot.keyClicks(edit, typed)
    qtbot.keyClick(edit, Qt.Key.Key_Return)
    assert window.status.words.text().startswith(f"{knob}: must be ")
    assert edit.text() == before
    assert len(HandRun.made[0].calls) == calls


def test_that_clipping_is_turned_off_by_0(show: Show, qtbot: QtBot) -> None:
    window = show()
    begin(window)
    edit = edits(window)["clip"]
    for typed, shown in (("2", "2"), ("0", "off")):
        edit.setFocus()
        edit.selectAll()
        qtbot.keyClicks(edit, typed)
        qtbot.keyClick(edit, Qt.Key.Key_Return)
        assert edit.text() == shown
    assert HandRun.made[0].calls[-2:] == ["clip 2", "clip 0"]


def test_that_a_recurrent_layer_has_its_gain_at_hand_while_it_trains(show: Show, qtbot: QtBot) -> None:
    window = show()
    slider = window.desk.inspector.slider
    window.document.select("rnn1")
    assert slider.isHidden()
    begin(window)
    assert not slider.isHidden()
    assert (slider.slider.value(), slider.slider.accessibleDescription()) == (0, "1")
    slider.slider.setFocus()
    for _ in range(20):
        qtbot.keyClick(slider.slider, Qt.Key.Key_Right)
    assert HandRun.made[0].calls[-1] == "recurrent_gain 2"
    window.document.select("last1")
    assert slider.isHidden()
    window.document.select("rnn1")
    assert slider.slider.value() == 20
    window.live.reset()
    assert slider.isHidden()
