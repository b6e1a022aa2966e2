"""U35: a double click on a picture, or F, gives it all the room; Esc gives it back, and everything is as it was."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.app.filled import filled_window, settle
from vgviewer.app.views import View
from vgviewer.app.window import Window

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def visible(window: Window) -> dict[str, tuple[int, int, int, int]]:
    """The panes that can be seen, and where."""
    shown = {name: pane for name, pane in window.desk.panes.items() if not pane.visibleRegion().isEmpty()}
    return {name: pane.geometry().getRect() for name, pane in shown.items()}


def middle(view: View) -> None:
    """A double click, as a mouse makes it."""
    QTest.mouseDClick(
        view.plot.viewport(), Qt.MouseButton.LeftButton, pos=view.plot.viewport().rect().center()
    )
    settle_down()


def settle_down() -> None:
    for _ in range(3):
        QApplication.processEvents()


def test_that_a_double_click_gives_all_the_room_and_esc_takes_it_back(qtbot: QtBot, tmp_path: Path) -> None:
    with filled_window(tmp_path) as window:
        window.activateWindow()
        before, small = visible(window), window.desk.view("through-time").width()
        view = window.desk.view("through-time")
        middle(view)
        assert visible(window).keys() == {"through-time"}
        assert not window.desk.network.isVisible()
        qtbot.waitUntil(lambda: view.width() > 0.95 * window.desk.width())  # docks may glide
        assert window.desk.width() > 1.5 * small
        assert view.header.tools.back.isVisible()
        assert QApplication.focusWidget() is view.plot
        QTest.keyClick(view.plot, Qt.Key.Key_Escape)
        settle_down()
        qtbot.waitUntil(lambda: visible(window) == before)
        assert window.desk.network.isVisible()
        assert not view.header.tools.back.isVisible()


def test_that_f_does_it_with_keys_alone_and_a_second_f_takes_it_back(qtbot: QtBot, tmp_path: Path) -> None:
    with filled_window(tmp_path) as window:
        window.activateWindow()
        view, before = window.desk.view("curves"), visible(window)
        view.plot.setFocus(Qt.FocusReason.TabFocusReason)
        QTest.keyClick(view.plot, Qt.Key.Key_F)
        settle_down()
        assert visible(window).keys() == {"curves"}
        QTest.keyClick(view.plot, Qt.Key.Key_F)
        settle_down()
        qtbot.waitUntil(lambda: visible(window) == before)


def test_that_the_menu_of_the_picture_and_a_second_double_click_do_the_same(
    qtbot: QtBot, tmp_path: Path
) -> None:
    with filled_window(tmp_path) as window:
        window.activateWindow()
        view, before = window.desk.view("layers-training"), visible(window)
        menu = view.header.tools.menu
        menu.aboutToShow.emit()
        next(action for action in menu.actions() if "Maximize" in action.text()).trigger()
        settle_down()
        assert visible(window).keys() == {"layers-training"}
        menu.aboutToShow.emit()
        assert any(action.text().startswith("&Back") for action in menu.actions())
        middle(view)
        qtbot.waitUntil(lambda: visible(window) == before)


def test_that_another_layout_ends_it_and_nothing_of_it_is_remembered(qtbot: QtBot, tmp_path: Path) -> None:
    with filled_window(tmp_path) as window:
        window.activateWindow()
        view = window.desk.view("through-time")
        middle(view)
        window.desk.build()
        settle_down()
        assert window.desk.maximizing.name is None
        assert window.desk.network.isVisible()
        assert not view.is_maximized
        window.desk.watch()
        settle_down()
        settle(window)
        assert {"through-time", "inspector"} <= visible(window).keys()


def test_that_f_away_from_every_picture_says_what_to_do(qtbot: QtBot, tmp_path: Path) -> None:
    with filled_window(tmp_path) as window:
        window.activateWindow()
        before = visible(window)
        window.desk.network.canvas.setFocus()
        QTest.keyClick(window.desk.network.canvas, Qt.Key.Key_F)
        settle_down()
        qtbot.waitUntil(lambda: visible(window) == before)
        assert "Point at a picture first" in window.status.words.text()
