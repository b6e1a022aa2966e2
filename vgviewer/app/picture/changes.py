"""Thin upright marks where a knob was turned, each with its new value."""

from collections.abc import Sequence

from PySide6.QtGui import QColor, QFontMetricsF, QPen

from vgviewer.app import theme
from vgviewer.app.numerals import short
from vgviewer.app.picture.library import pg
from vgviewer.app.picture.plot import Plot, Range
from vgviewer.frames import Changed, Knob

NAMES: dict[Knob, str] = {"lr": "lr", "clip": "clip", "recurrent_gain": "W_hh gain", "dropout": "dropout"}
LINES = 3  # of labels, one below the other, at the top of the picture
PADDING = 8  # px that a text item adds to the height of its line
NEAR = 6  # px: of two turns of one knob that stand closer the newer is shown


class ChangeMarks:
    """Items are reused; a label for which there is no room is left out, the older one first."""

    def __init__(self, plot: Plot) -> None:
        self._plot = plot
        self._marks = pg.PlotCurveItem(connect="pairs")
        self._labels: list[pg.TextItem] = []
        self._dress = theme.current()
        plot.addItem(self._marks)

    def show(self, changes: Sequence[Changed], x: Range, y: Range) -> None:
        """Marks within the part of the plane that is shown; y grows upwards."""
        width, height = self._plot.data_size()
        per_px = (x[1] - x[0]) / max(1.0, width)
        shown = _apart([change for change in changes if x[0] <= change.step <= x[1]], NEAR * per_px)
        self._marks.setData([float(c.step) for c in shown for _ in y], [*y] * len(shown), connect="pairs")
        font = QFontMetricsF(theme.font(theme.CAPTION))
        drop = (font.height() + PADDING) * (y[1] - y[0]) / max(1.0, height)
        taken: list[list[Range]] = [[] for _ in range(LINES)]
        used = 0
        for change in shown:
            length = (font.horizontalAdvance(turned(change)) + 2 * NEAR) * per_px
            fits = change.step + length <= x[1]
            place = (change.step, change.step + length) if fits else (change.step - length, change.step)
            line = next((i for i in range(LINES) if all(_is_clear(place, other) for other in taken[i])), None)
            if line is not None:
                taken[line].append(place)
                self._label(used, turned(change), 0 if fits else 1, (change.step, y[1] - line * drop))
                used += 1
        for label in self._labels[used:]:
            label.setVisible(False)

    def wear(self, dress: theme.Theme, pen: QPen) -> None:
        """Takes the colors of the theme."""
        self._dress = dress
        self._marks.setPen(pen)
        background = QColor(dress.window)
        background.setAlphaF(0.8)
        for label in self._labels:
            label.setColor(dress.text_muted)
            label.fill = pg.mkBrush(background)
            label.setFont(theme.font(theme.CAPTION))

    def _label(self, number: int, text: str, anchor: int, at: tuple[float, float]) -> None:
        if number == len(self._labels):
            self._labels.append(pg.TextItem())
            self._plot.addItem(self._labels[-1])
            self.wear(self._dress, self._marks.opts["pen"])
        label = self._labels[number]
        label.setText(text)
        label.setAnchor((anchor, 0))
        label.setPos(*at)
        label.setVisible(True)


def turned(change: Changed) -> str:
    """ "lr 0.01" """
    return f"{NAMES[change.knob]} {short(change.value)}"


def _apart(changes: Sequence[Changed], least: float) -> list[Changed]:
    """The newest first, without those that a newer turn of the same knob is too close to."""
    kept: list[Changed] = []
    for change in reversed(changes):
        if not any(other.knob == change.knob and other.step - change.step < least for other in kept):
            kept.append(change)
    return kept


def _is_clear(one: Range, other: Range) -> bool:
    return one[1] <= other[0] or other[1] <= one[0]
