"""The desk: views are made when they are seen, hidden ones cost nothing, who reads an alert gets room."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QTabBar
from pytestqt.qtbot import QtBot

from tests.app.runs_by_hand import HandRun, experiment, messages
from tests.app.windows import make_window
from vgviewer.app.desk import LAYOUTS
from vgviewer.app.views import VIEWS, View
from vgviewer.app.window import Window
from vgviewer.experiment import Experiment
from vgviewer.runner import Run

Show = Callable[[], Window]
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def show(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Show:
    """Makes a window that dies with the test's own variables."""
    monkeypatch.setattr(HandRun, "made", [])
    monkeypatch.setattr(HandRun, "script", messages(200))

    def shown() -> Window:
        window = make_window(qtbot, tmp_path, cast(Callable[[Experiment], Run], HandRun))
        window.document.replace(experiment(), None)
        window.resize(1440, 900)
        window.show()
        qtbot.waitUntil(lambda: bool(window.desk.views))
        return window

    return shown


def test_that_every_pane_stands_in_a_layout_and_every_layout_names_panes_that_there_are(show: Show) -> None:
    window = show()
    named = {name for layout in LAYOUTS.values() for tabs in layout.groups for name in tabs}
    assert named == set(window.desk.panes)
    for layout in LAYOUTS.values():
        every = [name for tabs in layout.groups for name in tabs]
        assert len(every) == len(set(every))
        assert len(layout.left) == len(layout.left_parts)
        assert len(layout.right) == len(layout.right_parts)
        assert len(layout.below) == len(layout.rows)


def test_that_the_window_is_painted_before_any_view_is_made(qtbot: QtBot, tmp_path: Path) -> None:
    window = make_window(qtbot, tmp_path)
    made_before: list[int] = []
    window.painted.connect(lambda: made_before.append(len(window.desk.views)))
    window.show()
    qtbot.waitUntil(lambda: bool(window.desk.views))
    assert made_before == [0]
    seen = {name for name, view in window.desk.views.items() if view.isVisible()}
    assert seen == set(window.desk.views)


def test_that_a_view_is_made_when_it_is_seen(show: Show) -> None:
    window = show()
    hidden = next(name for name in VIEWS if name not in window.desk.views)
    made: list[View] = []
    window.desk.view_made.connect(made.append)
    window.desk.bring(hidden)
    QApplication.processEvents()
    assert made == [window.desk.views[hidden]]
    assert made[0].isVisible()


def test_that_a_view_that_comes_late_knows_what_the_others_know(show: Show) -> None:
    window = show()
    window.document.select("rnn1")
    window.live.train_or_pause()
    window.live.drain()
    hidden = next(name for name in VIEWS if name not in window.desk.views)
    view = window.desk.view(hidden)
    assert view.history is window.live.history
    assert view.selected == "rnn1"


def test_that_a_view_behind_another_is_not_drawn_and_wants_nothing(
    show: Show, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = show()
    drawn: list[str] = []
    for kind in VIEWS.values():
        monkeypatch.setattr(kind, "draw", _noting(kind, drawn))
    for name in VIEWS:
        window.desk.view(name)
    window.live.train_or_pause()
    window.live.drain()
    shown = {name for name, view in window.desk.views.items() if view.isVisible()}
    assert shown
    assert shown != set(VIEWS)
    drawn.clear()
    for _ in range(10):
        window.live.drain()
        qtbot.wait(60)
    assert set(drawn) <= {VIEWS[name].name for name in shown}
    assert drawn
    assert window.desk.wanted() == frozenset().union(*(VIEWS[name].wants for name in shown))


def test_that_who_turns_a_tab_stops_one_view_and_wakes_another(show: Show) -> None:
    window = show()
    first, second = (window.desk.panes[name] for name in ("through-time", "gates"))
    window.desk.bring("gates")
    QApplication.processEvents()
    assert not window.desk.view("through-time").isVisible()
    assert window.desk.view("gates").isVisible()
    window.desk.bring("through-time")
    QApplication.processEvents()
    assert (first.is_seen, second.is_seen) == (True, False)
    assert not window.desk.view("gates").isVisible()
    assert window.desk.view("through-time").isVisible()


def _noting(kind: type[View], drawn: list[str]) -> Callable[..., None]:
    original = kind.draw

    def draw(self: View, history: object) -> None:
        drawn.append(self.name)
        original(self, history)  # type: ignore[arg-type]

    return draw


def test_that_words_change_once_a_second_and_whenever_the_state_does(
    show: Show, monkeypatch: pytest.MonkeyPatch
) -> None:
    window, now = show(), [1000.0]
    monkeypatch.setattr("vgviewer.app.live.time.monotonic", lambda: now[0])
    told: list[float] = []
    window.live.text_due.connect(lambda: told.append(now[0]))
    window.live.train_or_pause()
    window.live.drain()
    told.clear()
    for _ in range(40):
        now[0] += 0.066
        window.live.drain()
    assert len(told) == 2
    window.live.train_or_pause()
    assert len(told) == 3


def heights(window: Window) -> list[int]:
    QApplication.processEvents()
    return [window.desk.panes[name].height() for name in ("inspector", "alerts")]


def test_that_an_alert_that_is_read_gets_room_and_gives_it_back(show: Show) -> None:
    window = show()
    before = heights(window)
    window.desk.alerts.unfolded.emit(True)
    assert heights(window)[1] > before[1] + 50
    window.desk.alerts.unfolded.emit(True)
    window.desk.alerts.unfolded.emit(False)
    assert heights(window) == before


def test_that_what_was_dragged_meanwhile_stays(show: Show) -> None:
    window = show()
    desk = window.desk
    desk.alerts.unfolded.emit(True)
    QApplication.processEvents()
    pane = desk.panes["inspector"]
    line = pane.geometry().bottomLeft() + QPoint(60, 3)
    QTest.mousePress(desk, Qt.MouseButton.LeftButton, pos=line)
    QTest.mouseMove(desk, line + QPoint(0, 80))
    QTest.mouseRelease(desk, Qt.MouseButton.LeftButton, pos=line + QPoint(0, 80))
    dragged = heights(window)
    desk.alerts.unfolded.emit(True)
    assert heights(window) == dragged
    desk.alerts.unfolded.emit(False)
    assert heights(window) == dragged


def test_that_task_and_training_bring_the_inspector_to_the_front(show: Show) -> None:
    window = show()
    window.desk.teach()
    QApplication.processEvents()
    inspector = window.desk.panes["inspector"]
    assert inspector.visibleRegion().isEmpty()
    QTest.mouseClick(window.desk.network.task, Qt.MouseButton.LeftButton)
    QApplication.processEvents()
    assert not inspector.visibleRegion().isEmpty()
    assert window.document.selected == "input"


def test_that_the_menu_of_panes_shows_and_hides_them(show: Show) -> None:
    window = show()
    entries = {action.text(): action for action in window.desk.menu().actions()}
    assert set(entries) == {pane.windowTitle() for pane in window.desk.panes.values()}
    entries["Presets"].trigger()
    assert not window.desk.panes["presets"].isVisible()
    entries["Presets"].trigger()
    assert window.desk.panes["presets"].isVisible()
    entries["Reach"].trigger()
    QApplication.processEvents()
    assert not window.desk.panes["reach"].isFloating()


def test_that_the_tab_of_the_alerts_says_how_many_stand_and_the_menu_keeps_its_name(show: Show) -> None:
    window = show()
    pane = window.desk.panes["alerts"]
    window.desk.count_alerts(2)
    titles = [bar.tabText(place) for bar in window.desk.findChildren(QTabBar) for place in range(bar.count())]
    assert "Alerts (2)" in titles
    assert pane.toggleViewAction().text() == "Alerts"
    window.desk.count_alerts(0)
    assert pane.windowTitle() == "Alerts"


def test_that_a_run_counts_its_alerts_on_the_tab_and_the_status_names_one(show: Show) -> None:
    window = show()
    window.live.train_or_pause()
    while window.live.state != "ended":
        window.live.drain()
    standing = [alert for alert in window.live.alerts if alert.stands]
    assert standing
    assert window.desk.panes["alerts"].windowTitle() == f"Alerts ({len(standing)})"
    assert any(alert.title in window.status.words.text() for alert in standing)


def test_that_a_name_stands_on_the_tab_or_above_what_the_pane_holds_not_on_both(show: Show) -> None:
    window = show()
    desk = window.desk
    heading = desk.notes.heading
    QApplication.processEvents()
    assert desk.tabifiedDockWidgets(desk.panes["notes"])
    assert heading.isHidden()
    desk.splitDockWidget(desk.panes["inspector"], desk.panes["notes"], Qt.Orientation.Vertical)
    QApplication.processEvents()
    assert not heading.isHidden()
    desk.tabifyDockWidget(desk.panes["palette"], desk.panes["notes"])
    QApplication.processEvents()
    assert heading.isHidden()


def test_that_a_pane_that_is_taken_out_gives_the_keys_to_what_it_holds_first(show: Show) -> None:
    window = show()
    pane = window.desk.panes["presets"]
    pane.setFloating(True)
    QApplication.processEvents()
    stops = pane.stops()
    assert stops[0] is window.desk.presets.list
    assert stops[-2:] == [*pane.handle.buttons]
    window.desk.rounds.enter(pane)
    assert not pane.handle.isAncestorOf(QApplication.focusWidget())
    pane.setFloating(False)


def test_that_on_a_large_screen_the_pictures_get_what_the_network_does_not_need(show: Show) -> None:
    window = show()
    window.setMaximumSize(4000, 3000)
    window.resize(2400, 1800)
    QApplication.processEvents()
    window.desk.arrange(LAYOUTS["build"])
    QApplication.processEvents()
    assert window.desk.network.height() == pytest.approx(480, abs=8)


def test_that_the_line_of_steps_ends_where_the_words_end_also_after_a_pause(show: Show) -> None:
    window = show()
    window.live.train_or_pause()
    window.live.drain()
    window.live_marks._shown_at = time.monotonic() + 60  # as if it had just been painted
    window.live.drain()
    window.live.text_due.emit()
    progress = window.status.track._progress
    assert progress is not None
    assert progress.step == window.live.steps_made
