"""The cards of the alerts: what stands comes first, and says so without color."""

from dataclasses import replace
from typing import get_args

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from tests.app.runs_by_hand import experiment
from vgviewer.app import theme
from vgviewer.app.alerts import LOOKS, AlertList
from vgviewer.app.cures import Cure
from vgviewer.app.editor.face import Face, paint_face
from vgviewer.app.icons import icon
from vgviewer.diagnosis import Alert, Cause, Hop
from vgviewer.diagnosis.remedy import Offer
from vgviewer.experiment import AlertKind

LEFT = Qt.MouseButton.LeftButton

# The offscreen platform warns of every window that has a least size.
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


HOPS = tuple(Hop("rnn1", "rnn1", t, 0.6, {"activation": 0.99, "weights": 0.606}) for t in range(1, 9))
CAUSE = Cause("0.60 per timestep = activation 0.99 × weights 0.61.", HOPS)
NAMES = ("lstm", "gru", "orthogonal", "omega")


def cures(alert: Alert) -> tuple[Cure, ...]:
    """The last one does not fit."""
    del alert
    made = [
        Offer(name, f"Take {name}", "It keeps the signal.", "Somebody 1997", "Not all.", experiment(name))
        for name in NAMES
    ]
    return (*(Cure(offer, offer.experiment) for offer in made[:-1]), Cure(made[-1], None, "rnn1 is gone."))


def alert(layer: str = "rnn1", until: int | None = None) -> Alert:
    return Alert("vanishing", "time", layer, 3, 12, until, "critical", 1e-9, 1e-4, "The signal is gone.")


def test_that_an_alert_is_a_card_that_leads_to_its_layer(qtbot: QtBot) -> None:
    alerts = AlertList()
    qtbot.addWidget(alerts)
    wanted: list[str] = []
    alerts.place_clicked.connect(lambda clicked: wanted.append(clicked.layer))
    alerts.resize(300, 400)
    alerts.show()
    alerts.show_alerts((alert("last1", until=20), alert()), cures)
    first, second = alerts.cards
    assert alerts._tally.text() == "1 active, 1 taken back"
    assert [label.text() for label in first.findChildren(QLabel) if label.isVisible()] == [
        "Vanishing in time, rnn1",
        "The signal is gone.",
        "Critical, raised at step 12",
    ]
    assert second.accessibleDescription().endswith("From step 12, taken back at step 20")
    qtbot.mouseClick(first, Qt.MouseButton.LeftButton)
    qtbot.keyClick(second, Qt.Key.Key_Return)
    assert wanted == ["rnn1", "last1"]


def test_that_cards_are_reused_and_bounded(qtbot: QtBot) -> None:
    alerts = AlertList()
    qtbot.addWidget(alerts)
    alerts.show_alerts(tuple(alert() for _ in range(500)), cures)
    count = len(alerts.cards)
    assert count <= 40
    alerts.show_alerts((), cures)
    assert all(card.isHidden() for card in alerts.cards)
    assert not alerts._empty.isHidden()
    alerts.show_alerts((alert(),), cures)
    assert len(alerts.cards) == count


def test_that_without_color_a_standing_alert_still_differs_from_one_taken_back(qtbot: QtBot) -> None:
    alerts = AlertList()
    qtbot.addWidget(alerts)
    alerts.resize(300, 400)
    alerts.show_alerts((alert(), alert(until=20)), cures)
    alerts.show()
    pictures = [
        card.grab().toImage().convertToFormat(QImage.Format.Format_Grayscale8) for card in alerts.cards
    ]
    stripes = [picture.pixelColor(2, picture.height() // 2).value() for picture in pictures]
    assert abs(stripes[0] - stripes[1]) > 50
    assert pictures[0].height() > pictures[1].height()


def test_that_a_critical_alert_is_seen_to_be_graver_than_a_warning(qtbot: QtBot) -> None:
    alerts = AlertList()
    qtbot.addWidget(alerts)
    alerts.show()
    filled = []
    for severity in ("warning", "critical"):
        alerts.show_alerts((replace(alert(), severity=severity),), cures)
        picture = alerts.cards[0]._sign.grab().toImage()
        color = QColor(theme.current().vanishing)
        across = range(picture.width())
        filled.append(sum(picture.pixelColor(x, picture.height() // 8) == color for x in across))
    assert filled[0] == 0
    assert filled[1] >= 6


@pytest.fixture
def alerts(qtbot: QtBot, qapp: QApplication) -> AlertList:
    """One alert with a cause, in a panel that is shown."""
    theme.apply(qapp, theme.LIGHT)
    made = AlertList()
    qtbot.addWidget(made)
    made.resize(320, 900)
    made.show()
    made.activateWindow()
    made.show_alerts((replace(alert(), cause=CAUSE),), cures)
    return made


def said(widget: QWidget) -> list[str]:
    return [label.text() for label in widget.findChildren(QLabel) if label.isVisible()]


def test_that_why_unfolds_the_cause_and_the_remedies_of_which_the_first_tells_of_itself(
    alerts: AlertList, qtbot: QtBot
) -> None:
    (card,) = alerts.cards
    assert card.why.isHidden()
    assert card.why.rows == []
    qtbot.mouseClick(card.unfold, LEFT)
    assert CAUSE.text in said(card.why)
    assert [row.title.text() for row in card.why.rows] == [f"Take {name}" for name in NAMES]
    assert said(card.why.rows[0]) == ["It keeps the signal.", "Not all.", "Source: Somebody 1997"]
    assert said(card.why.rows[1]) == []
    qtbot.mouseClick(card.why.rows[1].title, LEFT)
    assert said(card.why.rows[1]) == said(card.why.rows[0])
    qtbot.mouseClick(card.unfold, LEFT)
    assert card.why.isHidden()


def test_that_a_card_is_worked_with_the_keyboard_alone(alerts: AlertList, qtbot: QtBot) -> None:
    (card,) = alerts.cards
    clicked: list[str | None] = []
    tried: list[str] = []
    muted: list[str] = []
    alerts.place_clicked.connect(lambda alert: clicked.append(alert.layer))
    alerts.tried.connect(lambda alert, remedy: tried.append(f"{alert.kind} {remedy}"))
    alerts.muted.connect(lambda alert: muted.append(alert.kind))
    card.setFocus()
    for key in (Qt.Key.Key_Space, Qt.Key.Key_Return):
        qtbot.keyClick(card, key)
    assert clicked == ["rnn1", "rnn1"]
    reached = _tab(qtbot, alerts, 1)
    assert reached == [card.unfold]
    qtbot.keyClick(card.unfold, Qt.Key.Key_Return)
    assert not card.why.isHidden()
    first, second = card.why.rows[:2]
    order = [card.mute, first.title, first.button, first.apply, second.title, second.button]
    assert _tab(qtbot, alerts, 6) == order
    qtbot.keyClick(second.button, Qt.Key.Key_Space)
    qtbot.keyClick(second.button, Qt.Key.Key_Enter)
    qtbot.keyClick(card.mute, Qt.Key.Key_Return)
    assert (tried, muted) == (["vanishing gru", "vanishing gru"], ["vanishing"])
    qtbot.keyClick(card.unfold, Qt.Key.Key_Space)
    assert card.why.isHidden()


def _tab(qtbot: QtBot, alerts: AlertList, times: int) -> list[QWidget | None]:
    """Where the focus is after each Tab."""
    stops: list[QWidget | None] = []
    for _ in range(times):
        here = alerts.window().focusWidget()
        assert here is not None
        qtbot.keyClick(here, Qt.Key.Key_Tab)
        stops.append(alerts.window().focusWidget())
    return stops


def test_that_a_remedy_that_does_not_fit_says_why_and_cannot_be_pressed(
    alerts: AlertList, qtbot: QtBot
) -> None:
    (card,) = alerts.cards
    tried: list[str] = []
    alerts.tried.connect(lambda alert, remedy: tried.append(remedy))
    qtbot.mouseClick(card.unfold, LEFT)
    row = card.why.rows[-1]
    qtbot.mouseClick(row.button, LEFT)
    qtbot.mouseClick(row.title, LEFT)
    assert tried == []
    assert row.button.toolTip() == row.button.accessibleDescription() == "rnn1 is gone."
    assert said(row)[0] == "rnn1 is gone."
    colors = {row.button.grab().toImage().pixelColor(6, 6).name() for row in card.why.rows[-2:]}
    assert len(colors) == 2  # and it looks so


def test_that_a_card_stays_with_its_trouble_when_a_newer_one_comes(alerts: AlertList, qtbot: QtBot) -> None:
    (card,) = alerts.cards
    card.unfold.click()
    older = replace(alert(), value=1e-12, cause=CAUSE)
    newer = replace(alert("dense1"), axis="depth", step=40)
    alerts.show_alerts((older, newer), cures)
    assert [each.alert for each in alerts.cards] == [newer, older]
    assert alerts.cards[1] is card
    assert not card.why.isHidden()
    assert alerts.cards[0].why.isHidden()
    qtbot.waitUntil(lambda: alerts.cards[0].y() < card.y())
    alerts.show_alerts((newer, replace(older, step=60)), cures)
    assert all(each.why.isHidden() for each in alerts.cards)


def test_that_a_folded_card_asks_nobody_what_helps(alerts: AlertList) -> None:
    asked: list[Alert] = []

    def ask(alert: Alert) -> tuple[Cure, ...]:
        asked.append(alert)
        return ()

    alerts.show_alerts((replace(alert(), value=1e-10),), ask)
    alerts.look_again()
    assert asked == []
    alerts.cards[0].unfold.click()
    assert len(asked) == 1


def test_that_an_alert_without_a_cause_says_whether_one_will_come(alerts: AlertList) -> None:
    alerts.cards[0].unfold.click()
    for shown, words in (
        (alert(), "The cause is not known yet"),
        (alert(until=20), "The signal is gone.\nIt went before"),
        (replace(alert(), axis=None, kind="update_ratio"), "The message says all"),
    ):
        alerts.show_alerts((shown,), lambda alert: ())
        if alerts.cards[0].why.isHidden():
            alerts.cards[0].unfold.click()
        assert any(each.startswith(words) for each in said(alerts.cards[0].why))
        assert ("No remedy of the catalog fits this network." in said(alerts.cards[0].why)) == shown.stands


def test_that_muted_kinds_are_named_and_can_be_heard_again(alerts: AlertList, qtbot: QtBot) -> None:
    assert alerts.unmute.isHidden()
    alerts.show_muted(("vanishing", "dead_units"))
    assert "Muted: vanishing, dead units" in said(alerts)
    with qtbot.waitSignal(alerts.unmute_wanted):
        qtbot.mouseClick(alerts.unmute, LEFT)
    alerts.show_muted(())
    assert alerts.unmute.isHidden()


def test_that_tab_goes_through_the_cards_as_they_stand_whenever_they_were_unfolded(
    alerts: AlertList, qtbot: QtBot
) -> None:
    alerts.show_alerts((alert(), replace(alert(), kind="exploding", step=99)), cures)
    upper, lower = alerts.cards
    upper.unfold.click()
    upper.mute.setFocus()
    parts = [part for row in upper.why.rows for part in (row.title, row.button, row.apply)]
    rows = [part for part in parts if part.isEnabled() and part.isVisible()]
    assert _tab(qtbot, alerts, len(rows) + 3) == [*rows, upper.why.term, lower, lower.unfold]


def test_that_on_the_network_each_kind_has_a_mark_of_its_own(qapp: QApplication) -> None:
    drawn = set()
    for kind in get_args(AlertKind):
        picture = QImage(80, 60, QImage.Format.Format_RGB32)
        picture.fill(0)
        painter = QPainter(picture)
        paint_face(painter, QRectF(4, 12, 70, 40), Face("rnn1", alert=kind))
        painter.end()
        drawn.add(bytes(picture.constBits()))
    assert len(drawn) == len(get_args(AlertKind))


@pytest.mark.parametrize("kind", get_args(AlertKind))
def test_that_every_kind_has_an_icon_and_a_color_of_its_meaning(qapp: QApplication, kind: AlertKind) -> None:
    look = LOOKS[kind]
    assert not icon(look.icon).isNull()
    assert getattr(theme.LIGHT, look.color).startswith("#")
    assert (look.color == "vanishing") == (kind == "vanishing")
    assert sum(other.icon == look.icon for other in LOOKS.values()) == 1


def test_that_everything_one_can_reach_in_a_card_has_a_name(alerts: AlertList) -> None:
    (card,) = alerts.cards
    card.unfold.click()
    buttons = card.findChildren(QPushButton)
    assert len(buttons) == 2 + 3 * len(NAMES)
    for button in buttons:
        assert "rnn1" in button.accessibleName() or any(
            word in button.accessibleName() for word in ("Mute", *NAMES)
        )


def test_that_nothing_in_an_unfolded_card_is_cut_off(alerts: AlertList, qtbot: QtBot) -> None:
    alerts.resize(300, 900)
    (card,) = alerts.cards
    card.unfold.click()
    qtbot.waitUntil(lambda: card.why.isVisible() and card.height() > 300)
    for label in card.findChildren(QLabel):
        if label.isVisible():
            assert label.height() >= label.heightForWidth(label.width()), label.text()
    for row in card.why.rows:
        assert row.title.height() >= row.title.heightForWidth(row.title.width())
        assert row.title.geometry().right() < row.button.geometry().left()
        assert row.button.geometry().right() <= row.width()


def test_that_what_asks_for_action_stands_above_newer_warnings(qtbot: QtBot) -> None:
    alerts = AlertList()
    qtbot.addWidget(alerts)
    alerts.show_alerts((alert(), replace(alert("dense1"), step=50, severity="warning")), cures)
    assert [card.alert.layer for card in alerts.cards if card.alert] == ["rnn1", "dense1"]


def test_that_a_cause_and_a_message_say_of_which_step_their_numbers_are(alerts: AlertList) -> None:
    hops = replace(CAUSE, step=461, summary="W_hh shrinks what passes through it.")
    alerts.show_alerts((replace(alert(), cause=hops, measured=1302),), cures)
    (card,) = alerts.cards
    card.unfold.click()
    assert "Critical, raised at step 12; measured at step 1,302" in said(card)
    assert "Why, measured at step 461" in said(card.why)
    assert "W_hh shrinks what passes through it." in said(card.why)
    assert CAUSE.text not in said(card.why)  # its figures stand in the bars


def test_that_what_was_a_warning_first_is_not_said_to_have_been_critical_then(alerts: AlertList) -> None:
    for shown, words in (
        (replace(alert(), critical_since=331), "Critical since step 331, first seen at step 12"),
        (replace(alert(), critical_since=12), "Critical, raised at step 12"),
        (replace(alert(), severity="warning"), "Warning, raised at step 12"),
    ):
        alerts.show_alerts((shown,), cures)
        assert words in said(alerts.cards[0])


def test_that_an_alert_that_is_taken_back_folds_and_offers_nothing(alerts: AlertList) -> None:
    (card,) = alerts.cards
    card.unfold.click()
    alerts.show_alerts((replace(alert(until=20), cause=replace(CAUSE, step=14), measured=19),), cures)
    assert card.why.isHidden()
    assert said(card) == ["Vanishing in time, rnn1", "From step 12, taken back at step 20"]
    card.unfold.click()
    assert card.unfold.text() == "What it was"
    assert not any(row.isVisible() for row in card.why.rows)
    assert card.why.bars.isHidden()
    assert f"Step 19: The signal is gone.\nStep 14: {CAUSE.text}" in said(card.why)
    assert card._title.property("role") == "muted"


def test_that_a_new_standing_alert_is_scrolled_into_sight(alerts: AlertList, qtbot: QtBot) -> None:
    alerts.resize(320, 300)
    older = [replace(alert(f"rnn{step}"), step=step, until=90) for step in range(20, 30)]
    alerts.show_alerts(tuple(older), cures)
    bar = alerts._area.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 300)
    bar.setValue(bar.maximum())
    alerts.show_alerts((*older, replace(alert(), step=99)), cures)
    qtbot.waitUntil(lambda: bar.value() == 0)
    bar.setValue(100)
    alerts.show_alerts((*older, replace(alert(), step=99, value=1e-12)), cures)
    QApplication.processEvents()
    assert bar.value() == 100  # who has scrolled since is left alone


def test_that_remedies_come_before_the_arithmetic(alerts: AlertList, qtbot: QtBot) -> None:
    (card,) = alerts.cards
    card.unfold.click()
    qtbot.waitUntil(lambda: card.why.height() > 300)
    assert card.why.rows[-1].geometry().bottom() < card.why._text.y() < card.why.bars.y()


def test_that_what_stands_is_seen_from_its_beginning_when_another_is_taken_back(qtbot: QtBot) -> None:
    alerts = AlertList()
    qtbot.addWidget(alerts)
    alerts.resize(300, 150)
    alerts.show()
    first, second = (replace(alert(name), step=step) for name, step in (("rnn2", 12), ("rnn1", 30)))
    alerts.show_alerts((first, second), cures)
    bar = alerts._area.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 0)
    bar.setValue(bar.maximum())
    alerts.show_alerts((first, replace(second, until=60)), cures)
    qtbot.waitUntil(lambda: bar.value() == 0, timeout=1000)
    assert alerts.cards[0].alert == first
