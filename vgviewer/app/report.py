"""The one dialog for what went wrong: what happened, what to do, the details, and a way to copy them."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from vgviewer.app import theme
from vgviewer.app.icons import icon

ICON = QSize(24, 24)
WIDTH = 560  # px
DETAILS_HEIGHT = 160  # px


class Report(QDialog):
    """All text is plain and can be selected: names out of files never become markup."""

    def __init__(
        self,
        parent: QWidget | None,
        title: str,
        sentence: str,
        advice: str,
        details: str,
        sign: str = "triangle-alert",
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self.setMinimumWidth(WIDTH)
        self.sentence, self.advice = self._label(sentence, "section"), self._label(advice, "muted")
        self.details = QPlainTextEdit(details, self)
        self.details.setReadOnly(True)
        self.details.setAccessibleName("Details")
        self.details.setMinimumHeight(DETAILS_HEIGHT)
        self.advice.setVisible(bool(advice))
        self.details.setVisible(bool(details))
        self._lay_out(sign)

    def say(self, advice: str) -> None:
        """Replaces the advice, when more has happened meanwhile."""
        self.advice.setText(advice)
        self.advice.show()

    def copy(self) -> None:
        """Puts everything that is said on the clipboard."""
        parts = (self.windowTitle(), self.sentence.text(), self.advice.text(), self.details.toPlainText())
        QGuiApplication.clipboard().setText("\n\n".join(part for part in parts if part))

    def _label(self, text: str, role: str) -> QLabel:
        label = QLabel(text, self)
        label.setProperty("role", role)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(True)
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        return label

    def _lay_out(self, sign_name: str) -> None:
        sign, copy, close = QLabel(self), QPushButton("&Copy", self), QPushButton("Close", self)
        color = theme.current().accent if sign_name == "info" else theme.current().warning
        sign.setPixmap(icon(sign_name, color).pixmap(ICON))
        copy.clicked.connect(self.copy)
        close.clicked.connect(self.accept)
        close.setDefault(True)
        close.setFocus()
        head, buttons = QHBoxLayout(), QHBoxLayout()
        head.setSpacing(2 * theme.GRID)
        head.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self.sentence, 1)
        buttons.addStretch(1)
        buttons.addWidget(copy)
        buttons.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(*[3 * theme.GRID] * 4)
        column.setSpacing(2 * theme.GRID)
        column.addLayout(head)
        column.addWidget(self.advice)
        column.addWidget(self.details, 1)
        column.addLayout(buttons)
