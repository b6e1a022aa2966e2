"""An account as bars on one logarithmic scale: blue to the left of the line loses, red to the right gains."""

import math

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from vgviewer.app import theme
from vgviewer.app.alerts.account import Account, Row, account
from vgviewer.app.picture.numbers import factor
from vgviewer.diagnosis import Cause

HEIGHT = 20  # px of a row
GAP = 6  # px above a whole that is not the first row
BAR = 6  # px
MOST_NAME = 0.6  # of the width
LEAST_SPAN = 0.3  # decades: factors near 1 stay short bars
PAD = 8  # px between the columns


class HopBars(QWidget):
    """The number at the right says the same without color."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._cause: Cause | None = None
        self._account: Account | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("What the hops do to the gradient")
        theme.changed.connect(self._take_height)

    def show_cause(self, cause: Cause | None) -> None:
        """Takes another cause; nothing is shown where it has no hops."""
        if cause is self._cause and cause is not None:
            return
        self._cause, self._account = cause, account(cause) if cause else None
        self.setVisible(self._account is not None)
        if self._account is not None:
            self._take_height()
            words = ", ".join(f"{row.name} {value(row)}" for row in self._account.rows)
            self.setAccessibleDescription(f"{self._account.title}: {words}")
            self.update()

    def _take_height(self) -> None:
        if self._account is not None:
            self.setFixedHeight(self._tops()[-1][1] + theme.px(HEIGHT))

    def bar(self, place: int) -> QRectF:
        """Where the bar of a row stands, from the line at 1 to its end; without width where there is no number."""
        assert self._account is not None
        row, top = self._tops()[place]
        left, right = self._extent()
        low, high = self._limits()
        end = min(max(row.exponent, low), high) if not math.isnan(row.exponent) else 0.0
        per_decade = (right - left) / (high - low)
        zero, tip = left - low * per_decade, left + (end - low) * per_decade
        bar = theme.px(BAR)
        return QRectF(min(zero, tip), top + (theme.px(HEIGHT) - bar) / 2, abs(tip - zero), bar)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._account is None:
            return
        now, painter = theme.current(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        height, bar = theme.px(HEIGHT), theme.px(BAR)
        painter.setPen(QColor(now.text_muted))
        painter.setFont(theme.font(theme.CAPTION))
        painter.drawText(
            QRectF(0, 0, self.width(), height), Qt.AlignmentFlag.AlignVCenter, self._account.title
        )
        left, right = self._extent()
        low, high = self._limits()
        zero = left - low * (right - left) / (high - low)
        for place, (row, top) in enumerate(self._tops()):
            painter.setFont(_font(row))
            painter.setPen(QColor(now.text if row.is_whole else now.text_muted))
            self._say(painter, QRectF(0, top, left - PAD, height), row.name, Qt.AlignmentFlag.AlignLeft)
            painter.setPen(QColor(now.text))
            box = QRectF(right + PAD, top, self.width() - right - PAD, height)
            self._say(painter, box, value(row), Qt.AlignmentFlag.AlignRight)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(now.hairline))
            painter.drawRoundedRect(
                QRectF(left, top + (height - bar) / 2, right - left, bar), bar / 2, bar / 2
            )
            painter.setBrush(QColor(_color(row, now)))
            painter.drawRoundedRect(self.bar(place), bar / 2, bar / 2)
            painter.fillRect(QRectF(zero - 0.5, top + 3, 1, height - 6), QColor(now.text_muted))

    def _tops(self) -> list[tuple[Row, int]]:
        """Each row with its upper edge; the title stands above them."""
        assert self._account is not None
        tops, y = [], theme.px(HEIGHT)
        for place, row in enumerate(self._account.rows):
            y += theme.px(GAP) if row.is_whole and place else 0
            tops.append((row, y))
            y += theme.px(HEIGHT)
        return tops

    def _extent(self) -> tuple[float, float]:
        """Left and right end of the bars: the names and the numbers take what they need."""
        assert self._account is not None
        rows = self._account.rows
        names = max(QFontMetrics(_font(row)).horizontalAdvance(row.name) for row in rows)
        values = max(QFontMetrics(_font(row)).horizontalAdvance(value(row)) for row in rows)
        left = min(names, self.width() * MOST_NAME) + PAD
        return left, max(left + 1.0, self.width() - values - 1 - PAD)

    def _limits(self) -> tuple[float, float]:
        assert self._account is not None
        known = [row.exponent for row in self._account.rows if math.isfinite(row.exponent)]
        low, high = min([*known, 0.0]), max([*known, 0.0])
        if any(row.exponent == -math.inf for row in self._account.rows):
            low = min(low, -1.0) * 1.25  # nothing is farther than the least number
        return low, max(high, low + LEAST_SPAN)

    def _say(self, painter: QPainter, box: QRectF, text: str, side: Qt.AlignmentFlag) -> None:
        elided = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideMiddle, int(box.width()) + 1)
        painter.drawText(box, side | Qt.AlignmentFlag.AlignVCenter, elided)


def value(row: Row) -> str:
    """A factor as × 0.52, a whole as 0.68; 0 where nothing is passed on, n/a where a denominator was 0."""
    if math.isnan(row.exponent):
        return "n/a"
    if row.exponent == -math.inf:
        return "0"
    number = factor(row.exponent)
    return number if row.is_whole or "×" in number else f"× {number}"


def _color(row: Row, now: theme.Theme) -> str:
    if row.exponent == -math.inf:
        return now.exact_zero
    return now.vanishing if row.exponent < 0 else now.exploding


def _font(row: Row) -> QFont:
    return theme.font(theme.CAPTION, QFont.Weight.DemiBold if row.is_whole else QFont.Weight.Normal)
