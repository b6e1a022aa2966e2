"""What is left of the gradient after so many hops back in time, where one and the same W_hh is met at every hop.

A hop is diag(carry) + detour · W with a random W of spectral radius 1. Were W drawn anew for each hop, the squares of
both ways would add. It is the same at all of them, so ways with equally many detours go through the same matrices and
add up, whenever the detours are taken: E size² = Σ_j c_j², c_j the coefficients of Π (carry + detour · x). For equal
hops that tends to carry + detour per hop, the edge of the spectrum of such a matrix (a disk around `carry`). With
carry = 0, a plain RNN, the product of the detours is left.

Without a detour (j = 0) each unit goes its own way, so the longest memories among them decide; with one, units are
mixed and their mean carry counts.
"""

import numpy as np

from vgviewer.theory.quadrature import Numbers

MOST_HOPS = 512  # followed one by one; then the last factor goes on


def transported(carry: Numbers, detour: Numbers) -> Numbers:
    """log10 of the size of ∂L/∂state at each timestep over that at the last, float64 (T,).

    Hop number t (from 0) leads from t + 1 to t. `carry` (T − 1, M) is the factor with which each of M units hands its
    own gradient on (forget gate, 1 − leak); `detour` (T − 1,) that of the way through W_hh, which mixes the units.
    """
    hops = len(detour)
    followed = min(hops, MOST_HOPS)
    sizes = np.zeros(hops + 1)
    alone = np.ones(carry.shape[1])
    ways = np.zeros(followed + 1)  # by the number of detours
    ways[0] = 1.0
    scale = 0.0
    for hop in range(hops - 1, hops - 1 - followed, -1):
        alone = alone * carry[hop]
        ways = carry[hop].mean() * ways + detour[hop] * np.concatenate([[0.0], ways[:-1]])
        square = np.mean(np.square(alone)) + np.sum(np.square(ways[1:]))
        if not square > 0:
            sizes[: hop + 1] = -np.inf if square == 0 else np.nan
            return sizes
        scale += np.log10(square) / 2
        alone, ways = alone / np.sqrt(square), ways / np.sqrt(square)
        sizes[hop] = scale
    rest = hops - followed
    if rest:
        sizes[:rest] = scale + (sizes[rest] - sizes[rest + 1]) * np.arange(rest, 0, -1)
    return sizes
