"""How a value becomes a color: one scale for every picture, with limits and reserved colors."""

from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

import cmap
import numpy as np
from numpy.typing import NDArray

from vgviewer.app.picture.meaning import Meaning
from vgviewer.app.theme import Theme

# All of them grow lighter from end to end, keep clear of the reserved colors, and tell a decade from the next one for
# every kind of color vision; a rainbow does not. Small is dark.
SEQUENTIAL = (
    "cividis",
    "viridis",
    "crameri:batlow",
    "crameri:lajolla",
    "cmocean:ice",
    "inferno",
    "crameri:grayC",
)
# All go from blue over the middle to red: three with a light middle, three with a dark one.
DIVERGING = (
    "cmocean:balance",
    "crameri:vik",
    "colorbrewer:RdBu_r",
    "crameri:berlin",
    "cmasher:iceburn",
    "crameri:managua_r",
)
OF_THEME = {"dark": "crameri:berlin", "contrast": "cmasher:iceburn"}  # in others the first of DIVERGING
LEVELS = 512


@dataclass(frozen=True)
class Maps:
    """Which colormaps were chosen; an empty name leaves it to the theme."""

    sequential: str = ""
    diverging: str = ""

    def name(self, theme: Theme, signed: bool) -> str:
        """The colormap that colors signed values, or those that go one way, in this theme."""
        if signed:
            return self.diverging or OF_THEME.get(theme.name, DIVERGING[0])
        return self.sequential or SEQUENTIAL[0]


DEFAULT = Maps()


@dataclass(frozen=True, eq=False)
class Scale:
    """A colormap between two limits: in decades, or in the values themselves where it is not `log10`."""

    low: float
    high: float
    table: NDArray[np.uint8]  # (LEVELS, 4)
    none: NDArray[np.uint8]
    exact_zero: NDArray[np.uint8]
    not_finite: NDArray[np.uint8]
    log10: bool = True

    def colors(self, values: NDArray[Any]) -> NDArray[np.uint8]:
        """uint8 (..., 4): RGBA of values of any shape; beyond the limits the outermost color.

        Of log10 sizes −inf is the color of exactly 0, +inf that of a value which is not finite; of other values both
        are not finite. NaN, and what is no real number, is the color of no value.
        """
        given = real(values)
        place = np.clip(np.nan_to_num(given, nan=self.low), self.low, self.high)
        place = (place - self.low) / (self.high - self.low)
        whole = self.table.view(np.uint32)[:, 0]  # a color at once: much faster than its four parts
        colors = whole[np.round(place * (LEVELS - 1)).astype(np.intp), None].view(np.uint8)
        colors[np.isnan(given)] = self.none
        colors[np.isneginf(given)] = self.exact_zero if self.log10 else self.not_finite
        colors[np.isposinf(given)] = self.not_finite
        return colors


def scale_of(theme: Theme, meaning: Meaning, maps: Maps = DEFAULT) -> Scale:
    """The colors of a meaning: blue has shrunk and red has grown where it is signed, else dark is small."""
    name = maps.name(theme, meaning.signed)
    return _scale(theme, name, meaning.low, meaning.high, meaning.log10)


def real(values: NDArray[Any]) -> NDArray[np.float64]:
    """float64 of the same shape; NaN for what is no real number (complex numbers, words, objects)."""
    given = np.asarray(values)
    if given.dtype.kind not in "fiub":
        return np.full(given.shape, np.nan)
    with np.errstate(over="ignore"):  # beyond float64 is infinite
        return given.astype(np.float64)


def table_of(name: str) -> NDArray[np.uint8]:
    """uint8 (LEVELS, 4): the RGBA colors of a map, from the lowest to the highest."""
    return _table(name)


def log_ratio(sizes: NDArray[np.float32], reference: NDArray[np.float32]) -> NDArray[np.float32]:
    """float32: log10 sizes less a log10 reference, broadcast; exactly 0 and not finite stay what they are.

    NaN where there is no size, or no finite reference to compare a finite size with.
    """
    comparable = np.isfinite(sizes) & np.isfinite(reference)
    rest = np.where(np.isfinite(sizes), np.float32(np.nan), sizes)
    ratio = np.broadcast_to(rest, comparable.shape).astype(np.float32)
    with np.errstate(over="ignore"):
        np.subtract(sizes, reference, out=ratio, where=comparable)
    largest = np.float32(np.finfo(np.float32).max)  # two finite sizes have a finite ratio
    return np.where(comparable, np.clip(ratio, -largest, largest), ratio)


@lru_cache(maxsize=64)  # automatic limits are many
def _scale(theme: Theme, name: str, low: float, high: float, log10: bool) -> Scale:
    none, zero, not_finite = (_rgba(color) for color in (theme.none, theme.exact_zero, theme.not_finite))
    return Scale(low, high, _table(name), none, zero, not_finite, log10)


@cache
def _table(name: str) -> NDArray[np.uint8]:
    table = np.round(np.asarray(cmap.Colormap(name).lut(LEVELS)) * 255).astype(np.uint8)
    table.setflags(write=False)
    return table


def _rgba(color: str) -> NDArray[np.uint8]:
    return np.array([*bytes.fromhex(color[1:]), 255], np.uint8)
