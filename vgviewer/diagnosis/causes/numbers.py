"""Ratios as they are written in a sentence."""

import math
from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from vgviewer.diagnosis.alert import Hop
from vgviewer.diagnosis.sight import power
from vgviewer.frames.inspections import Hops

PART = 0.33  # of what the worst factor does, in decades: others that do as much are named with it
WORDS = {
    "merge": "what other paths add",
    "later timesteps": "what later timesteps add",
    "spread over time": "spread over the timesteps",
}


def times(ratio: float) -> str:
    """0.64, 10⁻¹²·³, 0, or n/a where a denominator was 0: two digits behind the point, so that products can be
    checked."""
    if math.isnan(ratio):
        return "n/a"
    if ratio == 0 or math.isinf(ratio):
        return "0" if ratio == 0 else "∞"
    if 0.095 <= ratio < 99.5:
        return f"{ratio:.2f}"
    return power(math.log10(ratio))


def product(factors: Mapping[str, float], names: Mapping[str, str] = WORDS) -> str:
    """activation 0.24 × weights 0.50; what is exactly 1 says nothing."""
    said = [f"{names.get(name, name)} {times(value)}" for name, value in factors.items() if value != 1]
    return " × ".join(said)


def mean(ratios: NDArray[np.float64]) -> float:
    """The geometric mean, so that the means of factors multiply to the mean of the products."""
    with np.errstate(divide="ignore"):
        return float(np.exp(np.mean(np.log(ratios))))


def guilty(factors: Mapping[str, float], shrinks: bool) -> list[str]:
    """The names of those that make up most of what is lost (or gained), the worst first; n/a has no part in it."""
    sign = -1 if shrinks else 1
    with np.errstate(divide="ignore"):
        logs = {name: sign * float(np.log(value)) for name, value in factors.items() if not math.isnan(value)}
    worst = sorted((name for name in logs if logs[name] > 0), key=lambda name: -logs[name])
    return [name for name in worst if logs[name] >= PART * logs[worst[0]]]


def counted(hops: Hops, row: int) -> Hop:
    """One hop of many."""
    return Hop(
        start=hops.start,
        layer=hops.layer,
        timestep=int(hops.timesteps[row]) if hops.axis == "time" else None,
        gain=float(hops.gain[row]),
        factors={name: float(values[row]) for name, values in hops.factors.items()},
        detour={name: float(values[row]) for name, values in hops.detour.items()},
        shares={name: float(values[row]) for name, values in hops.shares.items()},
    )
