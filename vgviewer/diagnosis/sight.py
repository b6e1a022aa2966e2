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

    def chain(self) -> list[int]:
        """The rows of the layers that hold weights, from the input on; the output head does not count."""
        return [
            row for row, site in enumerate(self.started.sites) if site.has_weights and site.id != "output"
        ]

    def recurrent(self) -> list[int]:
        """The rows of the recurrent layers, from the one nearest the loss back to the input."""
        return [row for row, site in enumerate(self.started.sites) if site.recurrent][::-1]

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
    def left(self) -> Sizes:
        """log10 of what is left of the signal after 1, 2, … hops back from the last timestep, float32 (R, T − 1), a row
        for each of `recurrent()`; NaN from the hop on that truncation cuts, or behind which nothing is left."""
        transport = self.reading("transport")
        rows = self.recurrent()
        if transport.ndim < 2 or not rows:
            return np.empty((0, 0), np.float32)
        with np.errstate(invalid="ignore"):  # 0 and not finite in one row
            left: Sizes = np.cumsum(transport[rows, -2::-1], axis=1)
        return left

    @cached_property
    def hops(self) -> NDArray[np.int64]:
        """How many hops are known of each row of `left`, int64 (R,)."""
        unknown = np.isnan(self.left)
        if not unknown.size:
            return np.zeros(len(unknown), np.int64)
        counts: NDArray[np.int64] = np.where(unknown.any(1), unknown.argmax(1), self.left.shape[1])
        return counts


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
