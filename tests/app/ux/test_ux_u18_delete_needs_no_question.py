"""U18: deleting asks nothing, because it can be taken back; what cannot be taken back does ask."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.app.windows import make_window
from vgviewer.app import dialogs
from vgviewer.app.editor.edits import ids_of
from vgviewer.app.window import Window


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path) -> Window:
    window = make_window(qtbot, tmp_path)
    window.document.new()
    for index, kind in enumerate(("rnn", "gru", "dense")):
        window.document.insert_layer(kind, index)
    window.document.annotate("gru1", "Look here.")
    return window


TAKEN_BACK: dict[str, Callable[[Window], object]] = {
    "Delete": lambda w: QTest.keyClick(w.desk.network.canvas, Qt.Key.Key_Delete),
    "the menu": lambda w: w.commands["delete"].trigger(),
    "Cut": lambda w: w.commands["cut"].trigger(),
    "Select All and Delete": lambda w: (w.commands["select_all"].trigger(), w.commands["delete"].trigger()),
    "the note": lambda w: w.document.annotate("gru1", ""),
}


@pytest.mark.parametrize("name", TAKEN_BACK)
def test_that_what_can_be_taken_back_asks_nothing(window: Window, name: str) -> None:
    window.document.select("gru1")
    before, count = window.document.experiment, window.document.undo.count()
    TAKEN_BACK[name](window)
    assert window.document.experiment != before
    assert QApplication.activeModalWidget() is None
    assert window.document.undo.count() == count + 1
    window.commands["undo"].trigger()
    assert window.document.experiment == before


@pytest.mark.parametrize("name", ["new", "an example", "closing"])
def test_that_what_cannot_be_taken_back_asks_first(
    window: Window, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    asked: list[str] = []

    def ask(parent: object, title: str, *rest: object) -> str:
        asked.append(title)
        return "cancel"

    monkeypatch.setattr(dialogs, "ask_about_changes", ask)
    before = window.document.experiment
    wishes: dict[str, Callable[[], object]] = {
        "new": window.files.new,
        "an example": lambda: window.files.open_preset("rnn-forgets"),
        "closing": window.close,
    }
    wishes[name]()
    assert asked == [window.document.title]
    assert window.document.experiment is before
    assert ids_of(before) == ["rnn1", "gru1", "dense1"]
