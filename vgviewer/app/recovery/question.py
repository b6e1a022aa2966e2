"""The question after a crash: what was found, from when, which changes."""

from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from vgviewer.app import theme
from vgviewer.app.diagnostics import diagnostics
from vgviewer.app.recovery.journal import Head

WIDTH = 480  # px
ENDED = "vgviewer ended before your changes were saved."
CRASHED = "vgviewer crashed before your changes were saved."
LATER = "Esc asks again at the next start."


class Question(QDialog):
    """Enter recovers, Esc decides nothing: what was found is offered again at the next start."""

    recover_wanted = Signal()
    discard_wanted = Signal()

    def __init__(self, head: Head, parent: QWidget, crash: str = "") -> None:
        super().__init__(parent)
        self._crash = crash
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Recover changes")
        column, row = QVBoxLayout(self), QHBoxLayout()
        theme.grow(column.setContentsMargins, *[3 * theme.GRID] * 4)
        theme.grow(column.setSpacing, 2 * theme.GRID)
        theme.grow(self.setMinimumWidth, WIDTH)
        column.addWidget(self._label(CRASHED if crash else ENDED, "section"))
        column.addWidget(self._label(f"“{head.title}”, changed last {_when(head.at)}"))
        if head.edits:
            column.addWidget(self._label(_changes(head)))
        column.addWidget(self._label(f"{_meaning(head)} {LATER}", "muted"))
        column.addLayout(row)
        self.discard, self.recover = QPushButton("&Discard", self), QPushButton("&Recover", self)
        self.discard.setToolTip("Forget these changes for good")
        self.recover.setToolTip("Open it with these changes, not yet saved (Enter)")
        self.recover.setProperty("primary", True)
        self.recover.setDefault(True)
        self.discard.setAutoDefault(False)
        self.copy = QPushButton("&Copy Report", self)
        self.copy.setToolTip("Copy what is known of the crash, with the versions, for whoever mends this")
        self.copy.setAutoDefault(False)
        self.copy.setVisible(bool(crash))
        self.copy.clicked.connect(self._copy)
        row.addWidget(self.copy)
        row.addStretch(1)
        row.addWidget(self.discard)
        row.addWidget(self.recover)
        self.recover.clicked.connect(self._recover)
        self.discard.clicked.connect(self._discard)
        self.recover.setFocus()

    def _recover(self) -> None:
        self.recover_wanted.emit()
        self.accept()

    def _discard(self) -> None:
        self.discard_wanted.emit()
        self.accept()

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(f"{CRASHED}\n\n{self._crash}\n\n{diagnostics()}")

    def _label(self, text: str, role: str = "") -> QLabel:
        label = QLabel(text, self)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(True)
        label.setProperty("role", role)
        return label


def _when(at: str) -> str:
    then = datetime.fromisoformat(at)
    return f"at {then:%H:%M:%S}" if then.date() == datetime.now().date() else f"on {then:%Y-%m-%d at %H:%M}"


def _changes(head: Head) -> str:
    more = head.count - len(head.edits)
    lines = [f"·  {edit}" for edit in head.edits] + ([f"·  and {more} before"] if more > 0 else [])
    return "\n".join(lines)


def _meaning(head: Head) -> str:
    if head.path:
        return f"{head.path} stays as it was saved until you save."
    return "It has no file of its own yet."
