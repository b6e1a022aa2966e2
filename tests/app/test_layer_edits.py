"""The commands that act on the layers that are chosen."""

from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from tests.app.windows import make_window
from vgviewer.app.editor.edits import ids_of
from vgviewer.app.window import Window


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> Window:
    window = make_window(qtbot, tmp_path)
    window.document.new()
    for index, kind in enumerate(("rnn", "dense")):
        window.document.insert_layer(kind, index)
    return window


def enabled(window: Window) -> set[str]:
    names = ("cut", "copy", "paste", "delete", "duplicate", "duplicate_times", "add_skip", "add_note", "fix")
    return {name for name in names if window.commands[name].isEnabled()}


def test_that_only_what_can_be_done_is_enabled(window: Window) -> None:
    layers = {"cut", "copy", "paste", "delete", "duplicate", "duplicate_times", "add_skip", "add_note"}
    assert enabled(window) == layers
    window.document.select("input")
    assert enabled(window) == {"copy", "paste", "add_skip", "add_note"}
    window.document.select("training")
    assert enabled(window) == {"copy", "paste"}
    window.document.insert_layer("last_step", 0)
    assert enabled(window) == layers | {"fix"}


def test_that_the_menu_of_the_canvas_offers_the_same_commands(window: Window) -> None:
    offered = [action for action in window.desk.network.canvas.menu.actions() if not action.isSeparator()]
    assert {action.objectName() for action in offered} == enabled(window) | {"fix"}
    next(action for action in offered if action.objectName() == "duplicate").trigger()
    assert ids_of(window.document.experiment) == ["rnn1", "dense1", "dense2"]


def test_that_a_copy_of_nothing_says_what_to_do_and_leaves_the_clipboard(window: Window) -> None:
    QGuiApplication.clipboard().setText("before")
    window.document.select("input")
    window.commands["copy"].trigger()
    assert QGuiApplication.clipboard().text() == "before"
    assert "Choose a layer first" in window.status.words.text()


def test_that_a_skip_begins_where_something_is_selected_and_says_how_to_go_on(window: Window) -> None:
    window.document.select("rnn1")
    window.commands["add_skip"].trigger()
    canvas = window.desk.network.canvas
    assert canvas.diagram.link.isVisible()
    assert "press Enter" in window.status.words.text()
    window.document.select("dense1")
    window.document.remove(["dense1"])
    assert not canvas.diagram.link.isVisible()


def test_that_a_full_network_is_told_before_a_number_is_asked(window: Window) -> None:
    window.document.duplicate(["dense1"], 254)
    window.commands["duplicate_times"].trigger()
    assert window.desk.network.canvas.times.isHidden()
    assert "no room" in window.status.words.text()


def test_that_the_copies_are_of_what_was_asked_about(window: Window) -> None:
    window.document.select("dense1")
    window.commands["duplicate_times"].trigger()
    window.document.select("rnn1")
    times = window.desk.network.canvas.times
    times.wanted.emit(2)
    assert ids_of(window.document.experiment)[-2:] == ["dense2", "dense3"]
    window.commands["duplicate_times"].trigger()
    asked = window.document.marked
    window.document.remove(asked)
    before = window.document.experiment
    times.wanted.emit(2)
    assert window.document.experiment is before


def test_that_no_more_copies_are_offered_than_fit(window: Window) -> None:
    window.document.mark(["rnn1", "dense1"], "dense1")
    window.commands["duplicate_times"].trigger()
    times = window.desk.network.canvas.times
    assert times.count.maximum() == 127
    times.count.setValue(127)
    times.wanted.emit(times.count.value())
    assert len(ids_of(window.document.experiment)) == 256
