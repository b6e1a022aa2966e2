"""Axes in the hand of the program: no boxes, no tick marks, names of rows, steps in round numbers."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen

from vgviewer.app import theme
from vgviewer.app.picture.library import pg

LOW = 136  # px, below which a picture saves room wherever it can
BOTTOM_HEIGHTS = {
    False: 48,
    True: 34,
}  # px: tick labels and the axis' name; 48 holds three lines of a legend, too
TOP_MARGIN = 8  # px: half of the topmost label
ROW_LABEL_HEIGHT = 15  # px that a row's name needs so that it does not touch the next one
Line = tuple[QPen, QPointF, QPointF]
Label = tuple[QRectF, int, str]
OVERHANG = 22  # px by which the label of an end may stand out; beyond that pyqtgraph leaves it out
LABEL_ROOM = 120  # px at most for names of rows
NAME_LINE = 16  # px of width for the name of the values
NARROW = 280  # px, below which a picture leaves it out


def is_low(height: float) -> bool:
    """Whether a picture of that height, axes included, has no room to spare."""
    return height < theme.px(LOW)


def bottom_height(height: float) -> int:
    """The px below the data of a picture of that height."""
    return theme.px(BOTTOM_HEIGHTS[is_low(height)])


class PlainAxis(pg.AxisItem):
    """An axis of captions only."""

    def __init__(self, orientation: str) -> None:
        super().__init__(orientation)
        self.setStyle(tickLength=0, tickTextOffset=6, hideOverlappingLabels=OVERHANG)
        self.enableAutoSIPrefix(False)
        self._shown: list[list[tuple[float, str]]] = []

    def setLabel(self, text: str | None = None, *args: Any, **style: Any) -> None:
        """The axis' name, in its middle: pyqtgraph puts it there only when the axis gets another size."""
        super().setLabel(text, *args, **style)
        self.resizeEvent()

    def show_ticks(self, ticks: Sequence[tuple[float, str]]) -> None:
        """Ticks as position and words; the same ones again cost nothing."""
        shown = [list(ticks)]
        if shown != self._shown:
            self._shown = shown
            self.setTicks(shown)

    def wear(self, dress: theme.Theme) -> None:
        """Takes the colors of the theme."""
        self.setStyle(hideOverlappingLabels=theme.px(OVERHANG))
        self.setTickFont(theme.font(theme.CAPTION))
        self.setTextPen(dress.text_muted)
        self.label.setFont(theme.font(theme.CAPTION))
        self.label.setDefaultTextColor(QColor(dress.text_muted))

    def drawPicture(
        self, p: QPainter, axisSpec: object, tickSpecs: Sequence[Line], textSpecs: Sequence[Label]
    ) -> None:
        p.setFont(theme.font(theme.CAPTION))
        p.setPen(self.textPen())
        for box, flags, words in textSpecs:
            p.drawText(box, int(flags), words)


class RowAxis(PlainAxis):
    """Names of rows on the left, thinned where they would touch; the selected one is bold."""

    def __init__(self) -> None:
        super().__init__("left")
        self._names: tuple[str, ...] = ()
        self._selected: str | None = None
        self._color = QColor()

    def wear(self, dress: theme.Theme) -> None:
        super().wear(dress)
        self._color = QColor(dress.text)
        self.setTextPen(dress.text)

    def show_rows(self, names: Sequence[str], height: float) -> None:
        """Row i stands between i and i + 1, counted from the top, in a picture of `height` px."""
        self._names = tuple(names)
        every = max(1, -(-len(names) * theme.px(ROW_LABEL_HEIGHT) // max(1, int(height))))
        at = self._names.index(self._selected) if self._selected in self._names else -every
        shown = [i for i in range(0, len(names), every) if i == at or abs(i - at) >= every]
        shown += [at] if at >= 0 and at not in shown else []
        self.show_ticks([(i + 0.5, self._fitting(names[i])) for i in shown])
        self.setWidth(self._room())

    def select(self, name: str | None) -> None:
        """Makes one name bold."""
        self._selected = name
        self.picture = None
        self.update()

    def _room(self) -> int:
        metrics = QFontMetricsF(self._bold())
        widest = max((metrics.horizontalAdvance(name) for name in self._names), default=0)
        return int(min(theme.px(LABEL_ROOM), widest)) + 16

    def _fitting(self, name: str) -> str:
        """Both its ends, where all of it has no room."""
        metrics = QFontMetricsF(self._bold())
        return metrics.elidedText(name, Qt.TextElideMode.ElideMiddle, theme.px(LABEL_ROOM))

    def _bold(self) -> QFont:
        return theme.font(theme.BODY, QFont.Weight.DemiBold)

    def drawPicture(
        self, p: QPainter, axisSpec: object, tickSpecs: Sequence[Line], textSpecs: Sequence[Label]
    ) -> None:
        p.setPen(self._color)
        selected = self._fitting(self._selected or "")
        for box, flags, name in textSpecs:
            p.setFont(self._bold() if name == selected else theme.font(theme.BODY))
            p.drawText(QRectF(0, box.center().y() - 10, self.width() - 10, 20), int(flags), name)


class ValueAxis(PlainAxis):
    """Values on the left with a hairline across the plot at each; their name runs along them where there is room."""

    def __init__(self) -> None:
        super().__init__("left")
        self._grid = QColor()
        self._name = ""
        self.setGrid(255)  # pyqtgraph then hands over lines as wide as the plot

    def wear(self, dress: theme.Theme) -> None:
        super().wear(dress)
        self._grid = QColor(dress.grid)

    def drawPicture(
        self, p: QPainter, axisSpec: object, tickSpecs: Sequence[Line], textSpecs: Sequence[Label]
    ) -> None:
        p.setPen(self._grid)
        for _, start, end in tickSpecs:
            p.drawLine(start, end)
        super().drawPicture(p, axisSpec, tickSpecs, textSpecs)
        if self._name:
            p.save()
            p.translate(theme.px(NAME_LINE) / 2, self.size().height() / 2)
            p.rotate(-90)  # read from bottom to top
            box = QRectF(0, 0, self.size().height(), theme.px(NAME_LINE))
            box.moveCenter(QPointF(0, 0))
            p.drawText(box, Qt.AlignmentFlag.AlignCenter, self._name)
            p.restore()

    def show_values(self, ticks: Sequence[tuple[float, str]], name: str) -> None:
        """Ticks as height and words, lowest first, and what the values are."""
        metrics = QFontMetricsF(theme.font(theme.CAPTION))
        view = self.getViewWidget()
        is_roomy = view is not None and view.width() >= theme.px(NARROW)
        fits = is_roomy and metrics.horizontalAdvance(name) <= self.size().height()
        before, self._name = self._name, name if fits else ""
        if before != self._name:
            self.picture = None
        self.show_ticks(ticks)
        widest = max((metrics.horizontalAdvance(words) for _, words in ticks), default=0)
        self.setWidth(int(widest) + 14 + (theme.px(NAME_LINE) if self._name else 0))
