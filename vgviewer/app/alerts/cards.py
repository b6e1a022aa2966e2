"""All alerts of a run: those that stand on top, critical ones before warnings and the newest first, then those that
were taken back."""

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from vgviewer.app import theme
from vgviewer.app.accessible import announce
from vgviewer.app.alerts.card import AlertCard, Cures, trouble
from vgviewer.app.alerts.text import wrapped
from vgviewer.app.cures import Cure
from vgviewer.app.words import tally
from vgviewer.diagnosis import Alert
from vgviewer.diagnosis.alert import TITLES
from vgviewer.experiment import AlertKind

MOST_CARDS = 40  # more than anybody scrolls through; the header still counts all
EMPTY = "No alerts. When a gradient vanishes, explodes or is not finite, it is said here."


class AlertList(QWidget):
    """Header and cards. A card stays with its trouble wherever that moves to, and is reused when it has gone."""

    place_clicked = Signal(Alert)
    asked = Signal(str)  # a term of the glossary
    tried = Signal(Alert, str)  # an alert, and the id of the remedy that is to be tried
    applied = Signal(Alert, str)
    muted = Signal(Alert)
    unmute_wanted = Signal()
    unfolded = Signal(bool)  # whether any card is

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Alerts")
        self.cards: list[AlertCard] = []  # as they stand, then the hidden ones
        self._cures: Cures = _none
        self._shown: tuple[Alert, ...] = ()
        self._to_see: AlertCard | None = None
        self._placed = QTimer(self, interval=0, singleShot=True)  # when a card has its place and its height
        self._placed.timeout.connect(self._scroll_to_it)
        title, self._tally = QLabel("Alerts", self), QLabel(self)
        title.setProperty("role", "section")
        self._tally.setProperty("role", "caption")
        self._empty = wrapped(self, "muted")
        self._empty.setText(EMPTY)
        head = QHBoxLayout()
        head.addWidget(title, 1)
        head.addWidget(self._tally, 0, Qt.AlignmentFlag.AlignBottom)
        column = QVBoxLayout(self)
        theme.grow(column.setContentsMargins, 2 * theme.GRID, theme.GRID // 2, theme.GRID, theme.GRID)
        column.setSpacing(theme.GRID)
        head.setContentsMargins(0, 0, theme.GRID, 0)
        column.addLayout(head)
        column.addLayout(self._mutes())
        column.addWidget(self._empty)
        column.addWidget(self._scroll_area(), 1)

    def show_alerts(self, alerts: tuple[Alert, ...], cures: Cures) -> None:
        """Brings the cards up to date; costs nothing when nothing has changed. Who unfolds a card asks for `cures`."""
        self._cures = cures
        if alerts == self._shown and self.cards:
            return
        before = {trouble(alert) for alert in self._shown}
        stood = {trouble(alert) for alert in self._shown if alert.stands}
        new = [alert for alert in alerts if alert.stands and trouble(alert) not in before]
        for alert in new:
            announce(self, f"{alert.title}. {alert.message}")
        self._shown = alerts
        gravest_first = sorted(alerts, key=_rank)[:MOST_CARDS]
        self._deal(gravest_first)
        for card, alert in zip(self.cards, gravest_first, strict=False):
            card.show_alert(alert)
            card.show()
        for card in self.cards[len(gravest_first) :]:
            card.unfold.setChecked(False)
            card.hide()
        if new:
            newest = trouble(min(new, key=_rank))
            self._show_whole(next((card for card in self.cards if _shows(card, newest)), None))
        elif any(not alert.stands and trouble(alert) in stood for alert in alerts):
            # What stands has moved up, and its beginning may be out of sight.
            self._show_whole(next((card for card in self.cards if card.unfold.isChecked()), self.cards[0]))
        self._tally.setText(tally(alerts))
        self._empty.setVisible(not alerts)

    def show_muted(self, kinds: Sequence[AlertKind]) -> None:
        """Says what is not said, and offers to say it again."""
        names = ", ".join(TITLES[kind].lower() for kind in kinds)
        self._muted.setText(f"Muted: {names}")
        for part in (self._muted, self.unmute):
            part.setVisible(bool(kinds))

    def look_again(self) -> None:
        """The network has been edited: what helps may be another edit now, or none."""
        for card in self.cards:
            card.look_again()

    def _deal(self, alerts: Sequence[Alert]) -> None:
        """Puts the cards into the order of the alerts, each with its trouble if it has been shown before."""
        known = {trouble(card.alert): card for card in self.cards if card.alert and not card.isHidden()}
        dealt = [known.pop(trouble(alert), None) for alert in alerts]
        free = [card for card in self.cards if card not in dealt]
        before = list(self.cards)
        cards = [card or (free.pop(0) if free else self._new_card()) for card in dealt]
        self.cards = cards + free
        if self.cards != before:
            for place, card in enumerate(self.cards):
                self._column.insertWidget(place, card)
            self._order()

    def _order(self) -> None:
        """Tab goes through the cards as they stand; what is made later would come last of all."""
        for one, other in pairwise([self.unmute, *(stop for card in self.cards for stop in card.stops)]):
            QWidget.setTabOrder(one, other)

    def _mutes(self) -> QHBoxLayout:
        self._muted, self.unmute = wrapped(self, "caption"), QPushButton("Unmute", self)
        self.unmute.setProperty("role", "soft")
        self.unmute.setAutoDefault(True)  # Enter, too
        self.unmute.clicked.connect(self.unmute_wanted)
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, theme.GRID, 0)
        row.addWidget(self._muted, 1)
        row.addWidget(self.unmute)
        self.show_muted(())
        return row

    def _scroll_area(self) -> QScrollArea:
        inside = QWidget(self)
        self._column = QVBoxLayout(inside)
        self._column.setContentsMargins(0, 0, theme.GRID, 0)
        self._column.setSpacing(theme.GRID)
        self._column.addStretch(1)
        self._area = QScrollArea(self)
        self._area.setWidget(inside)
        self._area.setWidgetResizable(True)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        return self._area

    def _new_card(self) -> AlertCard:
        card = AlertCard(self._cures_of, self)
        card.place_clicked.connect(self.place_clicked)
        card.tried.connect(self.tried)
        card.applied.connect(self.applied)
        card.muted.connect(self.muted)
        card.why.asked.connect(self.asked)
        card.unfolded.connect(self._unfold)
        return card

    def _cures_of(self, alert: Alert) -> Sequence[Cure]:
        return self._cures(alert)

    def _unfold(self, is_open: bool) -> None:
        sender = self.sender()
        if is_open and isinstance(sender, AlertCard):
            self._order()  # its remedies have got their rows
            self._show_whole(sender)
        self.unfolded.emit(any(card.unfold.isChecked() for card in self.cards))

    def _show_whole(self, card: AlertCard | None) -> None:
        self._to_see = card
        self._placed.start()

    def _scroll_to_it(self) -> None:
        if self._to_see is not None and not self._to_see.isHidden():
            self._area.verticalScrollBar().setValue(self._to_see.y())


def _shows(card: AlertCard, kind: tuple[object, ...]) -> bool:
    return card.alert is not None and trouble(card.alert) == kind


def _none(alert: Alert) -> Sequence[Cure]:
    del alert
    return ()


def _rank(alert: Alert) -> tuple[bool, bool, int]:
    return not alert.stands, alert.severity != "critical", -alert.step
