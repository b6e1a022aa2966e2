"""Histograms of sizes, summed so that all columns of a picture are equally wide: an octave each, a factor of two."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from vgviewer.frames import Histograms
from vgviewer.frames.details import BINS_PER_OCTAVE, LOWEST_OCTAVE

OCTAVE = float(np.log10(2.0))  # decades
BLOCK = 4  # octaves; both ends lie at a multiple of it
LEAST = 16  # octaves: hardly anything is narrower
NOWHERE = 400  # the bin that an axis without entries begins at, 2⁻²⁷


@dataclass(frozen=True)
class Octaves:
    """Shares of the entries, float64 (L, octaves), (L,) and (L,); NaN in a row without entries. Column k holds sizes
    from log10 `low` + k · OCTAVE on; the lowest that float32 knows holds all that are smaller, too."""

    low: float
    shares: NDArray[np.float64]
    zeros: NDArray[np.float64]
    not_finite: NDArray[np.float64]

    @property
    def high(self) -> float:
        return float(self.low + self.shares.shape[1] * OCTAVE)

    @property
    def medians(self) -> NDArray[np.float64]:
        """float64 (L,): log10 of the size that half of the entries do not reach, evenly within its octave; −inf where
        half of them are exactly 0, +inf where half are not finite, NaN without entries."""
        below = np.column_stack([self.zeros, self.zeros[:, None] + np.cumsum(self.shares, axis=1)])
        reached = below >= 0.5
        column = np.argmax(reached, axis=1)
        rows = np.arange(len(below))
        share = self.shares[rows, np.maximum(column - 1, 0)]
        with np.errstate(divide="ignore", invalid="ignore"):
            within = (0.5 - below[rows, np.maximum(column - 1, 0)]) / share
        medians: NDArray[np.float64] = self.low + (column - 1 + within) * OCTAVE
        medians[column == 0] = -np.inf
        medians[~reached.any(axis=1)] = np.inf
        medians[np.isnan(self.zeros)] = np.nan
        return medians


def octaves(histograms: Histograms) -> Octaves:
    """Those that hold all bins, and more, so that both ends stay where they are from look to look."""
    bins = histograms.counts.shape[1]
    first = histograms.first if bins else NOWHERE
    block = BLOCK * BINS_PER_OCTAVE
    start = first // block * block
    end = max(-(-(first + bins) // block) * block, start + LEAST * BINS_PER_OCTAVE)
    counts = np.pad(histograms.counts, ((0, 0), (first - start, end - first - bins)))
    counts = counts.reshape(len(counts), -1, BINS_PER_OCTAVE).sum(axis=2)
    whole = (counts.sum(axis=1) + histograms.zeros + histograms.not_finite).astype(np.float64)
    whole[whole == 0] = np.nan
    # Octave 0 holds the subnormal numbers; those of octave 1 begin at the smallest normal one.
    low = (LOWEST_OCTAVE - 1 + start // BINS_PER_OCTAVE) * OCTAVE + np.log10(histograms.factor)
    parts = (counts / whole[:, None], histograms.zeros / whole, histograms.not_finite / whole)
    return Octaves(float(low), *parts)
