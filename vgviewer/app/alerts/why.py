"""The unfolded part of a card: the cause, and the remedies with a button each."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from vgviewer.app import theme
from vgviewer.app.alerts.bars import HopBars
from vgviewer.app.alerts.text import wrapped
from vgviewer.diagnosis import Alert
from vgviewer.diagnosis.remedy import Offer

MOST_OFFERS = 3  # the first one is meant; who wants more than three reads the docs
NO_CAUSE = (
    "The cause is not known yet: the network is looked at closely once the alert has stood for a moment."
)
NO_OFFER = "No remedy of the catalogue fits this network."


class OfferRow(QWidget):
    """One remedy: what, why, what it will not cure, and the button that applies it."""

    wanted = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._id = ""
        self._title, self._why, self._limits = (
            wrapped(self, ""),
            wrapped(self, "muted"),
            wrapped(self, "caption"),
        )
        self.button = QPushButton("Try it", self)
        self.button.setProperty("role", "soft")
        self.button.clicked.connect(self._want)
        head = QHBoxLayout()
        head.setSpacing(theme.GRID)
        head.addWidget(self._title, 1)
        head.addWidget(self.button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(head)
        column.addWidget(self._why)
        column.addWidget(self._limits)

    def show_offer(self, offer: Offer) -> None:
        """Takes another remedy."""
        self._id = offer.id
        self._title.setFont(theme.font(theme.BODY, QFont.Weight.DemiBold))
        self._title.setText(offer.title)
        self._why.setText(offer.why)
        self._limits.setText(f"{offer.limits} Source: {offer.source}.")
        self.button.setAccessibleName(f"Try it: {offer.title}")
        self.button.setToolTip("Edits the network or the training; Ctrl+Z takes it back")

    def _want(self) -> None:
        self.wanted.emit(self._id)


class Why(QWidget):
    """Filled only while it is seen."""

    wanted = Signal(str)  # the id of a remedy

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._text, self._none = wrapped(self, ""), wrapped(self, "muted")
        self._none.setText(NO_OFFER)
        self._bars = HopBars(self)
        self._helps = QLabel("What may help", self)
        self._helps.setProperty("role", "muted")
        self.rows = [OfferRow(self) for _ in range(MOST_OFFERS)]
        column = QVBoxLayout(self)
        column.setContentsMargins(0, theme.GRID, 0, 0)
        column.setSpacing(theme.GRID)
        for part in (self._text, self._bars, self._helps, self._none, *self.rows):
            column.addWidget(part)
        for row in self.rows:
            row.wanted.connect(self.wanted)

    def explain(self, alert: Alert, offers: Sequence[Offer]) -> None:
        """Shows the cause of an alert, and what may help."""
        is_measured = alert.kind in ("vanishing", "exploding")
        text = alert.cause.text if alert.cause else NO_CAUSE if is_measured and alert.stands else ""
        self._text.setText(text)
        self._text.setVisible(bool(text))
        self._bars.show_cause(alert.cause)
        self._none.setVisible(not offers)
        for row in self.rows[len(offers) :]:
            row.hide()
        for row, offer in zip(self.rows, offers, strict=False):
            row.show_offer(offer)
            row.show()
