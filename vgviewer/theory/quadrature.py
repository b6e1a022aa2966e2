"""Means over a normal number z, by the trapezoidal rule in t with z = NEAR · sinh t.

Gauss–Hermite nodes lie too far apart for tanh′(√q z) once q is large, and straddle the kink of relu. These lie dense
around 0, reach where the density is 0 in float64, and leave 0 itself out, so that kinks at 0 fall between two nodes.
"""

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
COUNT = 600
NEAR = 0.02  # below it the nodes are evenly spaced
FARTHEST = 37.0  # exp(−z²/2) is 0 in float64 beyond
MOST_CORRELATED = 30  # Hermite polynomials kept; what is beyond counts as the last


def _nodes() -> tuple[Numbers, Numbers]:
    end = np.arcsinh(FARTHEST / NEAR)
    t = (np.arange(COUNT) + 0.5) / COUNT * 2 * end - end
    z = NEAR * np.sinh(t)
    weights = np.exp(-np.square(z) / 2) * np.cosh(t)
    return z, weights / weights.sum()


def _hermite() -> Numbers:
    """(MOST_CORRELATED, COUNT): orthonormal Hermite polynomials at the nodes, times the weights."""
    rows = [np.ones(COUNT), NODES]
    for k in range(1, MOST_CORRELATED - 1):
        rows.append((NODES * rows[-1] - np.sqrt(k) * rows[-2]) / np.sqrt(k + 1))
    return np.array(rows) * WEIGHTS


NODES, WEIGHTS = _nodes()
HERMITE = _hermite()


def mean(values: Numbers) -> float:
    """E[f(z)] for the values f at the nodes, float64 (COUNT,)."""
    return float(WEIGHTS @ np.where(WEIGHTS > 0, values, 0.0))


def paired(values: Numbers, correlation: float) -> float:
    """E[f(z) f(z′)] for two normal numbers of that correlation, by Mehler's formula: Σ a_k² ρᵏ."""
    powers = correlation ** np.arange(MOST_CORRELATED)
    squares = np.square(HERMITE @ np.where(WEIGHTS > 0, values, 0.0))
    rest = max(0.0, mean(np.square(values)) - float(squares.sum()))
    return float(squares @ powers) + rest * float(powers[-1])
