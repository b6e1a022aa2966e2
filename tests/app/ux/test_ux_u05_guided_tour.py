"""U05: Guided tour <= 8 steps, skippable with Esc, keyboard only, restores layout, restartable."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.app.windows import make_window
from vgviewer.app.tour import STOPS, Tour
from vgviewer.app.window import Window

Key = Qt.Key
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


def opened(qtbot: QtBot, tmp_path: Path) -> Window:
    window = make_window(qtbot, tmp_path)
    window.resize(1024, 768)
    window.show()
    window.open_first(None)
    window.stage.show_desk()
    return window


def begun(window: Window) -> Tour:
    window.commands["tour"].trigger()
    tour = window.guide.tour
    assert tour is not None
    assert tour.isVisible()
    return tour


def press(tour: Tour, key: Key) -> None:
    """As it reaches the window, where its shortcuts hear it before the bubble does."""
    handle = tour.window().windowHandle()
    assert handle is not None
    QTest.keyClick(handle, key)


def test_that_it_has_at_most_eight_stops_and_each_says_something() -> None:
    assert 4 <= len(STOPS) <= 8
    assert all(len(stop.title) > 3 and len(stop.text) > 40 for stop in STOPS)


@pytest.mark.parametrize("size", [(1024, 768), (1440, 900), (960, 640)])
def test_that_every_bubble_is_on_the_screen_and_points_at_what_it_speaks_of(
    qtbot: QtBot, tmp_path: Path, size: tuple[int, int]
) -> None:
    window = opened(qtbot, tmp_path)
    window.resize(*size)
    tour = begun(window)
    for stop in STOPS:
        assert tour.stop is stop
        bubble, target = tour.bubble.geometry(), tour.target_rect()
        assert window.rect().contains(bubble), stop.title
        assert target.width() > 16, stop.title
        assert target.height() > 16, stop.title
        hidden = bubble & target
        assert hidden.width() * hidden.height() < 0.3 * target.width() * target.height(), stop.title
        assert bubble.height() >= tour.bubble.layout().totalMinimumSize().height()
        press(tour, Key.Key_Return)
    assert not tour.isVisible()


def test_that_arrows_walk_forth_and_back_and_esc_leaves_at_any_stop(qtbot: QtBot, tmp_path: Path) -> None:
    window = opened(qtbot, tmp_path)
    tour = begun(window)
    press(tour, Key.Key_Right)
    press(tour, Key.Key_Space)
    press(tour, Key.Key_Left)
    assert tour.stop is STOPS[1]
    press(tour, Key.Key_Escape)
    assert not tour.isVisible()
    assert window.live.state == "idle"


def test_that_tab_stays_within_the_bubble(qtbot: QtBot, tmp_path: Path) -> None:
    window = opened(qtbot, tmp_path)
    tour = begun(window)
    press(tour, Key.Key_Right)
    seen = []
    for _ in range(3):
        tour.focusNextPrevChild(True)
        seen.append(tour.focusWidget())
    assert seen == [tour.bubble.end, tour.bubble.back, tour.bubble.next]
    press(tour, Key.Key_Escape)


def test_that_everything_stands_where_it_stood_before_and_it_can_be_taken_again(
    qtbot: QtBot, tmp_path: Path
) -> None:
    window = opened(qtbot, tmp_path)
    window.desk.teach()
    window.desk.panes["notes"].hide()  # as a person has it, not as the layout has it
    shown = {name for name, pane in window.desk.panes.items() if pane.isVisible()}
    layout = window.desk.arrangement
    assert "palette" not in shown
    for _ in range(2):
        tour = begun(window)
        assert tour.stop is STOPS[0]
        press(tour, Key.Key_Right)
        assert window.desk.panes["palette"].isVisible()
        press(tour, Key.Key_Escape)
        assert {name for name, pane in window.desk.panes.items() if pane.isVisible()} == shown
        assert window.desk.arrangement == layout


def test_that_who_skips_it_is_back_on_the_welcome_page_and_who_ends_it_at_the_desk(
    qtbot: QtBot, tmp_path: Path
) -> None:
    window = opened(qtbot, tmp_path)
    window.stage.show_welcome()
    page = window.stage.welcome
    assert page is not None
    qtbot.mouseClick(page.tour, Qt.MouseButton.LeftButton)
    tour = window.guide.tour
    assert tour is not None
    press(tour, Key.Key_Escape)
    assert window.stage.is_welcome
    qtbot.mouseClick(page.tour, Qt.MouseButton.LeftButton)
    for _ in STOPS:
        qtbot.mouseClick(tour.bubble.next, Qt.MouseButton.LeftButton)
    assert not tour.isVisible()
    assert window.desk.isVisible()
