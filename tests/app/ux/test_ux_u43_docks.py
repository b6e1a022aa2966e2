"""U43: docks: move, float, hide, View > Reset Layout; layouts saved and named (Build, Watch, Teach).

What a person has arranged comes back with its layout and at the next start; a damaged memory of it is the default.
"""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QTabBar
from pytestqt.qtbot import QtBot

from tests.app.windows import make_window
from vgviewer.app.desk import LAYOUTS, arranging
from vgviewer.app.desk.pane import Pane
from vgviewer.app.preferences import Preferences
from vgviewer.app.window import Window

Show = Callable[[], Window]
# What the offscreen platform cannot do, and says.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def show(qtbot: QtBot, tmp_path: Path) -> Show:
    def shown() -> Window:
        window = make_window(qtbot, tmp_path)
        window.resize(1440, 900)
        window.show()
        window.activateWindow()
        QApplication.processEvents()
        return window

    return shown


def seen(window: Window) -> set[str]:
    QApplication.processEvents()
    panes = window.desk.panes.items()
    return {name for name, pane in panes if pane.isVisible() and not pane.visibleRegion().isEmpty()}


def places(window: Window) -> dict[str, QRect]:
    return {name: window.desk.panes[name].geometry() for name in seen(window)}


def press(window: Window, name: str) -> None:
    window.commands[name].trigger()
    QApplication.processEvents()


@pytest.mark.parametrize("name", LAYOUTS)
def test_that_each_named_layout_shows_its_panes_and_is_marked_in_the_menu(show: Show, name: str) -> None:
    window = show()
    window.files.open_preset("rnn-forgets")
    press(window, f"layout_{name}")
    tops = {tabs[0] for tabs in LAYOUTS[name].groups if tabs[0] in window.desk.panes}
    assert seen(window) == tops
    assert window.commands[f"layout_{name}"].isChecked()
    hidden = set(window.desk.panes) - {pane for tabs in LAYOUTS[name].groups for pane in tabs}
    assert not any(window.desk.panes[pane].isVisible() for pane in hidden)


def test_that_the_inspector_and_an_alert_have_room_in_a_small_window(show: Show) -> None:
    window = show()
    for width, height in ((1440, 900), (1024, 768)):
        window.resize(width, height)
        press(window, "layout_watch")
        press(window, "reset_layout")
        assert window.desk.panes["inspector"].height() >= 200
        assert window.desk.panes["alerts"].height() >= 240


def test_that_a_double_click_floats_a_pane_and_its_buttons_put_it_back_or_close_it(show: Show) -> None:
    window = show()
    pane = window.desk.panes["presets"]
    before = pane.geometry()
    QTest.mouseDClick(pane.handle, Qt.MouseButton.LeftButton)
    assert pane.isFloating()
    back, close = pane.handle.buttons
    assert close.isVisible()
    QTest.mouseClick(back, Qt.MouseButton.LeftButton)
    QApplication.processEvents()
    assert not pane.isFloating()
    assert pane.geometry() == before
    assert not close.isVisible()
    pane.setFloating(True)
    QTest.mouseClick(close, Qt.MouseButton.LeftButton)
    assert not pane.isVisible()
    pane.toggleViewAction().trigger()
    assert pane.isVisible()


def test_that_what_stood_behind_a_tab_is_seen_once_it_is_out(show: Show) -> None:
    window = show()
    window.desk.watch()
    QApplication.processEvents()
    view, pane = window.desk.view("gates"), window.desk.panes["gates"]
    assert not view.isVisible()
    pane.setFloating(True)
    assert view.isVisible()
    pane.setFloating(False)


def test_that_a_pane_is_dragged_by_its_handle(show: Show) -> None:
    window = show()
    pane = window.desk.panes["presets"]
    start = pane.handle.rect().center()
    QTest.mousePress(pane.handle, Qt.MouseButton.LeftButton, pos=start)
    for far in (10, 60, 200, 300):
        QTest.mouseMove(pane.handle, start + QPoint(far, -far))
    assert pane.isFloating()
    QTest.mouseRelease(pane.handle, Qt.MouseButton.LeftButton, pos=start)
    pane.setFloating(False)


def test_that_the_handle_has_a_menu(show: Show) -> None:
    window = show()
    pane = window.desk.panes["presets"]
    middle = pane.handle.rect().center()
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, middle, pane.handle.mapToGlobal(middle))
    QApplication.sendEvent(pane.handle, event)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    assert [action.text() for action in menu.actions()] == ["&Float", "&Close"]
    menu.actions()[1].trigger()
    menu.close()
    assert not pane.isVisible()


def test_that_keys_go_from_pane_to_pane_float_and_close(show: Show) -> None:
    window = show()
    rounds = window.desk.rounds
    window.desk.network.canvas.setFocus()
    visited = []
    for _ in range(len(rounds.in_order())):
        QTest.keyClick(window, Qt.Key.Key_F6)
        visited.append(rounds.current.objectName() if rounds.current else "network")
    assert visited[-1] == "network"
    assert len(set(visited)) == len(visited)
    assert {"palette", "presets", "inspector"} <= set(visited)
    QTest.keyClick(window, Qt.Key.Key_F6, Qt.KeyboardModifier.ShiftModifier)
    assert rounds.current is not None
    assert rounds.current.objectName() == visited[-2]
    window.desk.bring("presets")
    QTest.keyClick(
        window, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    )
    assert window.desk.panes["presets"].isFloating()
    window.desk.panes["presets"].setFloating(False)
    window.activateWindow()
    window.desk.bring("presets")
    QTest.keyClick(window, Qt.Key.Key_W, Qt.KeyboardModifier.ControlModifier)
    assert not window.desk.panes["presets"].isVisible()
    assert window.desk.network.canvas.hasFocus()


def test_that_keys_turn_the_tabs_and_the_bar_of_tabs_has_a_name(show: Show) -> None:
    window = show()
    window.desk.bring("inspector")
    window.desk.tabifyDockWidget(window.desk.panes["presets"], window.desk.panes["palette"])
    window.desk.bring("presets")
    QApplication.processEvents()
    bars = [bar for bar in window.desk.findChildren(QTabBar) if bar.isVisible()]
    assert all(bar.accessibleName() for bar in bars)
    press(window, "next_tab")
    assert window.desk.panes["palette"] is window.desk.rounds.current
    press(window, "previous_tab")
    assert window.desk.panes["presets"] is window.desk.rounds.current


def test_that_what_was_moved_comes_back_with_its_layout_and_goes_at_a_reset(show: Show) -> None:
    window = show()
    press(window, "layout_watch")
    press(window, "reset_layout")
    fresh = places(window)
    desk = window.desk
    desk.panes["presets"].close()
    desk.splitDockWidget(desk.panes["inspector"], desk.panes["palette"], Qt.Orientation.Vertical)
    moved = places(window)
    assert moved != fresh
    press(window, "layout_build")
    assert places(window) != moved
    press(window, "layout_watch")
    assert places(window) == moved
    press(window, "reset_layout")
    assert places(window) == fresh


def test_that_the_next_start_finds_the_layout_and_its_panes(show: Show) -> None:
    window = show()
    press(window, "layout_teach")
    window.desk.panes["alerts"].close()
    arranged = places(window)
    window.document.let_go()
    window.close()
    again = show()
    assert again.desk.arrangement.id == "teach"
    assert places(again) == arranged
    assert again.commands["layout_teach"].isChecked()


def test_that_a_layout_chosen_for_every_start_goes_before_the_last_one(show: Show, tmp_path: Path) -> None:
    window = show()
    press(window, "layout_teach")
    window.preferences.choose(layout="build")
    window.document.let_go()
    window.close()
    assert show().desk.arrangement.id == "build"


@pytest.mark.parametrize(
    "damage", [lambda text: text[:-8], lambda text: "0" * len(text), lambda text: "é", str.lower]
)
def test_that_a_damaged_memory_is_the_layout_as_it_is_shipped(
    show: Show, tmp_path: Path, damage: Callable[[str], str]
) -> None:
    window = show()
    press(window, "layout_watch")
    press(window, "reset_layout")
    fresh = places(window)
    window.desk.panes["presets"].close()
    window.document.let_go()
    window.close()
    preferences = Preferences(tmp_path / "settings.ini")
    kept = preferences.memory.arrangements
    preferences.note(arrangements={name: damage(text) for name, text in kept.items()})
    assert places(show()) == fresh


def test_that_a_memory_of_other_panes_is_of_no_use(show: Show) -> None:
    window = show()
    desk = window.desk
    kept = arranging.packed(desk, desk.panes)
    assert arranging.unpack(desk, desk.panes, kept)
    fewer: dict[str, Pane] = {name: pane for name, pane in desk.panes.items() if name != "notes"}
    assert not arranging.unpack(desk, fewer, kept)


def test_that_a_pane_that_floats_where_no_screen_is_any_more_comes_back(show: Show) -> None:
    window = show()
    pane = window.desk.panes["presets"]
    pane.setFloating(True)
    pane.setGeometry(50_000, 50_000, 300, 300)
    press(window, "layout_build")
    press(window, "layout_watch")
    pane = window.desk.panes["presets"]
    assert pane.isFloating()
    assert window.screen().availableGeometry().contains(pane.geometry())
    pane.setFloating(False)
