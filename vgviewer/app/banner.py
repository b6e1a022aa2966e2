"""A line across the window for a run that failed: what happened, details on request, never in the way."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QToolButton, QWidget

from vgviewer.app import theme
from vgviewer.app.icons import icon
from vgviewer.app.picture.header import Elided
from vgviewer.app.report import Report

ADVICE = "Your network is still open and unchanged. Change it or its training, then press Train again."


class Banner(QWidget):
    """Hidden until something is said."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("role", "surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._details = ""
        self._sign = QLabel(self)
        self.text = Elided(self)
        self.text.setProperty("role", "error")
        more, close = QPushButton("Details", self), QToolButton(self)
        more.setProperty("role", "soft")
        more.clicked.connect(self.show_details)
        close.setIcon(icon("x"))
        close.setToolTip("Hide")
        close.setAccessibleName("Hide")
        close.clicked.connect(self.hide)
        row = QHBoxLayout(self)
        row.setContentsMargins(2 * theme.GRID, theme.GRID, theme.GRID, theme.GRID)
        row.setSpacing(theme.GRID)
        row.addWidget(self._sign)
        row.addWidget(self.text, 1)
        row.addWidget(more)
        row.addWidget(close)
        theme.changed.connect(self._show_sign)
        self._show_sign()
        self.hide()

    def say(self, text: str, details: str) -> None:
        """Shows the sentence; `details` go into a report."""
        self._show_sign()
        self.text.setText(" ".join(text.split()))
        self.text.setToolTip(text)
        self._details = details
        self.show()

    def _show_sign(self) -> None:
        side = theme.px(16)
        picture = icon("triangle-alert", theme.current().exploding).pixmap(
            QSize(side, side), self.devicePixelRatioF()
        )
        self._sign.setPixmap(picture)

    def show_details(self) -> None:
        """Opens the report, which does not stop anything."""
        Report(self.window(), "Training stopped", self.text.text(), ADVICE, self._details).open()
