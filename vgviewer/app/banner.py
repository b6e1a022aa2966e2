"""A line across the window for what went wrong with a run: what happened, details on request, never in the way."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction
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
        self._more, self._do, close = QPushButton("Details", self), QPushButton(self), QToolButton(self)
        self._action: QAction | None = None
        for button in (self._more, self._do):
            button.setProperty("role", "soft")
        self._more.clicked.connect(self.show_details)
        self._do.clicked.connect(self._act)
        close.setIcon(icon("x"))
        close.setToolTip("Hide")
        close.setAccessibleName("Hide")
        close.clicked.connect(self.hide)
        row = QHBoxLayout(self)
        row.setContentsMargins(2 * theme.GRID, theme.GRID, theme.GRID, theme.GRID)
        row.setSpacing(theme.GRID)
        row.addWidget(self._sign)
        row.addWidget(self.text, 1)
        row.addWidget(self._do)
        row.addWidget(self._more)
        row.addWidget(close)
        theme.changed.connect(self._show_sign)
        self._show_sign()
        self.hide()

    def say(self, text: str, details: str, action: QAction | None = None) -> None:
        """Shows the sentence; `details` go into a report, `action` is what may help."""
        self._show_sign()
        self.text.setText(" ".join(text.split()))
        self.text.setToolTip(text)
        self._details, self._action = details, action
        self._more.setVisible(bool(details))
        self._do.setVisible(action is not None)
        if action is not None:
            self._do.setText(action.text().replace("&", ""))
            self._do.setToolTip(action.toolTip())
            self._do.setAccessibleName(self._do.text())
        self.show()

    def _act(self) -> None:
        self.hide()
        if self._action is not None:
            self._action.trigger()

    def _show_sign(self) -> None:
        side = theme.px(16)
        picture = icon("triangle-alert", theme.current().exploding).pixmap(
            QSize(side, side), self.devicePixelRatioF()
        )
        self._sign.setPixmap(picture)

    def show_details(self) -> None:
        """Opens the report, which does not stop anything."""
        Report(self.window(), "Training stopped", self.text.text(), ADVICE, self._details).open()
