"""From an alert to its place, its cause and its cure, in the window, with real clicks and keys."""

import subprocess
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from tests.app.runs_by_hand import HandRun, experiment, messages
from tests.app.windows import make_window
from vgviewer.app import theme
from vgviewer.app.alerts.card import AlertCard
from vgviewer.app.views.through_time import ThroughTime
from vgviewer.app.window import Window
from vgviewer.runner import Run

LEFT = Qt.MouseButton.LeftButton

# The offscreen platform warns of every window that has a least size.
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


Show = Callable[[], Window]


@pytest.fixture
def show(qtbot: QtBot, qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Show:
    """Makes a window that has trained to the end, where one alert stands: vanishing in time. It dies with the test's
    own variables."""
    theme.apply(qapp, theme.LIGHT)
    monkeypatch.setattr(HandRun, "made", [])
    monkeypatch.setattr(HandRun, "script", messages(30))
    return partial(_shown, qtbot, tmp_path)


def _shown(qtbot: QtBot, folder: Path) -> Window:
    window = make_window(qtbot, folder, cast(Callable[..., Run], HandRun))
    window.document.replace(experiment(), None)
    window.resize(1024, 768)
    with qtbot.waitSignal(window.painted):
        window.show()
    with qtbot.waitSignal(window.live.ended):
        window.commands["train"].trigger()
    return window


def unfolded(window: Window, qtbot: QtBot) -> AlertCard:
    """The card, unfolded by a click."""
    found = window.desk.alerts.cards[0]
    qtbot.mouseClick(found.unfold, LEFT)
    qtbot.waitUntil(lambda: found.why.height() > 100)
    QApplication.processEvents()
    return found


def place(window: Window) -> tuple[str, int] | None:
    return next(view for view in window.desk.views.values() if isinstance(view, ThroughTime))._pointed


def test_that_a_click_on_a_card_selects_the_layer_and_points_at_the_timestep(
    show: Show, qtbot: QtBot
) -> None:
    window = show()
    window.document.select("training")
    (alert,) = window.live.alerts
    qtbot.mouseClick(window.desk.alerts.cards[0].findChild(QLabel), LEFT)
    assert window.document.selected == "rnn1"
    assert place(window) == ("rnn1", alert.timestep)


def test_that_space_on_a_card_leads_to_its_place_and_does_not_train(show: Show, qtbot: QtBot) -> None:
    window = show()
    window.document.select("training")
    window.activateWindow()
    card = window.desk.alerts.cards[0]
    card.setFocus()
    qtbot.keyClick(card, Qt.Key.Key_Space)
    assert window.document.selected == "rnn1"
    assert len(HandRun.made) == 1


def test_that_a_remedy_is_applied_in_one_edit_that_ctrl_z_takes_back_and_the_status_line_says_so(
    show: Show, qtbot: QtBot
) -> None:
    window = show()
    card = unfolded(window, qtbot)
    before, first = window.document.experiment, card.why.rows[0]
    title = first.title.text()
    qtbot.mouseClick(first.apply, LEFT)
    assert window.document.experiment.network != before.network
    assert window.document.undo.count() == 1
    assert window.document.undo.undoText() == title
    assert window.status.words.text() == (
        f"{title}: applied. Train to see what it does. Ctrl+Z takes it back."
    )
    assert not any(row.button.isEnabled() for row in card.why.rows)
    assert first.button.toolTip() == "It is applied. Train to see what it does."
    window.commands["undo"].trigger()
    assert window.document.experiment == before
    assert all(row.button.isEnabled() for row in card.why.rows)


def test_that_while_a_run_goes_on_the_way_to_see_it_leads_over_reset(show: Show, qtbot: QtBot) -> None:
    window = show()
    window.commands["train"].trigger()
    qtbot.waitUntil(lambda: bool(window.live.alerts))
    window.commands["train"].trigger()
    assert window.live.state == "paused"
    card = window.desk.alerts.cards[0]
    window._show_words()
    card.unfold.click()
    card.why.rows[0].apply.click()
    assert "applied. Train Anew to see" in window.status.words.text()


def test_that_an_edit_of_the_training_stays_when_a_remedy_is_tried(show: Show, qtbot: QtBot) -> None:
    window = show()
    card = unfolded(window, qtbot)
    window.document.change("training", {"batch_size": 7})
    card.why.rows[0].apply.click()
    assert window.document.experiment.training.batch_size == 7
    assert window.document.undo.count() == 2


def test_that_a_muted_kind_is_heard_no_more_until_it_is_unmuted_or_undone(show: Show, qtbot: QtBot) -> None:
    window = show()
    list_, card = window.desk.alerts, window.desk.alerts.cards[0]
    qtbot.mouseClick(card.mute, LEFT)
    assert window.document.experiment.alerts == {"vanishing": "off"}
    assert window.live.alerts == ()
    assert not card.isVisible()
    assert not window.live.is_outdated
    assert window.status.words.text() == "Vanishing: muted. Ctrl+Z takes it back."
    window.commands["undo"].trigger()
    assert card.isVisible()
    window.commands["redo"].trigger()
    assert not card.isVisible()
    assert list_.unmute.isVisible()
    qtbot.mouseClick(list_.unmute, LEFT)
    assert not list_.unmute.isVisible()
    assert window.document.experiment.alerts == {}
    assert card.isVisible()
    assert window.document.undo.undoText() == "Unmute alerts"


def test_that_a_run_that_did_not_judge_a_kind_is_outdated_when_it_is_to_be_heard(
    show: Show, qtbot: QtBot
) -> None:
    window = show()
    window.healing.mute(window.live.alerts[0])
    with qtbot.waitSignal(window.live.ended):
        window.commands["train"].trigger()
    assert not window.live.is_outdated
    window.healing.unmute()
    assert window.live.is_outdated


def test_that_an_unfolded_alert_gets_room_and_gives_it_back(show: Show, qtbot: QtBot) -> None:
    window = show()
    card = unfolded(window, qtbot)
    high = window.desk.alerts.height()
    assert high > window.desk.inspector.height()
    assert window.desk.panes["inspector"].height() >= 80
    card.unfold.click()
    QApplication.sendPostedEvents()
    assert window.desk.alerts.height() < high - 100


def test_that_a_new_run_folds_what_is_gone_and_gives_the_room_back(show: Show, qtbot: QtBot) -> None:
    window = show()
    card = unfolded(window, qtbot)
    high = window.desk.alerts.height()
    window.commands["reset"].trigger()
    QApplication.sendPostedEvents()
    assert not card.isVisible()
    assert window.desk.alerts.height() < high - 100


def test_that_the_network_line_compares_the_run_with_what_was_expected_until_an_edit(
    show: Show, qtbot: QtBot
) -> None:
    window = show()
    line = window.desk.network.foresight
    line.finish()
    assert line.text().startswith("rnn1 reaches back 2 timesteps, expected ")
    window.document.change("rnn1", {"units": 64})
    qtbot.waitUntil(lambda: line.text().startswith("Expected: rnn1: signal reaches back"), timeout=5000)
    window.commands["undo"].trigger()
    line.finish()
    assert line.text().startswith("rnn1 reaches back 2 timesteps, expected ")


def test_that_the_window_opens_without_theory() -> None:

    lines = (
        "import sys; import vgviewer.app.window; "
        "sys.exit(any(name.startswith('vgviewer.theory') for name in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", lines], check=False).returncode == 0
