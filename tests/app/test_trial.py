""" "Try it": the network with and without the remedy, trained from one seed; the person keeps one of them."""

import json
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.app.windows import make_window
from tests.engine.cases import LAST, layer, preset
from vgviewer.app.compare.comparing import AS_IT_IS, SO_FAR
from vgviewer.app.compare.window import CompareWindow
from vgviewer.app.window import Window
from vgviewer.experiment.preset import loads

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")
LEFT = Qt.MouseButton.LeftButton


def tried(qtbot: QtBot, folder: Path) -> tuple[Window, CompareWindow, str]:
    """A run with an alert, whose first remedy is tried by a click; the remedy's name."""
    window = make_window(qtbot, folder)
    still = {"type": "sgd", "lr": 1e-6}
    made = preset(
        layer("rnn", units=8), LAST, task={"type": "adding", "length": 40}, steps=40, optimizer=still
    )
    window.document.replace(loads(json.dumps(made).encode(), "sick"), None)
    window.resize(1400, 900)
    window.show()
    window.live.train_or_pause()
    qtbot.waitUntil(lambda: window.live.state == "ended", timeout=60_000)
    card = window.desk.alerts.cards[0]
    card.unfold.click()
    row = card.why.rows[0]
    title = row.title.text()
    QTest.mouseClick(row.button, LEFT)
    shown = window.comparing.shown
    assert shown is not None
    return window, shown, title


@pytest.mark.parametrize("place", [0, 1])
def test_that_both_are_trained_and_one_is_kept(qtbot: QtBot, tmp_path: Path, place: int) -> None:
    window, shown, title = tried(qtbot, tmp_path)
    before = window.document.experiment
    sides = shown.comparison.sides
    assert [side.name for side in sides] == [AS_IT_IS, title]
    assert len({side.experiment.training.seed for side in sides}) == 1
    qtbot.waitUntil(lambda: shown.outcome.text().startswith(SO_FAR), timeout=60_000)
    qtbot.waitUntil(lambda: shown.comparison.state == "ended", timeout=60_000)
    said = shown.outcome.text()
    assert said.startswith("It ")
    assert "the loss is" in said
    assert window.document.experiment == before, "nothing is edited by a trial"
    shown.keep[place].click()
    assert window.comparing.shown is None
    assert (window.document.experiment != before) == bool(place)
    if place:
        assert window.document.undo.undoText() == title
        window.commands["undo"].trigger()
        assert window.document.experiment == before
    qtbot.wait(10)


def test_that_a_trial_can_be_left_at_any_time(qtbot: QtBot, tmp_path: Path) -> None:
    window, shown, _ = tried(qtbot, tmp_path)
    before = window.document.experiment
    shown.close()
    assert window.comparing.shown is None
    assert window.document.experiment == before
    assert window.live.state == "ended"
    qtbot.wait(10)
