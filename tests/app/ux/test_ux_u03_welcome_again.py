"""U03: Help > Welcome brings it back; "do not show" remembered."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from tests.app.windows import make_window
from vgviewer.app.window import Window

LEFT = Qt.MouseButton.LeftButton
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


def start(qtbot: QtBot, folder: Path) -> Window:
    window = make_window(qtbot, folder)
    window.show()
    window.open_first(None)
    return window


def test_that_the_help_menu_brings_it_back_over_the_same_network(qtbot: QtBot, tmp_path: Path) -> None:
    window = start(qtbot, tmp_path)
    page = window.stage.welcome
    assert page is not None
    qtbot.mouseClick(page.back, LEFT)
    assert window.desk.isVisible()
    before = window.document.experiment
    menus = {menu.title(): menu for menu in window.menuBar().findChildren(QMenu)}
    (entry,) = [action for action in menus["&Help"].actions() if action.text() == "&Welcome"]
    entry.trigger()
    assert page.isVisible()
    assert window.document.experiment is before


def test_that_do_not_show_survives_a_restart_and_can_be_taken_back(qtbot: QtBot, tmp_path: Path) -> None:
    first = start(qtbot, tmp_path)
    page = first.stage.welcome
    assert page is not None
    assert page.at_start.isChecked()
    page.at_start.click()
    assert first.close()
    second = start(qtbot, tmp_path)
    assert second.stage.welcome is None
    assert second.desk.isVisible()
    second.commands["welcome"].trigger()
    again = second.stage.welcome
    assert again is not None
    assert not again.at_start.isChecked()
    again.at_start.click()
    assert second.close()
    third = start(qtbot, tmp_path)
    assert third.stage.is_welcome


def test_that_the_box_follows_the_preferences(qtbot: QtBot, tmp_path: Path) -> None:
    window = start(qtbot, tmp_path)
    page = window.stage.welcome
    assert page is not None
    window.preferences.choose(start_with="last")
    assert not page.at_start.isChecked()
