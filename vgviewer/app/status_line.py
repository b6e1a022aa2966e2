"""The bottom line: how far the run is, where alerts were raised, and what is going on in words."""

from PySide6.QtCore import QSize, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from vgviewer.app import theme
from vgviewer.app.picture.header import Elided
from vgviewer.app.timeline import Timeline

HEIGHT = 36  # px
PURPOSE = "Says in words what is going on, how much is done, and keeps what was said behind the bell."
MOST_WORDS = 0.72  # of the width
MOST = 16_777_215  # px: no limit, as Qt has it
MESSAGE_MS = 6000  # how long it says what was done


class Words(Elided):
    """Asks for the room that its sentence needs, but for no more than its share."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)

    def sizeHint(self) -> QSize:
        wanted = self.fontMetrics().horizontalAdvance(self.text()) + 2
        most = int(self.window().width() * MOST_WORDS)
        return QSize(min(wanted, most), super().sizeHint().height())


class StatusLine(QWidget):
    """Words go before the line where both do not fit."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        theme.grow(self.setFixedHeight, HEIGHT)
        self.setWhatsThis(PURPOSE)
        self.timeline = Timeline(self)
        self.track = self.timeline.track
        self.words = Words(self)
        self.words.setProperty("role", "muted")
        self.words.setAccessibleName("Status")
        self._message = self._standing = ""
        self._timer = QTimer(self, interval=MESSAGE_MS, singleShot=True)
        self._timer.timeout.connect(self.forget)
        self.track.held.connect(self._hold)
        self._row = row = QHBoxLayout(self)
        row.setContentsMargins(2 * theme.GRID, 0, 2 * theme.GRID, 0)
        row.setSpacing(3 * theme.GRID)
        row.addWidget(self.timeline, 1)
        row.addWidget(self.words)

    def add(self, button: QWidget) -> None:
        """Puts a button at the right end."""
        self._row.addWidget(button)

    def say(self, message: str) -> None:
        """What was done, for a few seconds in the place of what goes on."""
        self._message = message
        self._timer.start()
        self._show()

    def show_standing(self, text: str) -> None:
        """What goes on."""
        self._standing = text
        self._show()

    def forget(self) -> None:
        """What was said is over, or true no longer."""
        self._timer.stop()
        self._message = ""
        self._show()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.words.updateGeometry()

    def _hold(self, is_held: bool) -> None:
        """The line stays where it is under who drags along it, whatever the words say meanwhile."""
        self.words.setMinimumWidth(self.words.width() if is_held else 0)
        self.words.setMaximumWidth(self.words.width() if is_held else MOST)

    def _show(self) -> None:
        """The whole sentence is in the tooltip too."""
        text = self._message or self._standing
        if text != self.words.text():
            self.words.setText(text)
            self.words.setToolTip(text)
            self.words.setAccessibleDescription(text)
            self.words.updateGeometry()
