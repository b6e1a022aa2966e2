"""The cards of the alerts: what stands comes first, and says so without color."""

import math
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from vgviewer.app import theme
from vgviewer.app.alerts import AlertList
from vgviewer.app.alerts.bars import NAMES, ROW, VALUES, HopBars, bars_of
from vgviewer.diagnosis import Alert
from vgviewer.diagnosis.alert import Cause, Hop
from vgviewer.diagnosis.remedy import Offer
from vgviewer.experiment import Experiment, find, load

# The offscreen platform warns of every window that has a least size.
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


def find_experiment() -> Experiment:
    return load(find("rnn-forgets"))


OFFERS = tuple(
    Offer(name, f"Take {name}", "It keeps the signal.", "Somebody 1997", "Not everything.", find_experiment())
    for name in ("lstm", "gru", "orthogonal", "omega")
)
HOPS = tuple(Hop("rnn1", "rnn1", t, 0.6, {"activation": 0.99, "weights": 0.606}) for t in range(1, 9))
CAUSE = Cause("0.60 per timestep = activation 0.99 × weights 0.61.", HOPS)


def offers(alert: Alert) -> tuple[Offer, ...]:
    return OFFERS


def alert(layer: str = "rnn1", until: int | None = None) -> Alert:
    return Alert("vanishing", "time", layer, 3, 12, until, "critical", 1e-9, 1e-4, "The signal is gone.")


def test_that_an_alert_is_a_card_that_leads_to_its_layer(qtbot: QtBot) -> None:
    alerts = AlertList()
    qtbot.addWidget(alerts)
    wanted: list[str] = []
    alerts.place_clicked.connect(lambda clicked: wanted.append(clicked.layer))
    alerts.resize(300, 400)
    alerts.show()
    alerts.show_alerts((alert("last1", until=20), alert()), offers)
    first, second = alerts.cards
    assert alerts._tally.text() == "1 stands, 1 taken back"
    assert [label.text() for label in first.findChildren(QLabel) if label.isVisible()] == [
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
    alerts.show_alerts(tuple(alert() for _ in range(500)), offers)
    count = len(alerts.cards)
    assert count <= 40
    alerts.show_alerts((), offers)
    assert all(card.isHidden() for card in alerts.cards)
    assert not alerts._empty.isHidden()
    alerts.show_alerts((alert(),), offers)
    assert len(alerts.cards) == count


def test_that_without_color_a_standing_alert_still_differs_from_one_taken_back(qtbot: QtBot) -> None:
    alerts = AlertList()
    qtbot.addWidget(alerts)
    alerts.resize(300, 400)
    alerts.show_alerts((alert(), alert(until=20)), offers)
    alerts.show()
    pictures = [
        card.grab().toImage().convertToFormat(QImage.Format.Format_Grayscale8) for card in alerts.cards
    ]
    stripes = [picture.pixelColor(2, picture.height() // 2).value() for picture in pictures]
    assert abs(stripes[0] - stripes[1]) > 50
    assert pictures[0].height() > pictures[1].height()


def test_that_why_unfolds_the_cause_and_three_remedies(qtbot: QtBot) -> None:
    alerts = AlertList()
    qtbot.addWidget(alerts)
    alerts.resize(320, 900)
    alerts.show()
    alerts.show_alerts((replace(alert(), cause=CAUSE),), offers)
    (card,) = alerts.cards
    assert card.why.isHidden()
    qtbot.mouseClick(card.unfold, Qt.MouseButton.LeftButton)
    said = [label.text() for label in card.why.findChildren(QLabel) if label.isVisible()]
    assert CAUSE.text in said
    assert [text for text in said if text.startswith("Take")] == ["Take lstm", "Take gru", "Take orthogonal"]
    assert "Not everything. Source: Somebody 1997." in said
    qtbot.keyClick(card.unfold, Qt.Key.Key_Space)
    assert card.why.isHidden()


def test_that_try_it_and_mute_say_what_is_wanted(qtbot: QtBot) -> None:
    alerts = AlertList()
    qtbot.addWidget(alerts)
    alerts.show()
    alerts.show_alerts((alert(),), offers)
    (card,) = alerts.cards
    tried: list[str] = []
    muted: list[str] = []
    alerts.tried.connect(lambda of, remedy: tried.append(f"{of.kind} {remedy}"))
    alerts.muted.connect(lambda of: muted.append(of.kind))
    qtbot.mouseClick(card.unfold, Qt.MouseButton.LeftButton)
    qtbot.keyClick(card.why.rows[1].button, Qt.Key.Key_Space)
    qtbot.mouseClick(card.mute, Qt.MouseButton.LeftButton)
    assert (tried, muted) == (["vanishing gru"], ["vanishing"])


def test_that_a_card_stays_unfolded_while_it_tells_of_the_same_trouble(qtbot: QtBot) -> None:
    alerts = AlertList()
    qtbot.addWidget(alerts)
    alerts.show()
    alerts.show_alerts((alert(),), offers)
    (card,) = alerts.cards
    card.unfold.click()
    alerts.show_alerts((replace(alert(), value=1e-12, cause=CAUSE),), offers)
    assert not card.why.isHidden()
    alerts.show_alerts((replace(alert(), step=40),), offers)
    assert card.why.isHidden()


def test_that_a_bar_goes_left_for_what_loses_and_right_for_what_gains(qtbot: QtBot) -> None:
    around = QWidget()
    qtbot.addWidget(around)
    bars = HopBars(around)
    hops = (Hop("dense2", "dense1", None, 0.01, {}), Hop("dense3", "dense2", None, 100.0, {}))
    bars.show_cause(Cause("", hops))
    bars.resize(300, bars.height())
    picture, now = bars.grab().toImage(), theme.current()
    zero = round(300 * NAMES + (300 - 300 * NAMES - VALUES) / 2)
    ratio = picture.devicePixelRatio()
    colors = [
        picture.pixelColor(round((zero + side * 20) * ratio), round((row + 0.5) * ROW * ratio)).name()
        for row, side in ((0, -1), (1, 1))
    ]
    assert colors == [now.vanishing, now.exploding]
    assert bars_of(Cause("", HOPS))[0].exponent == pytest.approx(math.log10(0.99 * 0.606))
