"""A file's name that no system takes is a file that is not there, wherever it comes from."""

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QUrl
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from tests.app.windows import make_window
from vgviewer.app import dialogs
from vgviewer.app.figure import FigureError, check
from vgviewer.app.recents import RecentMenu

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")
LONG = "x" * 300  # a file system takes 255 bytes


def test_that_a_name_that_is_too_long_can_be_chosen(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = make_window(qtbot, tmp_path)
    monkeypatch.setattr(QFileDialog, "exec", lambda dialog: 1)
    monkeypatch.setattr(QFileDialog, "selectedFiles", lambda dialog: [str(tmp_path / LONG)])
    path = dialogs.ask_save_path(window, tmp_path / "net.json", "All (*)", ".json")
    assert path == tmp_path / f"{LONG}.json"


def test_that_a_name_that_is_too_long_is_opened_by_nobody(qtbot: QtBot, tmp_path: Path) -> None:
    window = make_window(qtbot, tmp_path)
    assert not window.files.open_again(str(tmp_path / LONG))
    window.preferences.remember(tmp_path / LONG)
    (menu,) = window.findChildren(RecentMenu)
    menu.fill()
    assert not menu.entries[0].isEnabled()
    window.show()
    window.stage.show_welcome()
    window.close()


def test_that_a_name_that_is_too_long_is_dropped_as_any_other(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = make_window(qtbot, tmp_path)
    refused: list[str] = []
    monkeypatch.setattr(dialogs, "show_refusal", lambda parent, error: refused.append(str(error)))
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path / LONG))])
    window.arrivals.take(data)
    qtbot.waitUntil(lambda: bool(refused))


def test_that_a_picture_in_a_folder_that_cannot_be_is_refused_in_words(tmp_path: Path) -> None:
    with pytest.raises(FigureError, match="does not exist"):
        check(tmp_path / LONG / "a.png", (100, 100), 1.0)
