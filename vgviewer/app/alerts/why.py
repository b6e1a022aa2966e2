"""The unfolded part of a card: why it matters, the remedies with a button each, then the cause, hop by hop. Of an alert
that was taken back it tells what was measured, and offers nothing."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QToolButton, QVBoxLayout, QWidget

from vgviewer.app import theme
from vgviewer.app.alerts.bars import HopBars
from vgviewer.app.alerts.offers import OfferRow
from vgviewer.app.alerts.text import take_role, wrapped
from vgviewer.app.cures import Cure
from vgviewer.app.glossary.terms import of_alert
from vgviewer.app.numerals import counted, localized_words
from vgviewer.diagnosis import Alert
from vgviewer.diagnosis.alert import matters

NOT_YET = "The cause is not known yet: the network is being looked at closely."
NEVER = "It went before the network was looked at closely."
NO_MORE = "The message says all that is known of it."
NOTHING_HELPS = "No remedy of the catalog fits this network."


class Why(QWidget):
    """Filled only while it is seen; rows are made when there is a remedy to fill them."""

    wanted = Signal(str)  # the id of a remedy that is to be tried
    apply_wanted = Signal(str)
    asked = Signal(str)  # a term of the glossary

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.rows: list[OfferRow] = []
        self._text, self._nothing = wrapped(self, ""), wrapped(self, "muted")
        self._matters = wrapped(self, "muted")
        self._when = wrapped(self, "caption")
        self._nothing.setText(NOTHING_HELPS)
        self.bars = HopBars(self)
        self._helps = QLabel("What may help, best first", self)
        self._helps.setProperty("role", "caption")
        self._remedies = QVBoxLayout()
        self._remedies.setSpacing(theme.GRID)
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
        for part in (self._matters, self._helps, self._nothing):
            self._column.addWidget(part)
        self._column.addLayout(self._remedies)
        for below in (self._when, self._text, self.bars, self.term):
            self._column.addWidget(below)

    def explain(self, alert: Alert, cures: Sequence[Cure]) -> None:
        """Shows the cause of an alert, and what may help."""
        self._matters.setText(matters(alert.kind, alert.axis))
        self._matters.setVisible(alert.stands)
        self._when.setText(_when(alert))
        self._text.setText(_cause(alert) if alert.stands else _past(alert))
        take_role(self._text, "" if alert.stands else "muted")
        self._helps.setVisible(alert.stands)
        term = of_alert(alert.kind)
        self._term = term.id
        self.term.setText(term.title)
        self.term.setToolTip("Its meaning, formula and source, in the glossary")
        self.term.setAccessibleName(f"{term.title}: what it is")
        self.bars.show_cause(alert.cause if alert.stands else None)
        self._nothing.setVisible(alert.stands and not cures)
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
        row.apply_wanted.connect(self.apply_wanted)
        row.title.setChecked(not self.rows)
        self.rows.append(row)
        self._remedies.addWidget(row)


def _when(alert: Alert) -> str:
    """The step of the cause's numbers."""
    if not alert.stands:
        return "What was said of it"
    step = alert.cause.step if alert.cause else None
    return "Why" if step is None else f"Why, measured at step {counted(step)}"


def _past(alert: Alert) -> str:
    """What was said of an alert that was taken back, each with the step of its numbers."""
    said = _dated(alert.message, alert.measured)
    if alert.cause is not None:
        return f"{said}\n{_dated(alert.cause.text, alert.cause.step)}"
    return f"{said}\n{NEVER}" if alert.axis else said


def _dated(words: str, step: int | None) -> str:
    return localized_words(words) if step is None else f"Step {counted(step)}: {localized_words(words)}"


def _cause(alert: Alert) -> str:
    """Where the bars tell the figures, the words leave them out."""
    if alert.cause is not None:
        return localized_words((alert.cause.hops and alert.cause.summary) or alert.cause.text)
    if alert.axis is None:
        return NO_MORE
    return NOT_YET
