"""All alerts of a run: those that stand on top, the newest first, then those that were taken back."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from vgviewer.app import theme
from vgviewer.app.alerts.card import AlertCard, Offers
from vgviewer.app.alerts.text import wrapped
from vgviewer.app.words import tally
from vgviewer.diagnosis import Alert

MOST_CARDS = 40  # more than anybody scrolls through; the header still counts all
EMPTY = "No alerts. When a gradient vanishes, explodes or is not finite, it is said here."


class AlertList(QWidget):
    """Header and cards; cards are reused, so that a long run makes none it does not need."""

    place_clicked = Signal(Alert)
    tried = Signal(Alert, str)  # an alert, and the id of the remedy that is to be applied
    muted = Signal(Alert)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Alerts")
        self.cards: list[AlertCard] = []
        self._shown: tuple[Alert, ...] = ()
        title, self._tally = QLabel("Alerts", self), QLabel(self)
        title.setProperty("role", "section")
        self._tally.setProperty("role", "caption")
        self._empty = wrapped(self, "muted")
        self._empty.setText(EMPTY)
        head = QHBoxLayout()
        head.addWidget(title, 1)
        head.addWidget(self._tally, 0, Qt.AlignmentFlag.AlignBottom)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * theme.GRID, 12, theme.GRID, theme.GRID)
        column.setSpacing(theme.GRID)
        head.setContentsMargins(0, 0, theme.GRID, 0)
        column.addLayout(head)
        column.addWidget(self._empty)
        column.addWidget(self._scroll_area(), 1)

    def show_alerts(self, alerts: tuple[Alert, ...], offers: Offers) -> None:
        """Brings the cards up to date; costs nothing when nothing has changed. `offers` is asked by who unfolds a
        card."""
        if alerts == self._shown and self.cards:
            return
        self._shown = alerts
        newest_first = sorted(alerts, key=lambda alert: (not alert.stands, -alert.step))[:MOST_CARDS]
        while len(self.cards) < len(newest_first):
            self._add_card()
        for card, alert in zip(self.cards, newest_first, strict=False):
            card.show_alert(alert, offers)
            card.show()
        for card in self.cards[len(newest_first) :]:
            card.hide()
        self._tally.setText(tally(alerts))
        self._empty.setVisible(not alerts)

    def _scroll_area(self) -> QScrollArea:
        inside = QWidget(self)
        self._column = QVBoxLayout(inside)
        self._column.setContentsMargins(0, 0, theme.GRID, 0)
        self._column.setSpacing(theme.GRID)
        self._column.addStretch(1)
        area = QScrollArea(self)
        area.setWidget(inside)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        return area

    def _add_card(self) -> None:
        card = AlertCard(self)
        card.place_clicked.connect(self.place_clicked)
        card.tried.connect(self.tried)
        card.muted.connect(self.muted)
        self._column.insertWidget(len(self.cards), card)
        self.cards.append(card)
