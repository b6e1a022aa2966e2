"""U03: Help > Welcome brings it back; "do not show" remembered."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from tests.app.windows import make_window
from vgviewer.app import theme
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


def test_that_the_bar_of_the_run_behind_the_page_is_not_there_while_the_page_is(
    qtbot: QtBot, tmp_path: Path
) -> None:
    window = make_window(qtbot, tmp_path)
    window.show()
    window.open_first(None)
    assert window.stage.is_welcome
    assert window.top_bar.isHidden()
    window.stage.show_desk()
    assert window.top_bar.isVisible()
    window.stage.show_welcome()
    assert window.top_bar.isHidden()
    window.files.open_preset("rnn-forgets")
    assert window.top_bar.isVisible()


def test_that_the_foot_of_the_page_is_seen_also_with_large_texts(qtbot: QtBot, tmp_path: Path) -> None:
    window = make_window(qtbot, tmp_path)
    window.resize(1024, 768)
    theme.enlarge(2.0)
    window.show()
    window.stage.show_welcome()
    QApplication.processEvents()
    page = window.stage.welcome
    assert page is not None
    for part in (page.at_start, page.back):
        assert part.visibleRegion().boundingRect() == part.rect()
    theme.enlarge(1.0)


def test_that_it_stays_while_a_run_goes_on_and_goes_when_one_begins(qtbot: QtBot, tmp_path: Path) -> None:
    window = start(qtbot, tmp_path)
    window.live.train_or_pause()
    assert not window.stage.is_welcome
    qtbot.waitUntil(lambda: window.live.state == "running", timeout=20_000)
    window.commands["welcome"].trigger()
    with qtbot.waitSignal(window.live.text_due, timeout=5_000):
        pass
    assert window.live.state == "running"
    assert window.stage.is_welcome
    window.live.train_or_pause()
    assert window.stage.is_welcome
    window.live.train_or_pause()
    assert not window.stage.is_welcome
    window.live.stop(5.0)
