"""The fixed point of many equal layers, and how deep a signal travels there."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from vgviewer.network.activations import Activation
from vgviewer.theory.activations import respond
from vgviewer.theory.quadrature import NODES, mean

TOLERANCE = 1e-12  # relative
LARGEST_VARIANCE = 1e12  # beyond it the variance has no fixed point
SMALLEST_VARIANCE = 1e-24  # for slopes: where it settles at 0, beside the kink of relu, not on it
MOST_ROUNDS = 400


@dataclass(frozen=True)
class FixedPoint:
    """`variance` q* of the pre-activations after many equal layers (inf where they grow without end); `chi` is χ₁, the
    factor of the mean SQUARE of the gradient per layer; `square_scale` 1/|ln χ₁| and `size_scale` 2/|ln χ₁| are the
    layers over which the square and the size of the gradient change by e (inf at criticality).

    Poole et al. 2016, arXiv 1606.05340, eqs. 3 and 7; Schoenholz et al. 2017, arXiv 1611.01232, eq. 13.
    """

    variance: float
    chi: float

    @property
    def square_scale(self) -> float:
        rate = abs(math.log(self.chi)) if self.chi > 0 else math.inf
        return 1 / rate if rate > 0 else math.inf

    @property
    def size_scale(self) -> float:
        return 2 * self.square_scale


@lru_cache(maxsize=512)
def fixed_point(
    activation: Activation, weight_variance: float, bias_variance: float, units: int = 1
) -> FixedPoint:
    """Of layers with σ_w² = `weight_variance` (fan_in times that of an entry) and σ_b² = `bias_variance`."""

    def onwards(variance: float) -> float:
        values = respond(activation, math.sqrt(variance) * NODES, units).values
        return weight_variance * mean(np.square(values)) + bias_variance

    with np.errstate(over="ignore", invalid="ignore"):
        variance = _settled(onwards)
        beside = max(min(variance, LARGEST_VARIANCE), SMALLEST_VARIANCE)
        slopes = respond(activation, math.sqrt(beside) * NODES, units).slopes
        chi = weight_variance * mean(np.square(slopes))
    return FixedPoint(variance, chi)


def _settled(onwards: Callable[[float], float]) -> float:
    """Where the map from one layer's variance to the next one's settles, from 1 on; inf where it grows without end.

    Near criticality the plain iteration hardly moves, so every third value is extrapolated (Aitken 1926)."""
    variance = 1.0
    for _ in range(MOST_ROUNDS):
        first = onwards(variance)
        second = onwards(first)
        if not second < LARGEST_VARIANCE:
            return math.inf
        if abs(second - first) <= TOLERANCE * second:
            return second
        bend = second - 2 * first + variance
        leap = second - (second - first) ** 2 / bend if bend else second
        variance = leap if 0 <= leap < LARGEST_VARIANCE else second
    return variance
