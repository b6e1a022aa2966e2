"""How far back in time one recurrent layer's gradient reaches; expected and measured have this one form."""

import math
from dataclasses import dataclass

import numpy as np

from vgviewer.theory.quadrature import Numbers
from vgviewer.theory.weights import Spectrum

LEFT = -2.0  # log10: as far as the horizon 1 % is left


@dataclass(frozen=True)
class Memory:
    """`sizes` float64 (T,): log10 of what is left at each timestep of a gradient that enters at the last (−inf beyond
    a truncation, NaN where nothing is known); of the cell for an LSTM.

    `gate` is the mean forget gate (GRU: update gate). Of a hop, once the states have settled: `carry` is what each unit
    hands on by itself, `detour` the way through W_hh. All of these are None where a layer has none or where nobody
    measured them.
    """

    layer: str
    type: str
    sizes: Numbers
    dependency: int | None = None
    gate: float | None = None
    carry: float | None = None
    detour: float | None = None
    spectrum: Spectrum | None = None

    @property
    def factor(self) -> float:
        """Per timestep: 10 to the least-squares slope of `sizes` where they are finite; NaN without a hop."""
        known = np.flatnonzero(np.isfinite(self.sizes))
        if len(known) < 2:
            return math.nan
        slope = np.polyfit(known, self.sizes[known], 1)[0]
        return float(10.0 ** min(-slope, 300.0))

    @property
    def time_constant(self) -> float | None:
        """−1/ln f̄ timesteps: what the mean gate alone would keep to 1/e."""
        if self.gate is None:
            return None
        return -1 / math.log(self.gate) if 0 < self.gate < 1 else 0.0 if self.gate <= 0 else math.inf

    @property
    def horizon(self) -> float:
        """How many timesteps back 1 % or more is left: beyond the sequence if its last factor went on, inf where it
        never falls so low, NaN where nothing is known."""
        backwards = self.sizes[::-1]
        if np.isnan(backwards).any():
            return math.nan
        below = np.flatnonzero(backwards < LEFT)
        if len(below):
            return float(below[0]) - 1
        if len(backwards) < 2:
            return math.inf
        slope = float(backwards[-1] - backwards[-2])
        return len(backwards) - 1 + float(LEFT - backwards[-1]) / slope if slope < 0 else math.inf

    @property
    def left(self) -> float | None:
        """log10 of what is left as far back as the task needs; None where nobody knows how far."""
        if self.dependency is None:
            return None
        return float(self.sizes[max(0, len(self.sizes) - 1 - self.dependency)])


def truncated(sizes: Numbers, every: int | None) -> Numbers:
    """`sizes` (T,), −inf before the last cut; cuts are at every multiple of `every` timesteps, nowhere for None."""
    start = 0 if every is None else (len(sizes) - 1) // every * every
    return np.concatenate([np.full(start, -np.inf), sizes[start:]])
