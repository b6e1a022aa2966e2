"""U28: Alerts: name layer, value, threshold, why it matters, what to try; click jumps to the layer; can be muted;
kept in a list; never a modal during training.
"""

from collections.abc import Callable
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from tests.app.runs_by_hand import HandRun, experiment, messages
from tests.app.windows import make_window
from vgviewer.app.window import Window
from vgviewer.runner import Run

LEFT = Qt.MouseButton.LeftButton
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


def trained(qtbot: QtBot, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Window:
    """To the end of a run where one alert stands."""
    monkeypatch.setattr(HandRun, "made", [])
    monkeypatch.setattr(HandRun, "script", messages(30))
    window = make_window(qtbot, folder, cast(Callable[..., Run], HandRun))
    window.document.replace(experiment(), None)
    window.show()
    with qtbot.waitSignal(window.live.ended):
        window.commands["train"].trigger()
        assert QApplication.activeModalWidget() is None
    assert QApplication.activeModalWidget() is None
    return window


def texts(window: Window) -> str:
    card = window.desk.alerts.cards[0]
    return " ".join(label.text() for label in card.findChildren(QLabel) if label.isVisibleTo(card))


def test_that_a_card_says_layer_value_need_cause_and_cures(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = trained(qtbot, tmp_path, monkeypatch)
    (alert,) = window.live.alerts
    assert "Vanishing in time, rnn1" in texts(window)
    assert alert.message in texts(window)
    for part in (
        "rnn1",
        "19 timesteps",
        "10⁻¹⁹",
        "below 1\u00a0%",
    ):  # layer, how far, what is left, threshold
        assert part in alert.message
    qtbot.mouseClick(window.desk.alerts.cards[0].unfold, LEFT)
    assert "the network cannot learn to use it" in texts(window)  # why it matters
    rows = window.desk.alerts.cards[0].why.rows
    assert [row.title.text() for row in rows] == [cure.offer.title for cure in window.live.cures(alert)]
    assert len(rows) >= 3


def test_that_a_click_leads_to_the_layer(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = trained(qtbot, tmp_path, monkeypatch)
    window.document.select("output")
    label = window.desk.alerts.cards[0].findChild(QLabel)
    assert label is not None
    qtbot.mouseClick(label, LEFT)
    assert window.document.selected == "rnn1"


def test_that_a_kind_is_muted_and_heard_again(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = trained(qtbot, tmp_path, monkeypatch)
    (alert,) = window.live.alerts
    qtbot.mouseClick(window.desk.alerts.cards[0].mute, LEFT)
    assert window.live.alerts == ()
    assert window.desk.alerts.unmute.isVisibleTo(window.desk.alerts)
    qtbot.mouseClick(window.desk.alerts.unmute, LEFT)
    assert window.live.alerts == (alert,)
