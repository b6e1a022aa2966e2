"""What was wanted and what was answered, as two lines, or one against the other as points."""

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPen

from vgviewer.app import theme
from vgviewer.app.picture.answered import Curve, Floats
from vgviewer.app.picture.corner import Line
from vgviewer.app.picture.cursor import Stops
from vgviewer.app.picture.library import pg
from vgviewer.app.picture.mixed_axis import MixedAxis
from vgviewer.app.picture.numbers import plain
from vgviewer.app.picture.panel import Panel, nearest
from vgviewer.app.picture.plot import Plot
from vgviewer.app.picture.steps import step_ticks, value_ticks
from vgviewer.app.picture.table import Table

LARGEST = 1e30  # beyond it pyqtgraph's arithmetic ends
DOT = 5  # px
PER_TICK = 80  # px


class AnswerLines(Panel):
    """Over the input, the samples or the timesteps."""

    def __init__(self, plot: Plot, axis: MixedAxis) -> None:
        super().__init__(plot, axis)
        self._wanted, self._said = (pg.PlotCurveItem(connect="finite", antialias=True) for _ in range(2))
        self._curve = Curve(np.empty(0), None, np.empty(0), "", "")
        self.drawn = np.empty((1, 0))
        self.add(self._wanted, self._said)

    def show(self, curve: Curve) -> None:
        """Draws it."""
        self._curve = curve
        lines = [np.clip(line, -LARGEST, LARGEST) for line in (curve.wanted, curve.said) if line is not None]
        self.drawn = np.array(lines)
        low, high = span(*lines)
        left, right = span(curve.at, air=0.02)
        self.plot.show_range((left, right), (low, high))
        self._wanted.setVisible(curve.wanted is not None)
        for item, line in ((self._wanted, lines[0]), (self._said, lines[-1])):
            item.setData(curve.at, line, connect="finite")
        width, height = self.plot.data_size()
        self.axis.show_values(
            [(at, f"{words}{curve.unit}") for at, words in value_ticks(low, high, height)], self._named()
        )
        bottom = self.plot.bottom_axis
        bottom.setLabel(curve.across)
        first, last = float(curve.at[0]), float(curve.at[-1])
        counts = curve.place != "input"
        bottom.show_ticks(
            step_ticks(int(first), int(last), width) if counts else across_ticks(left, right, width)
        )

    def wear(self, dress: theme.Theme, line: QPen, curve: QPen) -> None:
        self._said.setPen(curve)
        wanted = QPen(curve)
        wanted.setColor(QColor(dress.curve_raw))
        self._wanted.setPen(wanted)

    def sentence(self) -> str:
        return ""

    def lines(self, dress: theme.Theme) -> Sequence[Line]:
        if self._curve.wanted is None:
            return [(dress.curve, "— right answers")]
        return [(dress.text_muted, "— wanted"), (dress.curve, "— answered")]

    def _named(self) -> str:
        return "right answers" if self._curve.wanted is None else "output"

    def caption_at(self, x: float, y: float) -> str:
        if not len(self._curve.at):
            return ""
        column = nearest(self._curve.at, x)
        value = float(self._curve.at[column])
        at = f"{self._curve.place} {plain(value, 3) if self._curve.place == 'input' else round(value)}"
        said = f"{_value(self._curve.said[column])}{self._curve.unit}"
        if self._curve.wanted is None:
            return f"{at}: {said} right"
        return f"{at}: answered {said}, wanted {_value(self._curve.wanted[column])}"

    def stops(self) -> Stops:
        return self._curve.at, np.array([self.middle()])

    def table(self) -> Table:
        if self._curve.wanted is None:
            rows = zip(self._curve.at.tolist(), self._curve.said.tolist(), strict=True)
            return Table((self._curve.across, "right %"), list(rows))
        both = zip(
            self._curve.at.tolist(), self._curve.wanted.tolist(), self._curve.said.tolist(), strict=True
        )
        return Table((self._curve.across, "wanted", "answered"), list(both))


class AnswerPoints(Panel):
    """What is answered rightly lies on the diagonal."""

    def __init__(self, plot: Plot, axis: MixedAxis) -> None:
        super().__init__(plot, axis)
        self._diagonal = pg.PlotCurveItem()
        self._points = pg.ScatterPlotItem(size=DOT, pen=None)
        self._wanted, self._said = np.empty(0), np.empty(0)
        self.add(self._diagonal, self._points)

    def show(self, wanted: Floats, said: Floats) -> None:
        """float64 (N,) each, all finite."""
        self._wanted, self._said = (np.clip(each, -LARGEST, LARGEST) for each in (wanted, said))
        left, right = span(self._wanted)
        low, high = span(self._wanted, self._said)
        self.plot.show_range((left, right), (low, high))
        self._diagonal.setData([left, right], [left, right])
        self._points.setData(self._wanted, self._said)
        width, height = self.plot.data_size()
        self.axis.show_values(value_ticks(low, high, height), "answered")
        self.plot.bottom_axis.setLabel("wanted")
        self.plot.bottom_axis.show_ticks(across_ticks(left, right, width))

    def wear(self, dress: theme.Theme, line: QPen, curve: QPen) -> None:
        color = QColor(dress.curve)
        color.setAlphaF(0.55)
        self._points.setBrush(pg.mkBrush(color))
        diagonal = QPen(line)
        diagonal.setColor(QColor(dress.text_muted))
        diagonal.setStyle(Qt.PenStyle.DashLine)
        self._diagonal.setPen(diagonal)

    def sentence(self) -> str:
        return ""

    def lines(self, dress: theme.Theme) -> Sequence[Line]:
        return [(dress.curve, "● answered"), (dress.text_muted, "┈ what is wanted")]

    def caption_at(self, x: float, y: float) -> str:
        if not len(self._wanted):
            return ""
        (left, right), (low, high) = self.plot.plotItem.vb.viewRange()
        away = np.hypot((self._wanted - x) / (right - left), (self._said - y) / (high - low))
        row = int(away.argmin())
        return f"wanted {_value(self._wanted[row])}, answered {_value(self._said[row])}"

    def stops(self) -> Stops:
        order = np.argsort(self._wanted, kind="stable")
        return self._wanted[order], np.array([self.middle()])

    def table(self) -> Table:
        return Table(
            ("wanted", "answered"), list(zip(self._wanted.tolist(), self._said.tolist(), strict=True))
        )


def span(*values: Floats, air: float = 0.06) -> tuple[float, float]:
    """What holds all finite values, with a share of air at both sides."""
    known = np.concatenate([each[np.isfinite(each)] for each in values]) if values else np.empty(0)
    low, high = (float(known.min()), float(known.max())) if known.size else (0.0, 1.0)
    margin = air * (high - low) or max(0.5, 1e-6 * abs(high))
    return low - margin, high + margin


def across_ticks(left: float, right: float, width: float) -> list[tuple[float, str]]:
    """Round values for the axis at the bottom."""
    return value_ticks(left, right, width / PER_TICK * 32)


def _value(value: float) -> str:
    return plain(float(value), 3) if np.isfinite(value) else "not finite"
