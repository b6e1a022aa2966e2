"""The line of steps at the bottom: what was trained, from end to end, and where alerts were raised."""

from typing import NamedTuple

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetrics, QHelpEvent, QPainter, QPaintEvent, QPolygonF
from PySide6.QtWidgets import QToolTip, QWidget

from vgviewer.app import theme
from vgviewer.app.alerts import LOOKS, OTHER
from vgviewer.app.numerals import counted
from vgviewer.diagnosis import Alert

LINE = 3  # px
MARK = 8  # px wide
RISE = 6  # px: how high a mark is
LEAST = 120  # px; a shorter one says nothing
NEAR = 6  # px from a mark, where its alerts are told
PURPOSE = "All steps of this run so far; a mark where an alert was raised, gray once it was taken back."


class Progress(NamedTuple):
    """`step` steps are made."""

    step: int
    alerts: tuple[Alert, ...]


class Mark(NamedTuple):
    """Alerts that were raised so close to each other that they share one."""

    x: float
    alerts: tuple[Alert, ...]

    @property
    def stands(self) -> bool:
        """Whether one of them does."""
        return any(alert.stands for alert in self.alerts)

    @property
    def color(self) -> str:
        """Of one that stands, else gray."""
        first = next((alert for alert in self.alerts if alert.stands), None)
        now = theme.current()
        return now.text_muted if first is None else getattr(now, LOOKS.get(first.kind, OTHER).color)


class Track(QWidget):
    """It spans the steps that are made: how many are wanted is said in numbers at the top."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._progress: Progress | None = None
        self.setAccessibleName("Steps made")
        theme.changed.connect(self.update)

    def show_progress(self, progress: Progress | None) -> None:
        """None hides the line: there is no run."""
        if progress != self._progress:
            self._progress = progress
            self.update()

    def marks(self) -> list[Mark]:
        """From left to right, none over another."""
        if self._progress is None:
            return []
        line, made = self._span(), max(1, self._progress.step)
        found: list[Mark] = []
        for alert in sorted(self._progress.alerts, key=lambda alert: alert.step):
            x = line.left() + line.width() * min(1.0, alert.step / made)
            x = min(max(x, line.left() + theme.px(MARK) / 2), line.right() - theme.px(MARK) / 2)
            if found and x - found[-1].x < theme.px(MARK) + 1:
                found[-1] = Mark(found[-1].x, (*found[-1].alerts, alert))
            else:
                found.append(Mark(x, (alert,)))
        return found

    def told_at(self, x: float) -> str:
        """The alerts of a mark that is there, else what the line shows."""
        for mark in self.marks():
            if abs(mark.x - x) <= theme.px(NEAR):
                return "\n".join(map(_told, mark.alerts))
        return PURPOSE

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            told = self.told_at(event.pos().x()) if self._progress is not None else ""
            QToolTip.showText(event.globalPos(), told, self)
            return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._progress is None or self.width() < LEAST:
            return
        now, painter, line = theme.current(), QPainter(self), self._span()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(theme.font(theme.CAPTION))
        painter.setPen(QColor(now.text_muted))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, "0")
        last = counted(self._progress.step)
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, last)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(now.accent if self._progress.step else now.edge))
        painter.drawRoundedRect(line, line.height() / 2, line.height() / 2)
        for mark in self.marks():
            painter.setBrush(QColor(mark.color))
            painter.drawPolygon(_triangle(mark.x, line.top() - 1))

    def _span(self) -> QRectF:
        """The line itself, between the words at its ends."""
        metrics, air = QFontMetrics(theme.font(theme.CAPTION)), theme.GRID
        last = counted(self._progress.step) if self._progress is not None else ""
        left = metrics.horizontalAdvance("0") + air
        right = self.width() - metrics.horizontalAdvance(last) - air
        height = theme.px(LINE)
        return QRectF(left, (self.height() - height) / 2, max(1.0, right - left), height)


def _triangle(x: float, tip: float) -> QPolygonF:
    half, top = theme.px(MARK) / 2, tip - theme.px(RISE)
    return QPolygonF((QPointF(x - half, top), QPointF(x + half, top), QPointF(x, tip)))


def _told(alert: Alert) -> str:
    back = "" if alert.until is None else f", taken back at step {counted(alert.until)}"
    return f"{alert.title}: since step {counted(alert.step)}{back}"
