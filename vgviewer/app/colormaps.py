"""How a size becomes a color: one scale for every picture, with fixed limits and reserved colors."""

from dataclasses import dataclass
from functools import cache

import cmap
import numpy as np
from numpy.typing import NDArray

from vgviewer.app.picture.meaning import Meaning
from vgviewer.app.theme import Theme

SEQUENTIAL = ("cividis", "viridis", "crameri:batlow")
LEVELS = 512


@dataclass(frozen=True, eq=False)
class Scale:
    """A colormap between two limits in decades."""

    low: float
    high: float
    table: NDArray[np.uint8]  # (LEVELS, 4)
    none: NDArray[np.uint8]
    exact_zero: NDArray[np.uint8]
    not_finite: NDArray[np.uint8]

    def colors(self, sizes: NDArray[np.floating]) -> NDArray[np.uint8]:
        """uint8 (..., 4): RGBA of log10 sizes of any shape; beyond the limits the outermost color.

        −inf is the color of exactly 0, +inf that of a value which is not finite, NaN that of no value.
        """
        place = (np.asarray(sizes, np.float64) - self.low) / (self.high - self.low)
        place = np.clip(np.nan_to_num(place, nan=0.0), 0.0, 1.0)
        colors = self.table[np.round(place * (LEVELS - 1)).astype(np.intp)]
        colors[np.isnan(sizes)] = self.none
        colors[np.isneginf(sizes)] = self.exact_zero
        colors[np.isposinf(sizes)] = self.not_finite
        return colors


def scale_of(theme: Theme, meaning: Meaning, name: str = SEQUENTIAL[0]) -> Scale:
    """The colors of a meaning: blue has shrunk and red has grown where it is signed, else dark is small, in the
    sequential map `name`."""
    if meaning.signed:
        name = "crameri:berlin" if theme.is_dark else "cmocean:balance"
    return _scale(theme, name, meaning.low, meaning.high)


def log_ratio(sizes: NDArray[np.float32], reference: NDArray[np.float32]) -> NDArray[np.float32]:
    """float32: log10 sizes less a log10 reference, broadcast; exactly 0 and not finite stay what they are.

    NaN where there is no size, or no finite reference to compare a finite size with.
    """
    comparable = np.isfinite(sizes) & np.isfinite(reference)
    rest = np.where(np.isfinite(sizes), np.float32(np.nan), sizes)
    ratio = np.broadcast_to(rest, comparable.shape).astype(np.float32)
    np.subtract(sizes, reference, out=ratio, where=comparable)
    return ratio


@cache
def _scale(theme: Theme, name: str, low: float, high: float) -> Scale:
    return Scale(low, high, _table(name), _rgba(theme.none), _rgba(theme.exact_zero), _rgba(theme.not_finite))


@cache
def _table(name: str) -> NDArray[np.uint8]:
    table = np.round(np.asarray(cmap.Colormap(name).lut(LEVELS)) * 255).astype(np.uint8)
    table.setflags(write=False)
    return table


def _rgba(color: str) -> NDArray[np.uint8]:
    return np.array([*bytes.fromhex(color[1:]), 255], np.uint8)
