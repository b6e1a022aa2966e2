"""U12: Open Recent (10, missing ones greyed, Clear)."""

from pathlib import Path

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from tests.app.runs_by_hand import experiment
from tests.app.windows import make_window
from vgviewer.app.window import Window
from vgviewer.experiment import save

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


def recent_menu(window: Window) -> QMenu:
    (menu,) = [menu for menu in window.menuBar().findChildren(QMenu) if menu.title() == "Open &Recent"] or [
        menu for menu in window.findChildren(QMenu) if menu.title() == "Open &Recent"
    ]
    return menu


def listed(menu: QMenu) -> list[QAction]:
    menu.aboutToShow.emit()
    entries = [action for action in menu.actions() if action.isVisible() and not action.isSeparator()]
    return entries[:-1]  # Clear stands last


def test_that_the_ten_files_used_last_are_offered_newest_first(qtbot: QtBot, tmp_path: Path) -> None:
    window = make_window(qtbot, tmp_path)
    paths = [tmp_path / f"net {number}.vgnet.json" for number in range(12)]
    for path in paths:
        save(experiment(path.stem), path)
        assert window.files.open_path(path)
    entries = listed(recent_menu(window))
    assert [entry.data() for entry in entries] == [str(path) for path in reversed(paths[2:])]
    entries[3].trigger()
    assert window.document.path == paths[8]
    assert listed(recent_menu(window))[0].data() == str(paths[8])


def test_that_a_missing_file_is_gray_and_comes_back_with_its_file(qtbot: QtBot, tmp_path: Path) -> None:
    window = make_window(qtbot, tmp_path)
    path = tmp_path / "net.vgnet.json"
    save(experiment(), path)
    assert window.files.open_path(path)
    menu = recent_menu(window)
    path.rename(tmp_path / "elsewhere")
    (entry,) = listed(menu)
    assert not entry.isEnabled()
    (tmp_path / "elsewhere").rename(path)
    (entry,) = listed(menu)
    assert entry.isEnabled()


def test_that_the_list_is_cleared_for_good(qtbot: QtBot, tmp_path: Path) -> None:
    window = make_window(qtbot, tmp_path)
    path = tmp_path / "net.vgnet.json"
    save(experiment(), path)
    window.files.open_path(path)
    clear = window.commands["clear_recent"]
    listed(recent_menu(window))
    assert clear.isEnabled()
    clear.trigger()
    assert listed(recent_menu(window)) == []
    assert not clear.isEnabled()
    assert window.close()
    assert listed(recent_menu(make_window(qtbot, tmp_path))) == []
