"""How sizes are distributed within each layer: a histogram per row, on a logarithmic axis."""

import math
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QWidget

from vgviewer.app import theme
from vgviewer.app.numerals import short
from vgviewer.app.picture.awaited import details_awaited, has_ended
from vgviewer.app.picture.cursor import Stops
from vgviewer.app.picture.ends import Ends, columns
from vgviewer.app.picture.header import Choice
from vgviewer.app.picture.library import pg
from vgviewer.app.picture.meaning import Meaning
from vgviewer.app.picture.numbers import power, size
from vgviewer.app.picture.octaves import OCTAVE, Octaves, octaves
from vgviewer.app.picture.steps import round_step
from vgviewer.app.picture.table import Table
from vgviewer.app.view_names import VIEW_NAMES
from vgviewer.app.views.heatmap import Heatmap
from vgviewer.frames import History
from vgviewer.frames.wishes import Wanted

SHOWN = {
    "output_gradient": "gradients",
    "weight_gradient": "weight gradients",
    "output": "outputs",
    "weight": "weights",
}
SYMBOLS = {"output_gradient": "|∂L/∂a|", "weight_gradient": "|∂L/∂W|", "output": "|a|", "weight": "|W|"}
SHARE = Meaning("share", "share, of all entries", -4.0, 0.0)
MOST_ZERO = 0.5  # a relu is 0 on half of all data
LONG, SHORT = ("exactly 0", "not finite"), ("0", "∞, NaN")
LEAST_FOR_LONG = 240  # px
POWER = 40  # px from one power of ten to the next
Shares = NDArray[np.float64]


class Distribution(Heatmap):
    """Rows are the sites of the run from the output down to the first layer, columns octaves of size; entries that are
    exactly 0, or not finite, stand apart at the ends."""

    name = VIEW_NAMES["distribution"]
    title: ClassVar[str] = "Distribution in each layer"
    empty_text: ClassVar[str] = (
        "Here you will see how the gradients, the outputs and the weights of each layer are distributed over all sizes."
    )
    wants: ClassVar[frozenset[Wanted]] = frozenset({"details"})

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._what = Choice("What is shown", SHOWN, self)
        self._what.chosen.connect(self.refresh)
        self.header.add_choice(self._what)
        self._found = Octaves(0.0, np.empty((0, 0)), np.empty(0), np.empty(0))
        self._medians: Shares = np.empty(0)
        self._axis = (0.0, 1.0)
        self._ends = Ends(self.plot)
        self._halves = pg.PlotCurveItem(connect="pairs")
        self._halves.setZValue(3)
        self.plot.addItem(self._halves)
        self.wear(self.dress)

    def missing(self) -> str:
        return super().missing() or (details_awaited(self.history, self.is_paused) if self.history else "")

    def can_fill(self) -> bool:
        return self.history is None or self.is_paused or has_ended(self.history)

    def news(self, history: History) -> object:
        return history.detailed or super().news(history)

    def draw(self, history: History) -> None:
        frame = history.detailed
        if frame is None or frame.details is None:
            return
        found = octaves(frame.details.histograms[self._what.value])
        self._found = Octaves(
            found.low, *(part[::-1] for part in (found.shares, found.zeros, found.not_finite))
        )
        self._medians = self._found.medians
        self._axis = (self._found.low, self._found.high)
        self.show_meaning(SHARE)
        self.show_rows([site.id for site in reversed(history.started.sites)], self._across())
        self._show_shares()
        self._ends.show(self._found.zeros, self._found.not_finite, self._axis)
        self._show_halves()
        self.plot.bottom_axis.setLabel(SYMBOLS[self._what.value])
        self._name_columns()

    def describe(self, history: History) -> tuple[str, str]:
        if history.detailed is None or not len(self._medians):
            return "", self.missing()
        rows = [f"{name}: {self._row_words(row)}" for row, name in enumerate(self.names)]
        told = f"Training step {history.detailed.step}. Distribution of {SHOWN[self._what.value]}"
        return self._sentence(), ". ".join([told, *rows]) + "."

    def caption_at(self, x: float, y: float) -> str:
        row = self.row_at(y)
        if row is None or row >= len(self._medians):
            return ""
        name = self.names[row]
        if np.isnan(self._found.zeros[row]):
            return f"{name} has no {SHOWN[self._what.value]}"
        if x < self._axis[0]:
            return f"{name}: {_share(self._found.zeros[row])} of the entries are exactly 0"
        if x > self._axis[1]:
            return f"{name}: {_share(self._found.not_finite[row])} of the entries are not finite"
        column = min(int((x - self._axis[0]) // OCTAVE), self._found.shares.shape[1] - 1)
        start = self._axis[0] + column * OCTAVE
        share = _share(self._found.shares[row, column])
        return f"{name}: {share} of the entries from {size(start)} to {size(start + OCTAVE)}"

    def stops(self) -> Stops:
        inner, rows = super().stops()
        zero, beyond = (np.mean(ends) for ends in columns(self._axis))
        return np.array([zero, *inner, beyond]), rows

    def table(self) -> Table:
        places = self._axis[0] + OCTAVE * np.arange(self._found.shares.shape[1])
        starts = [f"share from {place:.4g} log10" for place in places.tolist()]
        shares = (self._found.zeros, self._found.not_finite, *self._found.shares.T)
        rows = zip(self.names, *(column.tolist() for column in shares), strict=True)
        return Table(("layer", "share exactly 0", "share not finite", *starts), list(rows))

    def recolor(self) -> None:
        super().recolor()
        self._ends.wear(self.dress, self.line_scale)
        self._halves.setPen(self.pen(self.dress.text, 2))

    def _across(self) -> tuple[float, float]:
        """The axis and what stands at its ends, with room for the words below."""
        (left, _), (_, right) = columns(self._axis)
        first, last = (at.mean() for at in np.array(columns(self._axis)))
        half = self._label_room() / 2
        return min(left, float(first) - half), max(right, float(last) + half)

    def _end_words(self) -> tuple[str, str]:
        return LONG if self.plot.data_size()[0] >= theme.px(LEAST_FOR_LONG) else SHORT

    def _label_room(self) -> float:
        """Decades that the words at an end of the axis take."""
        (left, _), (_, right) = columns(self._axis)
        metrics = QFontMetricsF(theme.font(theme.CAPTION))
        widest = max(map(metrics.horizontalAdvance, self._end_words())) + theme.GRID
        return widest * (right - left) / max(1.0, self.plot.data_size()[0])

    def _show_shares(self) -> None:
        """An octave without entries has no color."""
        with np.errstate(divide="ignore"):
            sizes = np.log10(self._found.shares)
        sizes[np.isneginf(sizes)] = np.nan
        self.show_cells(sizes, self._axis)

    def _show_halves(self) -> None:
        """A line in each row where half of its entries are smaller."""
        rows = np.flatnonzero(np.isfinite(self._medians))
        y = np.column_stack([rows + 0.1, rows + 0.9]).ravel()
        self._halves.setData(np.repeat(self._medians[rows], 2), y, connect="pairs")

    def _name_columns(self) -> None:
        """Powers of ten where there is room beside the words at the ends."""
        first, last = (float(at.mean()) for at in np.array(columns(self._axis)))
        room = self._label_room()
        power_room = theme.px(POWER) * (last - first) / max(1.0, self.plot.data_size()[0])
        every = max(1, int(round_step(power_room, 1)))
        inner = range(math.ceil((first + room) / every) * every, math.floor(last - room) + 1, every)
        ticks = [(float(exponent), power(exponent)) for exponent in inner]
        zero, beyond = self._end_words()
        self.plot.bottom_axis.show_ticks([(first, zero), *ticks, (last, beyond)])

    def _sentence(self) -> str:
        """Which layer has most that is not finite or exactly 0, else how far the middles of the layers lie apart."""
        shown = SHOWN[self._what.value]
        ends = ((self._found.not_finite, 0.0, "not finite"), (self._found.zeros, MOST_ZERO, "exactly 0"))
        for shares, limit, what in ends:
            worst = int(np.argmax(np.nan_to_num(shares)))
            if shares[worst] > limit:
                return f"{_share(shares[worst])} of the {shown} of {self.names[worst]} are {what}"
        known = np.flatnonzero(np.isfinite(self._medians))
        if not known.size:
            return f"no layer has {shown}"
        least, most = (known[pick(self._medians[known])] for pick in (np.argmin, np.argmax))
        half = f"half of the {shown} of {self.names[least]} are below {size(float(self._medians[least]))}"
        if least == most:
            return half
        return f"{half}, of {self.names[most]} below {size(float(self._medians[most]))}"

    def _row_words(self, row: int) -> str:
        if np.isnan(self._found.zeros[row]):
            return "none"
        words = [f"half below {size(float(self._medians[row]))}"]
        for shares, what in ((self._found.zeros, "exactly 0"), (self._found.not_finite, "not finite")):
            if shares[row]:
                words.append(f"{_share(shares[row])} {what}")
        return ", ".join(words)


def _share(share: float) -> str:
    """ "12 %", or as a power of ten where it is tiny."""
    return f"{size(float(np.log10(share)))}" if 0 < share < 0.001 else f"{short(100 * share)} %"
