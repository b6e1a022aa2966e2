"""What a rule looks at: one frame, how the run has gone so far, and which alerts stand."""

from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from vgviewer.diagnosis.course import Course
from vgviewer.experiment import AlertKind
from vgviewer.frames import Frame, Started

SUPERSCRIPTS = str.maketrans("-.0123456789", "⁻·⁰¹²³⁴⁵⁶⁷⁸⁹")

Sizes = NDArray[np.float32]


@dataclass(frozen=True)
class Sight:
    """The course ends with the frame itself."""

    started: Started
    frame: Frame
    course: Course
    standing: frozenset[AlertKind] = field(default_factory=frozenset)

    @property
    def loss_is_high(self) -> bool:
        """False once the network has learned: small gradients are then no trouble."""
        return self.course.loss_is_high

    def reading(self, quantity: str) -> Sizes:
        """float32 (L,) or (L, T); NaN everywhere where the frame has none."""
        if quantity in self.frame.readings:
            return self.frame.readings[quantity]
        return np.full(len(self.started.sites), np.nan, np.float32)

    @cached_property
    def signal(self) -> Sizes:
        """log10 size of each layer's output gradient, float32 (L,); where it runs along time, that of its largest
        timestep: a loss on the last timestep alone is not spread over all others."""
        sizes = self.reading("output_gradient").copy()
        timesteps = self.reading("timestep_gradient")
        if timesteps.ndim == 2 and timesteps.shape[1]:
            largest = np.fmax.reduce(timesteps, axis=1)
            sizes = np.where(np.isnan(largest), sizes, largest)
        return sizes

    @cached_property
    def transport(self) -> Sizes:
        """log10 of the gain of each hop back from the last timestep, float32 (R, T − 1), a row for each of
        `started.recurrent`; NaN from where truncation cuts. (0, 0) where there is none."""
        transport = self.reading("transport")
        rows = self.started.recurrent
        if transport.ndim < 2 or not rows:
            return np.empty((0, 0), np.float32)
        return transport[rows, -2::-1]

    def left(self, rows: int | NDArray[np.int64]) -> Sizes:
        """log10 of what is left of the signal after 1, 2, … hops along rows of `transport`, float32 (…, T − 1); NaN
        from the hop on that is not known, or behind which nothing is left."""
        with np.errstate(invalid="ignore"):  # 0 and not finite in one row
            left: Sizes = np.cumsum(self.transport[rows], axis=-1)
        return left

    def left_after(self, hops: int | None) -> tuple[NDArray[np.int64], Sizes]:
        """How many hops are known of each row of `transport`, at most so many (None: all), and what is left behind
        them: int64 and float32 (R,); 0 and NaN where no hop is known. A sum along a row is ten times as fast as `left`,
        which is needed of those rows alone that are not known as far as that."""
        gains = self.transport[:, :hops]
        with np.errstate(invalid="ignore"):
            sums: Sizes = gains.sum(axis=1)
        counts = np.full(len(gains), gains.shape[1])
        broken = np.flatnonzero(np.isnan(sums))
        if len(broken):
            left = self.left(broken)[:, :hops]
            counts[broken] = np.isnan(left).argmax(axis=1)
            sums[broken] = np.where(counts[broken], left[np.arange(len(broken)), counts[broken] - 1], np.nan)
        return counts, sums


def power(exponent: float) -> str:
    """A ratio for a sentence: 10⁻¹²·³, or plainly where it is near 1; in words where nothing is left."""
    if exponent == -np.inf:
        return "nothing (0, or less than float32 holds)"
    if abs(exponent) < 2:
        return f"{10**exponent:.2g}"
    return "10" + f"{exponent:.1f}".translate(SUPERSCRIPTS)


def size(exponent: float) -> float:
    """10 to that power, float64; the largest there is where that is more."""
    return float(10.0 ** min(exponent, 308.0))
