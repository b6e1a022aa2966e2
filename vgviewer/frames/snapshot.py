"""What tools that watch parameters one by one see of a training step."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Snapshot:
    """The coming step as a loop around `loss.backward()` sees it, `step` updates made before: gradients with
    loss_scale and before clipping, `loss` without loss_scale. `metric` is NaN where it was not taken.

    One entry (P,) for each tensor `names` that the optimizer may change, in the order of the layers: mean |g|, ‖g‖,
    the share of g that is exactly 0, whether all of it is finite; the variance of w, and mean |Δw| / mean |w|
    of the update before this step (NaN before the first). `counts` says how many entries it has, `is_weight` whether
    it is a matrix.

    One array (units,) for each hidden layer whose output the function gives, over all samples and timesteps of the
    batch: `activity` of relu, the share at which the unit is above 0; `beyond` of tanh, the share of inputs that
    float32's tanh can no longer tell from infinity (outside ±9.01); `rho` of bounded functions, the mean size of the
    output in the units of its range, 1 at its ends (the ρ of Rakitianskaia & Engelbrecht 2015, for an even number of
    bins).
    """

    step: int
    loss: float
    metric: float
    names: tuple[str, ...]
    counts: NDArray[np.int64]
    is_weight: NDArray[np.bool_]
    mean_gradient: Floats
    gradient_norm: Floats
    zeros: Floats
    finite: NDArray[np.bool_]
    variance: Floats
    update_ratio: Floats
    activity: tuple[Floats, ...]
    beyond: tuple[Floats, ...]
    rho: tuple[Floats, ...]
