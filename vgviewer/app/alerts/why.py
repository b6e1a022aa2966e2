"""The unfolded part of a card: the cause, hop by hop, and the remedies with a button each."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QToolButton, QVBoxLayout, QWidget

from vgviewer.app import theme
from vgviewer.app.alerts.bars import HopBars
from vgviewer.app.alerts.offers import OfferRow
from vgviewer.app.alerts.text import wrapped
from vgviewer.app.cures import Cure
from vgviewer.app.glossary.terms import of_alert
from vgviewer.app.numerals import localized_words
from vgviewer.diagnosis import Alert

NOT_YET = "The cause is not known yet: the network is being looked at closely."
NEVER = "It went before the network was looked at closely."
NO_MORE = "The message says all that is known of it."
NOTHING_HELPS = "No remedy of the catalog fits this network."


class Why(QWidget):
    """Filled only while it is seen; rows are made when there is a remedy to fill them."""

    wanted = Signal(str)  # the id of a remedy
    asked = Signal(str)  # a term of the glossary

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.rows: list[OfferRow] = []
        self._text, self._nothing = wrapped(self, ""), wrapped(self, "muted")
        self._nothing.setText(NOTHING_HELPS)
        self.bars = HopBars(self)
        helps = QLabel("What may help, best first", self)
        helps.setProperty("role", "caption")
        self.term = QToolButton(self)
        self.term.setProperty("role", "link")
        self.term.setProperty("inline", True)
        self.term.setMinimumWidth(1)  # it must not push what stands around it out of sight
        self.term.setCursor(Qt.CursorShape.PointingHandCursor)
        self.term.clicked.connect(self._ask)
        self._term = ""
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 4, 0, 4)
        self._column.setSpacing(theme.GRID)
        for part in (self._text, self.term, self.bars, helps, self._nothing):
            self._column.addWidget(part)

    def explain(self, alert: Alert, cures: Sequence[Cure]) -> None:
        """Shows the cause of an alert, and what may help."""
        self._text.setText(_cause(alert))
        term = of_alert(alert.kind)
        self._term = term.id
        self.term.setText(term.title)
        self.term.setToolTip("Its meaning, formula and source, in the glossary")
        self.term.setAccessibleName(f"{term.title}: what it is")
        self.bars.show_cause(alert.cause)
        self._nothing.setVisible(not cures)
        while len(self.rows) < len(cures):
            self._add_row()
        for row, cure in zip(self.rows, cures, strict=False):
            row.show_cure(cure)
            row.show()
        for row in self.rows[len(cures) :]:
            row.hide()

    def fold(self) -> None:
        """The first remedy tells of itself, the others when asked."""
        for place, row in enumerate(self.rows):
            row.title.setChecked(place == 0)

    def _ask(self) -> None:
        self.asked.emit(self._term)

    def _add_row(self) -> None:
        row = OfferRow(self)
        row.wanted.connect(self.wanted)
        row.title.setChecked(not self.rows)
        self.rows.append(row)
        self._column.addWidget(row)


def _cause(alert: Alert) -> str:
    if alert.cause is not None:
        return localized_words(alert.cause.text)
    if alert.axis is None:
        return NO_MORE
    return NOT_YET if alert.stands else NEVER
