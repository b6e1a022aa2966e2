"""A number over training steps: raw and smoothed, and the line that it is held against."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetricsF, QPen

from vgviewer.app import theme
from vgviewer.app.picture.library import pg
from vgviewer.app.picture.plot import Plot, Range
from vgviewer.app.picture.steps import Floats, outline

FOOT = 0.02  # of the height, under 0, so that the lowest label is not cut
AIR = 0.06  # of the height, above and below
WORDS_PART = 0.12  # of the height, for the reference's words
WORDS_MARGIN = 12  # px beside them
DOT = 7  # px, at the newest step
LARGEST = 1e30  # nothing that is drawn lies beyond


@dataclass(frozen=True)
class Course:
    """Values float64 (N,), what is not finite included, at ascending steps int64 (N,)."""

    name: str
    steps: NDArray[np.int64]
    values: Floats
    trend: Floats
    reference: float | None = None
    reference_words: str = ""


class CourseLines:
    """The curves of one course; items are reused. Heights are log10 of the values where the axis is logarithmic."""

    def __init__(self, plot: Plot) -> None:
        self._plot = plot
        self.raw, self.smooth = (pg.PlotCurveItem(antialias=True) for _ in range(2))
        self._reference, self._end = pg.PlotCurveItem(), pg.PlotCurveItem()
        self._now = pg.ScatterPlotItem(size=DOT, pen=None)
        self._words, self._end_words = pg.TextItem(), pg.TextItem("not finite from here on")
        lines = (self.raw, self._reference, self.smooth, self._now, self._end)
        for item in (*lines, self._words, self._end_words):
            plot.addItem(item)

    def set_visible(self, is_visible: bool) -> None:
        """Hides all of it; `show` brings back what there is."""
        items = (self.raw, self.smooth, self._now, self._reference, self._words, self._end, self._end_words)
        for item in items:
            item.setVisible(is_visible)

    def show(self, course: Course, log: bool, x: Range, y: Range) -> None:
        """Within the part of the plane that is shown."""
        self.set_visible(True)
        width = int(self._plot.data_size()[0])
        raw, trend = heights(course.values, log), heights(course.trend, log)
        self.raw.setData(*outline(course.steps, raw, width), connect="finite")
        every = max(1, len(trend) // max(1, width))
        self.smooth.setData(course.steps[::every], trend[::every], connect="finite")
        is_known = bool(np.isfinite(trend[-1]))
        self._now.setData(course.steps[-1:] if is_known else [], trend[-1:] if is_known else [])
        self._show_reference(course, log, x, y)
        self._show_end(course, x, y)

    def wear(self, dress: theme.Theme, pens: tuple[QPen, QPen, QPen, QPen]) -> None:
        """Takes the colors of the theme, and pens for the raw and the smooth curve, the reference and the end."""
        for item, pen in zip((self.raw, self.smooth, self._reference, self._end), pens, strict=True):
            item.setPen(pen)
        self._now.setBrush(pg.mkBrush(dress.curve))
        self._now.setSize(DOT)
        self._words.setColor(dress.baseline)
        self._end_words.setColor(dress.not_finite)
        for words in (self._words, self._end_words):
            words.setFont(theme.font(theme.CAPTION))

    def _show_reference(self, course: Course, log: bool, x: Range, y: Range) -> None:
        value = course.reference
        height = float(heights(np.array([math.nan if value is None else value]), log)[0])
        shown = math.isfinite(height)
        self._reference.setVisible(shown)
        self._words.setVisible(shown)
        if shown:
            self._reference.setData(list(x), [height, height])
            room = self._plot.data_size()[0]
            metrics = QFontMetricsF(self._words.textItem.font())
            words = metrics.elidedText(
                course.reference_words, Qt.TextElideMode.ElideRight, room - WORDS_MARGIN
            )
            self._words.setText(words)
            under = min(1.0, (metrics.horizontalAdvance(words) + WORDS_MARGIN) / max(1.0, room))
            self._place_words(height, heights(course.values, log), x[1], y, under)

    def _place_words(self, height: float, curve: Floats, right: float, y: Range, under: float) -> None:
        """Puts the reference's words at its line, on the side where the curve is not; clear of one that hugs it in the
        share `under` of the width that they take."""
        late = curve[int((1 - under) * len(curve)) :]
        late = np.append(late[np.isfinite(late)], height)
        room = WORDS_PART * (y[1] - y[0])
        hugging = late[np.abs(late - height) < room]
        below, above = float(hugging.min()), float(hugging.max())
        wants_below = late.mean() >= height
        is_below = (wants_below and below - room > y[0]) or above + room > y[1]
        self._words.setAnchor((1, 0) if is_below else (1, 1))
        self._words.setPos(right, below if is_below else above)

    def _show_end(self, course: Course, x: Range, y: Range) -> None:
        """Marks from where on no number is one any more."""
        finite = np.flatnonzero(np.isfinite(course.values))
        first = int(finite[-1]) + 1 if finite.size else 0
        is_lost = first < len(course.values)
        self._end.setVisible(is_lost)
        self._end_words.setVisible(is_lost)
        if is_lost:
            at = float(course.steps[first])
            self._end.setData([at, at], list(y))
            self._end_words.setAnchor((1, 1) if at > sum(x) / 2 else (0, 1))
            self._end_words.setPos(at, y[0])


def heights(values: Floats, log: bool) -> Floats:
    """Values as heights of the axis; what cannot be drawn becomes NaN."""
    drawable = np.where(np.isfinite(values), values, np.nan)
    if not log:
        return np.clip(drawable, -LARGEST, LARGEST)
    return np.log10(drawable, out=np.full(len(values), np.nan), where=drawable > 0)


def height_range(course: Course, log: bool) -> Range:
    """What holds the curve and its reference, with some air."""
    reference = math.nan if course.reference is None else course.reference
    known = heights(np.append(course.values, reference), log)
    known = known[np.isfinite(known)]
    if not known.size:
        return 0.0, 1.0
    low, high = float(known.min()), float(known.max())
    if not log and low >= 0:
        return -FOOT * (high or 1.0), (1 + AIR) * high or 1.0
    air = AIR * (high - low) or 0.5
    return low - air, high + air
