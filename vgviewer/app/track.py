"""The line of steps at the bottom: what was trained, from end to end, where alerts were raised, and which step is on
show."""

from typing import NamedTuple

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFontMetrics,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPolygonF,
)
from PySide6.QtWidgets import QToolTip, QWidget

from vgviewer.app import theme
from vgviewer.app.alerts import LOOKS, OTHER
from vgviewer.app.numerals import counted, localized
from vgviewer.diagnosis import Alert
from vgviewer.frames import Changed
from vgviewer.recording import Bookmark

LINE = 3  # px
MARK = 8  # px wide
RISE = 6  # px: how high a mark is
HANDLE = 12  # px across
LEAST = 120  # px; a shorter one says nothing
NEAR = 6  # px from a mark, where its alerts are told
PAGE = 10  # parts of a run that Page Up and Page Down go through
PURPOSE = (
    "All steps of this run so far, to be looked at again: drag, or use the arrow keys. Above the line a mark where an "
    "alert was raised, gray once it was taken back; below it a square where a knob was turned, a flag at a bookmark."
)


class Progress(NamedTuple):
    """`step` steps are made, the newest one that can be seen is `newest`; `at` is the one on show where somebody looks
    back; `is_kept` says whether one can."""

    step: int
    alerts: tuple[Alert, ...]
    at: int | None = None
    changes: tuple[Changed, ...] = ()
    bookmarks: tuple[Bookmark, ...] = ()
    is_kept: bool = False
    newest: int = 0


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

    moved = Signal(int)  # the step that somebody wants to see
    held = Signal(bool)  # whether somebody drags along it

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._progress: Progress | None = None
        self.setAccessibleName("Steps made")
        self.setWhatsThis(PURPOSE)
        theme.changed.connect(self.update)

    def show_progress(self, progress: Progress | None) -> None:
        """None hides the line: there is no run."""
        if progress == self._progress:
            return
        self._progress = progress
        is_kept = progress is not None and progress.is_kept
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if is_kept else Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor if is_kept else Qt.CursorShape.ArrowCursor)
        self.setAccessibleDescription(self._in_words())
        self.update()

    def marks(self) -> list[Mark]:
        """From left to right, none over another."""
        if self._progress is None:
            return []
        line = self._span()
        found: list[Mark] = []
        for alert in sorted(self._progress.alerts, key=lambda alert: alert.step):
            x = min(
                max(self.x_of(alert.step), line.left() + theme.px(MARK) / 2),
                line.right() - theme.px(MARK) / 2,
            )
            if found and x - found[-1].x < theme.px(MARK) + 1:
                found[-1] = Mark(found[-1].x, (*found[-1].alerts, alert))
            else:
                found.append(Mark(x, (alert,)))
        return found

    def x_of(self, step: int) -> float:
        """Where a step is, in px from the left."""
        line, made = self._span(), max(1, self._progress.step if self._progress else 0)
        return line.left() + line.width() * min(1.0, step / made)

    def step_at(self, x: float) -> int:
        """Which step that is, in px from the left."""
        line = self._span()
        share = min(1.0, max(0.0, (x - line.left()) / line.width()))
        return round(share * (self._progress.step if self._progress else 0))

    def told_at(self, x: float) -> str:
        """The alerts, knobs and bookmarks that are there, else what the line shows."""
        if self._progress is None:
            return PURPOSE
        near = theme.px(NEAR)
        told = [_told(alert) for mark in self.marks() if abs(mark.x - x) <= near for alert in mark.alerts]
        told += [_turned(one) for one in self._progress.changes if abs(self.x_of(one.step) - x) <= near]
        told += [_marked(one) for one in self._progress.bookmarks if abs(self.x_of(one.step) - x) <= near]
        return "\n".join(told) or PURPOSE

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            told = self.told_at(event.pos().x()) if self._progress is not None else ""
            QToolTip.showText(event.globalPos(), told, self)
            return True
        return super().event(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.held.emit(True)
        self._drag(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self.held.emit(False)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._drag(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        now = self._progress
        if now is None or not now.is_kept:
            super().keyPressEvent(event)
            return
        at, page = (now.newest if now.at is None else now.at), max(1, now.step // PAGE)
        to = {
            Qt.Key.Key_Left: at - 1,
            Qt.Key.Key_Right: at + 1,
            Qt.Key.Key_PageUp: at - page,
            Qt.Key.Key_PageDown: at + page,
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: now.step,
        }.get(Qt.Key(event.key()))
        if to is None:
            super().keyPressEvent(event)
        else:
            self.moved.emit(min(now.step, max(0, to)))

    def paintEvent(self, event: QPaintEvent) -> None:
        progress = self._progress
        if progress is None or self.width() < LEAST:
            return
        now, painter, line = theme.current(), QPainter(self), self._span()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(theme.font(theme.CAPTION))
        painter.setPen(QColor(now.text_muted))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, "0")
        last = counted(progress.step)
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, last)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(now.edge))
        painter.drawRoundedRect(line, line.height() / 2, line.height() / 2)
        if progress.step:
            painter.setBrush(QColor(now.accent))
            seen = QRectF(line)
            seen.setRight(line.right() if progress.at is None else self.x_of(progress.at))
            painter.drawRoundedRect(seen, line.height() / 2, line.height() / 2)
        for mark in self.marks():
            painter.setBrush(QColor(mark.color))
            painter.drawPolygon(_triangle(mark.x, line.top() - 1))
        painter.setBrush(QColor(now.text_muted))
        for change in progress.changes:
            painter.drawRect(_square(self.x_of(change.step), line.bottom() + 1))
        painter.setBrush(QColor(now.text))
        for bookmark in progress.bookmarks:
            painter.drawPolygon(_flag(self.x_of(bookmark.step), line.bottom() + 1))
        if progress.is_kept and progress.step:
            self._draw_handle(painter, line)

    def _draw_handle(self, painter: QPainter, line: QRectF) -> None:
        assert self._progress is not None
        now, at = theme.current(), self._progress.at
        middle = QPointF(line.right() if at is None else self.x_of(at), line.center().y())
        radius = theme.px(HANDLE) / 2
        if self.hasFocus():
            painter.setBrush(QColor(now.text))
            painter.drawEllipse(middle, radius + 2, radius + 2)
        painter.setBrush(QColor(now.accent))
        painter.drawEllipse(middle, radius, radius)
        painter.setBrush(QColor(now.window))
        painter.drawEllipse(middle, radius / 2.5, radius / 2.5)

    def _drag(self, event: QMouseEvent) -> None:
        if (
            self._progress is not None
            and self._progress.is_kept
            and event.buttons() & Qt.MouseButton.LeftButton
        ):
            self.moved.emit(self.step_at(event.position().x()))

    def _in_words(self) -> str:
        now = self._progress
        if now is None:
            return "There is no run."
        if now.at is None:
            return f"{counted(now.step)} steps; the newest is on show."
        return f"Step {counted(now.at)} of {counted(now.step)} is on show."

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


def _square(x: float, top: float) -> QRectF:
    side = theme.px(MARK) / 2
    return QRectF(x - side / 2, top, side, side)


def _flag(x: float, top: float) -> QPolygonF:
    """A ribbon that hangs from the line, as in a book."""
    half, low = theme.px(MARK) / 2 - 1, top + theme.px(RISE) + 2
    corners = (x - half, top), (x + half, top), (x + half, low), (x, low - half), (x - half, low)
    return QPolygonF([QPointF(*corner) for corner in corners])


def _told(alert: Alert) -> str:
    back = "" if alert.until is None else f", taken back at step {counted(alert.until)}"
    return f"{alert.title}: since step {counted(alert.step)}{back}"


def _turned(change: Changed) -> str:
    return f"Step {counted(change.step)}: {change.knob.replace('_', ' ')} turned to {localized(f'{change.value:g}')}"


def _marked(bookmark: Bookmark) -> str:
    return f"Bookmark at step {counted(bookmark.step)}: {bookmark.caption}".rstrip(": ")
