"""U17: layers are copied, pasted and duplicated, also between two windows, as plain-text JSON that is checked like a
hostile file."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.app.windows import make_window
from vgviewer.app.editor.edits import ids_of, note_at
from vgviewer.app.window import Window
from vgviewer.network import Network

CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
LAYER = {"id": "dense1", "type": "dense", "units": 7}
GOOD = {"format": "vgviewer.layers", "version": 1, "layers": [LAYER]}


@pytest.fixture
def windows(qtbot: QtBot, tmp_path: Path) -> Callable[[str], Window]:
    def made(name: str) -> Window:
        (tmp_path / name).mkdir()
        window = make_window(qtbot, tmp_path / name)
        window.document.new()
        with qtbot.waitActive(window):
            window.show()
            window.activateWindow()
        window.desk.network.canvas.setFocus()
        return window

    return made


def ids(window: Window) -> list[str]:
    return ids_of(window.document.experiment)


def press(window: Window, key: Qt.Key, modifiers: Qt.KeyboardModifier = CONTROL) -> None:
    window.activateWindow()
    QApplication.processEvents()
    QTest.keyClick(window.desk.network.canvas, key, modifiers)


def put(text: str) -> None:
    QGuiApplication.clipboard().setText(text)


def said(window: Window) -> str:
    return window.status.words.text()


def test_that_layers_go_from_one_window_to_another_with_their_skip_and_note(
    windows: Callable[[str], Window],
) -> None:
    one, other = windows("one"), windows("other")
    for index, kind in enumerate(("dense", "dense")):
        one.document.insert_layer(kind, index)
    one.document.change("dense1", {"units": 9, "activation": "relu"})
    one.document.add_skip("dense1", "dense2")
    one.document.annotate("dense2", "Look here.")
    other.document.insert_layer("dense", 0)
    press(one, Qt.Key.Key_A)
    press(one, Qt.Key.Key_C)
    press(other, Qt.Key.Key_V)
    assert ids(other) == ["dense1", "dense3", "dense2", "skip1"]
    layers = other.document.experiment.network.layers
    assert layers[1].model_dump() == one.document.experiment.network.layers[0].model_dump() | {"id": "dense3"}
    assert layers[3].model_dump()["from"] == "dense3"
    assert note_at(other.document.experiment, "dense2") == "Look here."
    assert other.document.marked == ("dense3", "dense2", "skip1")
    other.commands["undo"].trigger()
    assert ids(other) == ["dense1"]


def test_that_cut_and_paste_moves_layers_under_their_own_names(windows: Callable[[str], Window]) -> None:
    window = windows("one")
    for index, kind in enumerate(("rnn", "gru", "dense")):
        window.document.insert_layer(kind, index)
    window.document.mark(["rnn1", "gru1"], "gru1")
    press(window, Qt.Key.Key_X)
    assert ids(window) == ["dense1"]
    press(window, Qt.Key.Key_V)
    assert ids(window) == ["dense1", "rnn1", "gru1"]
    assert [window.document.undo.text(index) for index in (3, 4)] == ["Cut 2 layers", "Paste 2 layers"]


def test_that_what_is_copied_is_text_that_a_person_can_read(windows: Callable[[str], Window]) -> None:
    window = windows("one")
    window.document.insert_layer("rnn", 0)
    press(window, Qt.Key.Key_C)
    copied = json.loads(QGuiApplication.clipboard().text())
    assert copied == {
        "format": "vgviewer.layers",
        "version": 1,
        "layers": [{"id": "rnn1", "type": "rnn", "units": 32}],
    }


def test_that_thirty_layers_are_made_in_two_gestures(windows: Callable[[str], Window]) -> None:
    window = windows("one")
    window.document.insert_layer("dense", 0)
    press(window, Qt.Key.Key_D, CONTROL | SHIFT)
    field = window.desk.network.canvas.times.count
    assert field.isVisible()
    QTest.keyClicks(field, "29")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert len(ids(window)) == 30
    assert not field.isVisible()
    assert window.document.undo.undoText() == "Duplicate dense1 29 times"
    press(window, Qt.Key.Key_D)
    assert len(ids(window)) == 59  # all that were made are chosen


HOSTILE = {
    "no JSON": "print('hello')",
    "nothing": "",
    "another object": '{"a": 1}',
    "a whole preset": json.dumps({"format": "vgviewer.preset", "version": 1, "network": {"layers": []}}),
    "a newer version": json.dumps(GOOD | {"version": 2}),
    "a version that is true": json.dumps(GOOD | {"version": True}),
    "no layers": json.dumps(GOOD | {"layers": []}),
    "an unknown key": json.dumps(GOOD | {"more": 1}),
    "an unknown field": json.dumps(GOOD | {"layers": [LAYER | {"color": "red"}]}),
    "an unknown layer": json.dumps(GOOD | {"layers": [{"id": "a", "type": "teapot"}]}),
    "a bad value": json.dumps(GOOD | {"layers": [LAYER | {"units": -5}]}),
    "a value of another type": json.dumps(GOOD | {"layers": [LAYER | {"units": "7"}]}),
    "not a number": json.dumps(GOOD | {"layers": [LAYER | {"units": float("nan")}]}),
    "a path for an id": json.dumps(GOOD | {"layers": [LAYER | {"id": "../x"}]}),
    "a reserved id": json.dumps(GOOD | {"layers": [LAYER | {"id": "output"}]}),
    "one id twice": json.dumps(GOOD | {"layers": [LAYER, LAYER]}),
    "one key twice": json.dumps(GOOD).replace('"units": 7', '"units": 7, "units": 8'),
    "300 layers": json.dumps(GOOD | {"layers": [LAYER | {"id": f"d{n}"} for n in range(300)]}),
    "two notes at one layer": json.dumps(GOOD | {"annotations": [{"at": "dense1", "text": "x"}] * 2}),
    "a note of 10,000 letters": json.dumps(GOOD | {"annotations": [{"at": "dense1", "text": "x" * 10_000}]}),
    "brackets": "[" * 100_000,
    "two megabytes": json.dumps(GOOD) + " " * 2_000_000,
    "markup": "<img src=x onerror=alert(1)>",
}


def test_that_hostile_text_is_refused_in_one_sentence_and_changes_nothing(
    windows: Callable[[str], Window],
) -> None:
    window = windows("one")
    window.document.insert_layer("dense", 0)
    before, count = window.document.experiment, window.document.undo.count()
    for name, text in HOSTILE.items():
        window.say("")
        put(text)
        press(window, Qt.Key.Key_V)
        assert window.document.experiment is before, name
        assert window.document.undo.count() == count, name
        assert said(window).startswith("Nothing was pasted."), name
        assert len(said(window)) < 300, name
        assert "\n" not in said(window), name


def test_that_a_network_that_would_get_too_large_stays_as_it_is(windows: Callable[[str], Window]) -> None:
    window = windows("one")
    window.document.insert_layer("dense", 0)
    layer = window.document.experiment.network.layers[0]
    full = Network(layers=tuple(layer.replace(id=f"d{n}") for n in range(256)))
    window.document.edit("Fill", window.document.experiment.replace(network=full))
    put(json.dumps(GOOD))
    press(window, Qt.Key.Key_V)
    assert len(ids(window)) == 256
    assert "at most 256 layers" in said(window)
