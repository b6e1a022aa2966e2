"""One remedy: its title unfolds why it helps, what it will not cure, and the way to apply it; the button tries it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from vgviewer.app import theme
from vgviewer.app.alerts.disclosure import INDENT, Disclosure
from vgviewer.app.alerts.text import wrapped
from vgviewer.app.cures import Cure

TRY = "Trains the network as it is and with this remedy side by side, and shows whether it helps"
APPLY = "Edits the network or its training as one step; Ctrl+Z takes it back"


class OfferRow(QWidget):
    """Disabled where the remedy does not fit, with the reason."""

    wanted = Signal(str)  # the id of the remedy that is to be tried
    apply_wanted = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._cure: Cure | None = None
        self.title = Disclosure(self, is_link=False)
        self.button = QPushButton("Try it", self)
        self.button.setProperty("role", "soft")
        self.button.setAutoDefault(True)  # Enter, too
        self._more = QWidget(self)
        self.apply = QPushButton("Apply without a trial", self._more)
        self.apply.setProperty("role", "small")
        self.apply.setFlat(True)
        self.apply.setAutoDefault(True)
        self._reason, self._why = wrapped(self._more, "warning"), wrapped(self._more, "")
        self._limits, self._source = wrapped(self._more, "caption"), wrapped(self._more, "caption")
        self._lay_out()
        self._more.hide()
        self.title.toggled.connect(self._more.setVisible)
        self.button.clicked.connect(self._want)
        self.apply.clicked.connect(self._want_applied)

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
        for button, name, words in ((self.button, "Try it", TRY), (self.apply, "Apply", APPLY)):
            button.setEnabled(cure.edited is not None)
            button.setToolTip(cure.reason or words)
            button.setAccessibleName(f"{name}: {offer.title}")
            button.setAccessibleDescription(cure.reason or words)

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
        inner.addWidget(self.apply, 0, Qt.AlignmentFlag.AlignLeft)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(head)
        column.addWidget(self._more)

    def _want(self) -> None:
        if self._cure:
            self.wanted.emit(self._cure.offer.id)

    def _want_applied(self) -> None:
        if self._cure:
            self.apply_wanted.emit(self._cure.offer.id)
