"""The one dialog for what went wrong: what happened, why, what to do, the details, and a way to hand them on."""

from PySide6.QtCore import QSize, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from vgviewer.app import theme
from vgviewer.app.diagnostics import diagnostics
from vgviewer.app.icons import icon
from vgviewer.app.log import log_file

ICON = 24  # px, as the lengths below before they grow with the text
WIDTH = 560
DETAILS_HEIGHT = 160
SELECTABLE = Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard


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
        reason: str = "",
        is_folded: bool = False,
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self.setMinimumWidth(theme.px(WIDTH))
        self.sentence = self._label(sentence, "section")
        self.reason, self.advice = self._label(reason, ""), self._label(advice, "muted")
        self.details = QPlainTextEdit(details, self)
        self.details.setReadOnly(True)
        self.details.setTabChangesFocus(True)
        self.details.setAccessibleName("Details")
        self.details.setMinimumHeight(theme.px(DETAILS_HEIGHT))
        self.details.setVisible(bool(details) and not is_folded)
        self._sign = sign
        self._picture = QLabel(self)
        self._lay_out()
        theme.changed.connect(self._dress)
        self._dress()

    def say(self, advice: str) -> None:
        """Replaces the advice, when more has happened meanwhile."""
        self.advice.setText(advice)
        self.advice.show()

    def copy(self) -> None:
        """Puts everything that is said on the clipboard, and the versions that go with it."""
        said = [self.windowTitle(), self.sentence.text(), self.reason.text(), self.advice.text()]
        facts, details = diagnostics(), self.details.toPlainText()
        parts = [*said, details, "" if facts in details else facts]
        QGuiApplication.clipboard().setText("\n\n".join(part for part in parts if part))

    def open_log(self) -> None:
        """In whatever the desktop reads text with."""
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(log_file())))

    def _label(self, text: str, role: str) -> QLabel:
        label = QLabel(text, self)
        label.setProperty("role", role)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(True)
        label.setTextInteractionFlags(SELECTABLE)
        label.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        label.setVisible(bool(text))
        return label

    def _lay_out(self) -> None:
        words, head = QVBoxLayout(), QHBoxLayout()
        words.setSpacing(theme.GRID)
        for label in (self.sentence, self.reason, self.advice):
            words.addWidget(label)
        head.setSpacing(2 * theme.GRID)
        head.addWidget(self._picture, 0, Qt.AlignmentFlag.AlignTop)
        head.addLayout(words, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(*[3 * theme.GRID] * 4)
        column.setSpacing(2 * theme.GRID)
        column.addLayout(head)
        column.addWidget(self.details, 1)
        column.addLayout(self._buttons())

    def _buttons(self) -> QHBoxLayout:
        self.unfold = QPushButton("&Details", self)
        self.log = QPushButton("Open &Log", self)
        copy, close = QPushButton("&Copy", self), QPushButton("Close", self)
        self.unfold.setCheckable(True)
        self.unfold.setChecked(not self.details.isHidden())
        self.unfold.setVisible(bool(self.details.toPlainText()))
        self.unfold.setToolTip("Show or hide the details")
        self.unfold.toggled.connect(self._unfold)
        self.log.setEnabled(log_file().is_file())
        self.log.setToolTip(f"{log_file()}" if self.log.isEnabled() else "Nothing has been logged yet")
        self.log.clicked.connect(self.open_log)
        copy.setToolTip("Copy all that is said here, with the versions")
        copy.clicked.connect(self.copy)
        close.setToolTip("Close (Esc)")
        close.clicked.connect(self.accept)
        close.setDefault(True)
        close.setFocus()
        row = QHBoxLayout()
        row.setSpacing(theme.GRID)
        for button in (self.unfold, self.log):
            row.addWidget(button)
        row.addStretch(1)
        for button in (copy, close):
            row.addWidget(button)
        return row

    def _unfold(self, is_open: bool) -> None:
        self.details.setVisible(is_open)
        self.adjustSize()

    def _dress(self) -> None:
        now = theme.current()
        side = theme.px(ICON)
        color = now.accent if self._sign == "info" else now.warning
        self._picture.setPixmap(icon(self._sign, color).pixmap(QSize(side, side)))
