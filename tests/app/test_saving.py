"""Saving a network that trains."""

from pathlib import Path
from typing import cast

import pytest
from pytestqt.qtbot import QtBot

from tests.app.runs_by_hand import HandRun, messages
from tests.app.windows import make_window
from vgviewer.app import dialogs


def test_that_saving_keeps_the_run_and_its_pictures(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(HandRun, "made", [])
    monkeypatch.setattr(HandRun, "script", messages(300))
    monkeypatch.setattr(dialogs, "ask_save_path", lambda *_: tmp_path / "mine.vgnet.json")
    window = make_window(qtbot, tmp_path, cast(type, HandRun))
    window.open_first(None)
    window.live.train_or_pause()
    qtbot.waitUntil(lambda: window.live.history is not None and window.live.history.latest is not None)
    history = window.live.history
    window.commands["save"].trigger()
    assert window.document.path == tmp_path / "mine.vgnet.json"
    assert window.windowTitle().startswith("mine")
    assert window.live.history is history
    window.live.stop(1)


def test_that_what_was_said_of_an_edit_is_not_said_when_it_is_taken_back(
    qtbot: QtBot, tmp_path: Path
) -> None:
    window = make_window(qtbot, tmp_path)
    window.add_layer("dense")
    window.say("Dense: applied. Ctrl+Z takes it back.")
    assert "applied" in window.status.words.text()
    window.commands["undo"].trigger()
    assert "applied" not in window.status.words.text()
