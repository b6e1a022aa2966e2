"""U13: One Open for presets and runs; drag-and-drop on the window; double-click/CLI argument.

A preset and a run go the same three ways.
"""

from pathlib import Path
from unittest.mock import Mock

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.app.recorded import FRAMES, run_file
from tests.app.runs_by_hand import experiment
from tests.app.windows import make_window
from vgviewer.app import dialogs
from vgviewer.app.window import Window
from vgviewer.experiment import PresetError, save, shipped

EITHER = Qt.DropAction.CopyAction | Qt.DropAction.MoveAction
LEFT, PLAIN = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


def shown(qtbot: QtBot, folder: Path) -> Window:
    window = make_window(qtbot, folder)
    window.show()
    return window


def drop(place: QWidget, *paths: Path) -> bool:
    data, middle = QMimeData(), QPointF(place.width() / 2, place.height() / 2)
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    enter = QDragEnterEvent(middle.toPoint(), EITHER, data, LEFT, PLAIN)
    QApplication.sendEvent(place, enter)
    if enter.isAccepted():
        QApplication.sendEvent(place, QDropEvent(middle, EITHER, data, LEFT, PLAIN))
    return enter.isAccepted()


@pytest.mark.parametrize("way", ["open", "drop", "word"])
def test_that_a_run_is_opened_the_same_ways(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    window = shown(qtbot, tmp_path)
    path = run_file(tmp_path / "kept.vgrun", name="Kept")
    monkeypatch.setattr(dialogs, "ask_open_path", Mock(return_value=path))
    if way == "open":
        window.commands["open"].trigger()
    elif way == "drop":
        assert drop(window, path)
    else:
        window.open_first(path)
    qtbot.waitUntil(lambda: window.live.history is not None)
    assert window.live.history is not None
    assert window.live.history.steps.tolist() == list(range(FRAMES))
    assert window.document.title == "Kept"
    assert window.document.path is None
    assert not window.document.modified
    assert window.live.state == "ended"
    assert path in window.preferences.recents
    assert not window.live.is_outdated
    window.runs.rewind.go_to(3)
    assert window.live.looks_back


def test_that_a_run_that_cannot_be_read_costs_nothing(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = shown(qtbot, tmp_path)
    before = window.document.experiment
    refused: list[str] = []
    monkeypatch.setattr(dialogs, "show_bad_run", lambda parent, path, sentence: refused.append(sentence))
    whole = run_file(tmp_path / "whole.vgrun", 5).read_bytes()
    for content in (b"", whole[:9], whole[:400], b"PK\x03\x04" + whole):
        (tmp_path / "bad.vgrun").write_bytes(content)
        assert not window.files.open_path(tmp_path / "bad.vgrun")
    assert len(refused) == 4
    assert all(str(tmp_path / "bad.vgrun") in sentence for sentence in refused)
    assert window.document.experiment is before
    assert window.live.state == "idle"


@pytest.mark.parametrize("where", ["window", "network", "picture", "welcome"])
def test_that_a_file_dropped_anywhere_is_opened(qtbot: QtBot, tmp_path: Path, where: str) -> None:
    window = shown(qtbot, tmp_path)
    path = tmp_path / "net.vgnet.json"
    save(experiment("Dropped"), path)
    if where == "welcome":
        window.stage.show_welcome()
    places: dict[str, QWidget | None] = {
        "window": window,
        "network": window.desk.network.canvas.viewport(),
        "picture": window.desk.view("layers-training").plot.viewport(),
        "welcome": window.stage.welcome and window.stage.welcome.gallery.cards[0],
    }
    place = places[where]
    assert place is not None
    assert drop(place, path)
    qtbot.waitUntil(lambda: window.document.path == path)
    assert window.desk.isVisible()


def test_that_a_hostile_drop_costs_nothing_and_is_answered_in_words(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = shown(qtbot, tmp_path)
    before = window.document.experiment
    bad = tmp_path / "bad.vgnet.json"
    bad.write_bytes(b"\x80\x04cos\nsystem\n(S'touch owned'\ntR.")
    refused: list[PresetError] = []
    monkeypatch.setattr(dialogs, "show_refusal", lambda parent, error: refused.append(error))
    drop(window, tmp_path)
    drop(window, bad, bad)
    drop(window, bad)
    qtbot.waitUntil(lambda: len(refused) == 1)
    texts = [notice.text for notice in window.guide.notifications.notices]
    assert any("is a folder" in text for text in texts)
    assert any("2 files" in text for text in texts)
    assert any("“bad.vgnet.json” was not opened" in text for text in texts)
    assert window.document.experiment is before


def test_that_open_takes_what_the_dialog_gives(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = shown(qtbot, tmp_path)
    path = tmp_path / "net.vgnet.json"
    save(experiment("Opened"), path)
    monkeypatch.setattr(dialogs, "ask_open_path", Mock(return_value=path))
    window.commands["open"].trigger()
    assert window.document.path == path


def test_that_a_file_on_the_command_line_is_what_the_first_moment_shows(qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "net.vgnet.json"
    save(experiment("Given"), path)
    window = shown(qtbot, tmp_path)
    window.open_first(path)
    assert window.document.path == path
    assert window.desk.isVisible()
    assert not window.stage.is_welcome


def test_that_a_name_on_the_command_line_is_a_shipped_preset(qtbot: QtBot, tmp_path: Path) -> None:
    window = shown(qtbot, tmp_path)
    window.open_first(shipped()[2].path)
    assert window.document.preset == shipped()[2].id


def test_that_a_bad_file_on_the_command_line_still_gives_a_window(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dialogs, "show_refusal", Mock())
    window = shown(qtbot, tmp_path)
    window.open_first(tmp_path / "gone.vgnet.json")
    assert window.document.experiment.network.layers
    assert window.stage.is_welcome
