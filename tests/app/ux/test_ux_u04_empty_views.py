"""U04: every view that has nothing to show says what it will show, and holds the button that fills it."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from tests.app.filled import filled_window
from tests.app.frames_by_hand import FEED_FORWARD, uniform_history, vanishing_history
from tests.app.runs_by_hand import HandRun
from tests.app.showing import show_view
from vgviewer.app.views import VIEWS, PredictionView, ThroughTime, View

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.mark.parametrize("kind", VIEWS.values(), ids=VIEWS)
def test_that_an_empty_view_says_in_a_sentence_what_it_will_show(qtbot: QtBot, kind: type[View]) -> None:
    view = show_view(qtbot, kind)
    words = [label.text() for label in view._empty.findChildren(QLabel) if label.isVisible()]
    assert words == [view.missing()]
    assert words[0].startswith("Here you will see")
    assert words[0].endswith(".")
    assert view.accessibleDescription() == words[0]
    assert not view.plot.isVisible()


@pytest.mark.parametrize("kind", VIEWS.values(), ids=VIEWS)
def test_that_its_button_wishes_for_what_fills_it(qtbot: QtBot, kind: type[View]) -> None:
    view = show_view(qtbot, kind)
    (button,) = view._empty.findChildren(QPushButton)
    assert button.isVisible() == view.can_fill() == (kind is not PredictionView)  # which fills itself
    wished: list[bool] = []
    view.fill_wanted.connect(lambda: wished.append(True))
    if view.can_fill():
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        assert wished


def test_that_no_button_promises_what_training_cannot_show(qtbot: QtBot) -> None:
    view = show_view(qtbot, ThroughTime, uniform_history(-1.0, sites=FEED_FORWARD, timesteps=0))
    assert "no recurrent layer" in view.missing()
    assert not any(button.isVisible() for button in view._empty.findChildren(QPushButton))
    view.set_history(vanishing_history(2))
    assert not view.missing()
    assert view.plot.isVisible()


def test_that_the_button_in_the_window_trains(qtbot: QtBot, tmp_path: Path) -> None:
    with filled_window(tmp_path) as window:
        window.live.reset()
        view = window.desk.view("curves")
        view.refresh()
        (button,) = view._empty.findChildren(QPushButton)
        button.click()
        assert HandRun.made[-1].calls[:1] == ["start"]
        while window.live.state != "ended":
            window.live.drain()
        view.refresh()
        assert not view.missing()
