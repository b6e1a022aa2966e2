"""The bottom line: how far the run is, where alerts were raised, and what is going on in words."""

from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPolygonF, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from vgviewer.app import theme
from vgviewer.app.alerts import LOOKS, OTHER
from vgviewer.app.picture.header import Elided
from vgviewer.diagnosis import Alert

HEIGHT = 36  # px
PURPOSE = "Says in words what is going on, how much is done, and keeps what was said behind the bell."
LINE = 3  # px
MARK = 8  # px wide
MOST_WORDS = 0.72  # of the width
LEAST_TRACK = 120  # px; a shorter one says nothing


class Progress(NamedTuple):
    """`step` of `steps` are made."""

    step: int
    steps: int
    alerts: tuple[Alert, ...]


class Track(QWidget):
    """A line that fills as the run goes, with a mark where each alert was raised; gray ones were taken back."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._progress: Progress | None = None

    def show_progress(self, progress: Progress | None) -> None:
        """None hides the line: there is no run."""
        if progress != self._progress:
            self._progress = progress
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._progress is None or self.width() < LEAST_TRACK:
            return
        now, painter = theme.current(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        y = self.height() / 2 + theme.px(MARK) / 4
        self._line(painter, y, self.width(), now.edge)
        self._line(painter, y, self._x(self._progress.step), now.accent)
        for alert in sorted(self._progress.alerts, key=lambda alert: alert.stands):
            color = getattr(now, LOOKS.get(alert.kind, OTHER).color) if alert.stands else now.text_muted
            self._mark(painter, self._x(alert.step), y - theme.px(LINE) - 1, color)

    def _x(self, step: int) -> float:
        progress = self._progress
        return self.width() * min(1.0, step / max(1, progress.steps)) if progress else 0.0

    def _line(self, painter: QPainter, y: float, width: float, color: str) -> None:
        painter.setBrush(QColor(color))
        line = theme.px(LINE)
        painter.drawRoundedRect(QRectF(0, y - line / 2, width, line), line / 2, line / 2)

    def _mark(self, painter: QPainter, x: float, tip: float, color: str) -> None:
        painter.setBrush(QColor(color))
        mark = theme.px(MARK)
        x, top = min(max(x, mark / 2), self.width() - mark / 2), tip - theme.px(6)
        corners = (QPointF(x - mark / 2, top), QPointF(x + mark / 2, top), QPointF(x, tip))
        painter.drawPolygon(QPolygonF(corners))


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
        self.track = Track(self)
        self.words = Words(self)
        self.words.setProperty("role", "muted")
        self.words.setAccessibleName("Status")
        self._row = row = QHBoxLayout(self)
        row.setContentsMargins(2 * theme.GRID, 0, 2 * theme.GRID, 0)
        row.setSpacing(3 * theme.GRID)
        row.addWidget(self.track, 1)
        row.addWidget(self.words)

    def add(self, button: QWidget) -> None:
        """Puts a button at the right end."""
        self._row.addWidget(button)

    def say(self, text: str) -> None:
        """Shows the sentence; the whole of it is in the tooltip too."""
        if text != self.words.text():
            self.words.setText(text)
            self.words.setToolTip(text)
            self.words.setAccessibleDescription(text)
            self.words.updateGeometry()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.words.updateGeometry()
