"""TheDeepChecker: Ben Braiek & Khomh, Testing feedforward neural networks training programs, TOSEM 2023;
github.com/thedeepchecker/thedeepchecker (hooks.py).

Vanishing: mean |g| of a weight below 1e-6, or shrinking to half or less at each of a window of steps. Exploding:
above 1e6, or growing to more than twice at each. Saturated: ρ > 0.85 (Rakitianskaia & Engelbrecht 2015) in more than
50 % of a layer. Dead: at most 5 % of a unit's outputs above 0, in more than 50 % of a layer. Unstable: log10 of mean
|Δw| / mean |w| outside [−4, −1]. Loss, gradients: NaN or infinity.

The numbers of its configuration file are not all known to us. Read in its favor: a window of 5 steps; a unit counts
as dead by the share of its outputs over ten batches, where its program takes their 95th percentile against a bound;
what is judged without a window must last.
"""

import numpy as np

from vgviewer.bakeoff.published.record import Bools, Floats, Record, Said, Tool, anywhere, lasting

SMALLEST, LARGEST = 1e-6, 1e6
SHRINKS, GROWS = 0.5, 2.0
WINDOW = 5  # steps, four ratios
RHO = 0.85
RARELY = 0.05
UPDATES = -4.0, -1.0


def judge(record: Record) -> dict[Said, Bools]:
    """As the module says."""
    size = record.mean_gradient
    with np.errstate(divide="ignore"):
        update = np.log10(record.update_ratio)
    return {
        "vanishing": lasting(anywhere(size < SMALLEST)) | anywhere(_throughout(_ratios(size) <= SHRINKS)),
        "exploding": anywhere(size > LARGEST) | anywhere(_throughout(_ratios(size) > GROWS)),
        "non_finite": record.broken,
        "dead_units": lasting(record.mostly([units <= RARELY for units in record.lately_active])),
        "saturated": lasting(record.mostly([units > RHO for units in record.rho])),
        "update_ratio": lasting(anywhere((update < UPDATES[0]) | (update > UPDATES[1]))),
    }


def _ratios(size: Floats) -> Floats:
    """(S, W): over the step before; NaN at the first, and where both are 0."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.concatenate([np.full_like(size[:1], np.nan), size[1:] / size[:-1]])


def _throughout(found: Bools) -> Bools:
    """(S, W): whether it held at all steps of the window that ends there."""
    ratios = WINDOW - 1
    held = np.zeros_like(found)
    for end in range(ratios, len(found)):
        held[end] = found[end - ratios + 1 : end + 1].all(0)
    return held


THEDEEPCHECKER = Tool("TheDeepChecker", "TOSEM 2023; github.com/thedeepchecker/thedeepchecker", judge)
