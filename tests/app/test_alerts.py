"""The cards of the alerts: what stands comes first, and says so without color."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from vgviewer.app.alerts import AlertList
from vgviewer.diagnosis import Alert

# The offscreen platform warns of every window that has a least size.
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


def alert(layer: str = "rnn1", until: int | None = None) -> Alert:
    return Alert("vanishing", "time", layer, 3, 12, until, "critical", 1e-9, 1e-4, "The signal is gone.")


def test_that_an_alert_is_a_card_that_leads_to_its_layer(qtbot: QtBot) -> None:
    alerts = AlertList()
    qtbot.addWidget(alerts)
    wanted: list[str] = []
    alerts.layer_clicked.connect(wanted.append)
    alerts.resize(300, 400)
    alerts.show()
    alerts.show_alerts((alert("last1", until=20), alert()))
    first, second = alerts.cards
    assert alerts._tally.text() == "1 stands, 1 taken back"
    assert [label.text() for label in first.findChildren(QLabel)] == [
        "Vanishing in time, rnn1",
        "The signal is gone.",
        "Critical since step 12",
    ]
    assert second.accessibleDescription().endswith("From step 12, taken back at step 20")
    qtbot.mouseClick(first, Qt.MouseButton.LeftButton)
    qtbot.keyClick(second, Qt.Key.Key_Return)
    assert wanted == ["rnn1", "last1"]


def test_that_cards_are_reused_and_bounded(qtbot: QtBot) -> None:
    alerts = AlertList()
    qtbot.addWidget(alerts)
    alerts.show_alerts(tuple(alert() for _ in range(500)))
    count = len(alerts.cards)
    assert count <= 40
    alerts.show_alerts(())
    assert all(card.isHidden() for card in alerts.cards)
    assert not alerts._empty.isHidden()
    alerts.show_alerts((alert(),))
    assert len(alerts.cards) == count


def test_that_without_color_a_standing_alert_still_differs_from_one_taken_back(qtbot: QtBot) -> None:
    alerts = AlertList()
    qtbot.addWidget(alerts)
    alerts.resize(300, 400)
    alerts.show_alerts((alert(), alert(until=20)))
    alerts.show()
    pictures = [
        card.grab().toImage().convertToFormat(QImage.Format.Format_Grayscale8) for card in alerts.cards
    ]
    stripes = [picture.pixelColor(2, picture.height() // 2).value() for picture in pictures]
    assert abs(stripes[0] - stripes[1]) > 50
    assert pictures[0].height() > pictures[1].height()
