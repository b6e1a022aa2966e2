"""A few hundred representative units of a wide layer, the same every time: what differs from unit to unit is spread
evenly over them instead of being drawn."""

from functools import cache
from statistics import NormalDist

import numpy as np

from vgviewer.theory.quadrature import Numbers

UNITS = 256  # even: one half mirrors the other
AXES = 5  # four gates, and the lag of chrono initialization


@cache
def shares() -> Numbers:
    """(AXES, UNITS) in (0, 1): an additive recurrence with the generalized golden ratio (Roberts 2018), and its mirror
    image, so that all odd means are 0."""
    ratio = 2.0
    for _ in range(40):
        ratio = (1 + ratio) ** (1 / (AXES + 1))
    steps = ratio ** -np.arange(1.0, AXES + 1)
    half = (0.5 + np.outer(steps, np.arange(1, UNITS // 2 + 1))) % 1
    return np.concatenate([half, 1 - half], axis=1)


@cache
def normals() -> Numbers:
    """(AXES − 1, UNITS): standard normal numbers, independent from axis to axis."""
    inverse = np.frompyfunc(NormalDist().inv_cdf, 1, 1)
    drawn: Numbers = np.asarray(inverse(shares()[:-1]), np.float64)
    drawn /= np.sqrt(np.mean(np.square(drawn), axis=1, keepdims=True))
    return drawn
