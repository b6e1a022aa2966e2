"""One remedy: its title unfolds why it helps and what it will not cure; the button applies it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from vgviewer.app import theme
from vgviewer.app.alerts.disclosure import INDENT, Disclosure
from vgviewer.app.alerts.text import wrapped
from vgviewer.app.cures import Cure

TRY = "Edits the network or its training as one step; Ctrl+Z takes it back"


class OfferRow(QWidget):
    """Disabled where the remedy does not fit, with the reason."""

    wanted = Signal(str)  # the id of the remedy

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._cure: Cure | None = None
        self.title = Disclosure(self, is_link=False)
        self.button = QPushButton("Try it", self)
        self.button.setProperty("role", "soft")
        self.button.setAutoDefault(True)  # Enter, too
        self._more = QWidget(self)
        self._reason, self._why = wrapped(self._more, "warning"), wrapped(self._more, "")
        self._limits, self._source = wrapped(self._more, "caption"), wrapped(self._more, "caption")
        self._lay_out()
        self._more.hide()
        self.title.toggled.connect(self._more.setVisible)
        self.button.clicked.connect(self._want)

    def show_cure(self, cure: Cure) -> None:
        """Takes another remedy, or whether it still fits."""
        if cure == self._cure:
            return
        self._cure = cure
        offer = cure.offer
        self.title.setText(offer.title)
        self.title.updateGeometry()
        self.title.setAccessibleName(f"{offer.title}: why, and its limits")
        self._reason.setText(cure.reason)
        self._reason.setVisible(bool(cure.reason))
        self._why.setText(offer.why)
        self._limits.setText(offer.limits)
        self._source.setText(f"Source: {offer.source}")
        self.button.setEnabled(cure.edited is not None)
        self.button.setToolTip(cure.reason or TRY)
        self.button.setAccessibleName(f"Try it: {offer.title}")
        self.button.setAccessibleDescription(cure.reason or TRY)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(theme.GRID)
        head.addWidget(self.title, 1, Qt.AlignmentFlag.AlignVCenter)
        head.addWidget(self.button, 0, Qt.AlignmentFlag.AlignTop)
        inner = QVBoxLayout(self._more)
        theme.grow(inner.setContentsMargins, INDENT, 0, 0, theme.GRID)
        inner.setSpacing(4)
        for part in (self._reason, self._why, self._limits, self._source):
            inner.addWidget(part)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(head)
        column.addWidget(self._more)

    def _want(self) -> None:
        if self._cure:
            self.wanted.emit(self._cure.offer.id)
