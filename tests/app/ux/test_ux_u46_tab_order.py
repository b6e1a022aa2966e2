"""U46: Tab order follows layout, no traps, Esc closes.

Tab is pressed until the round is closed, in every layout, without a run and with one.
"""

from collections.abc import Callable
from functools import partial
from itertools import groupby, pairwise
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import QPoint, QRect, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractScrollArea,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QScrollArea,
    QTabBar,
    QWidget,
)
from pytestqt.qtbot import QtBot

from tests.app.runs_by_hand import HandRun, experiment, messages
from tests.app.windows import make_window
from vgviewer.app.window import Window
from vgviewer.runner import Run

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
Key = Qt.Key
NO, CONTROL, SHIFT, ALT = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)
MOST_STOPS = 120
LAYOUTS = {  # what Tab comes to, part by part; a bar of tabs is "tabs"
    "build": "bar palette presets network tabs prediction tabs through-time inspector tabs alerts status",
    "watch": "bar palette presets network tabs through-time tabs layers-training tabs curves inspector tabs "
    "alerts status",
    "teach": "bar network tabs through-time tabs layers-training tabs curves tabs notes tabs alerts status",
}
SHEETS = {  # what opens something that Esc closes
    "command palette": (Key.Key_P, CONTROL | SHIFT),
    "messages": (Key.Key_M, CONTROL | SHIFT),
    "number of copies": (Key.Key_D, CONTROL | SHIFT),
    "note": (Key.Key_N, CONTROL | SHIFT),
    "largest picture": (Key.Key_F, NO),
    "presentation": (Key.Key_F5, NO),
    "keys": (Key.Key_F1, NO),
    "glossary": (Key.Key_G, CONTROL | SHIFT),
    "preferences": (Key.Key_Comma, CONTROL),
    "export": (Key.Key_E, CONTROL | SHIFT),
    "save as": (Key.Key_S, CONTROL | SHIFT),
    "open": (Key.Key_O, CONTROL),
    "menu": (Key.Key_F, ALT),
}


Show = Callable[[], Window]
DIALOGS = 6  # of them are windows of their own


@pytest.fixture
def show(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Show:
    """Makes a window that dies with the test's own variables."""
    monkeypatch.setattr(HandRun, "made", [])
    monkeypatch.setattr(HandRun, "script", messages(30))
    monkeypatch.setattr(HandRun, "per_drain", 30)
    return partial(_shown, qtbot, tmp_path)


def _shown(qtbot: QtBot, folder: Path) -> Window:
    window = make_window(qtbot, folder, cast(Callable[..., Run], HandRun))
    window.resize(1440, 900)
    window.document.replace(experiment(), None)
    window.document.select("rnn1")
    window.show()
    qtbot.waitUntil(lambda: bool(window.desk.views))
    return window


def focus() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def go_round(first: QWidget, key: Key = Key.Key_Tab) -> list[tuple[QWidget, QRect]]:
    """All that Tab comes to before it is back, each with where it was seen then; fails where it does not go on."""
    first.setFocus(Qt.FocusReason.TabFocusReason)
    found: list[tuple[QWidget, QRect]] = []
    for _ in range(MOST_STOPS):
        now = focus()
        found.append((now, box(now)))
        QTest.keyClick(now, key)
        assert focus() is not now, f"Tab does not leave {now.accessibleName()}"
        if focus() is first:
            return found
    raise AssertionError(f"Tab never comes back: {[stop.accessibleName() for stop, _ in found]}")


def box(widget: QWidget) -> QRect:
    """In what is scrolled, if anything is: what moves while one goes through it stays where it is."""
    origin = widget.window()
    above = widget.parentWidget()
    while above is not None and above is not origin:
        around = above.parentWidget()
        area = around.parentWidget() if around is not None else None
        if isinstance(area, QScrollArea) and area.widget() is above:
            origin = above
            break
        above = above.parentWidget()
    return QRect(widget.mapTo(origin, QPoint(0, 0)), widget.size())


def part(window: Window, widget: QWidget) -> str:
    if isinstance(widget, QTabBar):
        return "tabs"
    parts = {"bar": window.top_bar, "network": window.desk.network, "status": window.status}
    return next(
        name for name, place in (parts | dict(window.desk.panes)).items() if place.isAncestorOf(widget)
    )


def takes_tab(widget: QWidget) -> bool:
    around = widget.parentWidget()
    is_viewport = isinstance(around, QAbstractScrollArea) and around.viewport() is widget
    is_line = isinstance(around, QAbstractSpinBox | QComboBox)
    return bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus) and not is_viewport and not is_line


def reachable(window: Window) -> set[QWidget]:
    """All that should be reached, found without asking the order."""
    return {
        widget
        for widget in window.findChildren(QWidget)
        if widget.isVisible() and widget.isEnabled() and widget.window() is window and takes_tab(widget)
    }


def reads_on(before: QRect, after: QRect) -> bool:
    """Whether it stands below, or to the right in the same row, or within."""
    if before.contains(after):
        return True
    same_row = abs(before.center().y() - after.center().y()) < min(before.height(), after.height()) / 2
    return after.left() > before.left() if same_row else after.top() > before.top() - 4


def check(window: Window, layout: str, has_alerts: bool) -> None:
    window.commands[f"layout_{layout}"].trigger()
    QApplication.processEvents()
    found = go_round(window.top_bar.train)
    stops = [widget for widget, _ in found]
    assert set(stops) == reachable(window)
    parts = [name for name, _ in groupby(part(window, widget) for widget in stops)]
    wanted = LAYOUTS[layout].split()
    assert parts == [name for name in wanted if has_alerts or name != "alerts"]
    for (before, here), (after, there) in pairwise(found):
        if part(window, before) == part(window, after) != "tabs":
            assert reads_on(here, there), (before.accessibleName(), after.accessibleName())
    back = [widget for widget, _ in go_round(window.top_bar.train, Key.Key_Backtab)]
    assert back[1:] == stops[:0:-1]


def test_that_tab_goes_as_one_reads_and_comes_to_everything(show: Show, qtbot: QtBot) -> None:
    window = show()
    for layout in LAYOUTS:
        check(window, layout, has_alerts=False)
    with qtbot.waitSignal(window.live.ended):
        window.commands["train"].trigger()
    for layout in LAYOUTS:
        window.desk.panes["alerts"].come_forward()
        check(window, layout, has_alerts=True)
    window.desk.alerts.cards[0].unfold.setChecked(True)
    check(window, "watch", has_alerts=True)


def test_that_tab_goes_round_the_welcome_page_card_by_card(show: Show) -> None:
    window = show()
    window.stage.show_welcome()
    QApplication.processEvents()  # its cards take their places
    page = window.stage.welcome
    assert page is not None
    stops = [widget for widget, _ in go_round(page.gallery.cards[0])]
    assert set(stops) == reachable(window)
    cards = [widget for card in page.gallery.cards for widget in (card, card.train)]
    assert [widget for widget in stops if widget in cards] == cards
    assert stops.index(page.empty) < stops.index(page.open) < stops.index(page.tour)


def test_that_f6_goes_round_the_panes_and_back(show: Show) -> None:
    window = show()
    window.desk.network.canvas.setFocus()
    seen = []
    for key, modifiers in ((Key.Key_F6, NO), (Key.Key_F6, SHIFT)):
        places = []
        for _ in window.desk.rounds.in_order():
            QTest.keyClick(focus(), key, modifiers)
            places.append(part(window, focus()))
        assert len(set(places)) == len(places)
        assert places[-1] == "network"
        seen.append(places[:-1])
    assert seen[1] == seen[0][::-1]


@pytest.mark.parametrize("name", ["command palette", "messages"])
def test_that_tab_stays_in_a_sheet_over_the_window(show: Show, name: str) -> None:
    window = show()
    window.say("Something was said.")
    window.desk.network.canvas.setFocus()
    QTest.keyClick(focus(), *SHEETS[name])
    sheet = focus().parentWidget()
    for key in (Key.Key_Tab, Key.Key_Tab, Key.Key_Backtab):
        QTest.keyClick(focus(), key)
        assert sheet is not None
        assert sheet.isAncestorOf(focus())
    QTest.keyClick(focus(), Key.Key_Escape)
    assert focus() is window.desk.network.canvas


def shown(window: Window) -> list[object]:
    """What of the sheets stands open."""
    sheets = [sheet for sheet in (window.guide.commands, window.guide.messages) if sheet is not None]
    canvas = window.desk.network.canvas
    inside = [sheet for sheet in (*sheets, canvas.note_editor, canvas.times) if sheet.isVisible()]
    others = [
        widget for widget in QApplication.topLevelWidgets() if widget.isVisible() and widget is not window
    ]
    states = [window.presentation.is_on, window.desk.maximizing.name is not None]
    return [*inside, *others, *(state for state in states if state)]


def test_that_esc_closes_whatever_is_open_and_the_focus_is_where_it_was(show: Show, qtbot: QtBot) -> None:
    window = show()
    window.desk.watch()
    with qtbot.waitSignal(window.live.ended):
        window.commands["train"].trigger()
    seen: list[str] = []
    moved: list[bool] = []
    timer = QTimer(window, interval=10)

    def close() -> None:
        target = QApplication.activePopupWidget() or QApplication.focusWidget()
        if shown(window) and target is not None and is_in_front(window):
            timer.stop()
            seen.append(name)
            if not window.isActiveWindow():
                QTest.keyClick(target, Key.Key_Tab)
                moved.append(QApplication.focusWidget() is not target)
            QTest.keyClick(QApplication.focusWidget() or target, Key.Key_Escape)

    timer.timeout.connect(close)
    for name, keys in SHEETS.items():
        on_picture = name == "largest picture"
        first = window.desk.view("through-time").plot if on_picture else window.desk.network.canvas
        first.setFocus(Qt.FocusReason.TabFocusReason)
        timer.start()
        QTest.keyClick(first, *keys)
        qtbot.waitUntil(partial(seen.__contains__, name))
        assert not shown(window), name
        window.activateWindow()  # as any desktop does when a dialog has gone
        qtbot.waitUntil(window.isActiveWindow)
        if name == "menu":
            QTest.keyClick(focus(), Key.Key_Escape)  # the bar has the keys until then
        assert focus() is first, name
    assert seen == list(SHEETS)
    assert len(moved) == DIALOGS
    assert all(moved), "Tab leads from field to field in every dialog"


def is_in_front(window: Window) -> bool:
    """Whether a dialog that is open has the keys by now."""
    dialogs = [
        widget for widget in QApplication.topLevelWidgets() if widget.isVisible() and widget is not window
    ]
    return not dialogs or QApplication.activePopupWidget() is not None or not window.isActiveWindow()


def test_that_what_has_the_focus_may_go_away(show: Show, qtbot: QtBot) -> None:
    """The focus goes to something near that can be seen."""
    window = show()
    with qtbot.waitSignal(window.live.ended):
        window.commands["train"].trigger()
    window.desk.bring("alerts")
    card = window.desk.alerts.cards[0]
    card.mute.setFocus()
    QTest.keyClick(card.mute, Key.Key_Return)
    assert not card.isVisible()
    assert focus() is window.desk.alerts.unmute
    window.desk.bring("presets")
    QTest.keyClick(focus(), Key.Key_W, CONTROL)
    assert focus() is window.desk.network.canvas
    window.document.select("rnn1")
    window.desk.inspect()
    window.document.select("output")
    assert focus().isVisible()


def test_that_a_pane_out_of_the_window_has_a_round_of_its_own(show: Show, qtbot: QtBot) -> None:
    window = show()
    pane = window.desk.panes["palette"]
    window.desk.bring("palette")
    QTest.keyClick(focus(), Key.Key_F, CONTROL | SHIFT)
    assert pane.isFloating()
    qtbot.waitUntil(pane.isActiveWindow)
    stops = [widget for widget, _ in go_round(window.desk.layers.search)]
    assert window.desk.layers.list in stops
    assert all(pane.isAncestorOf(widget) for widget in stops)
    QTest.keyClick(focus(), Key.Key_F, CONTROL | SHIFT)
    assert not pane.isFloating()
