"""The memory horizon: how many timesteps back a gradient keeps 1 % or more of its size where the loss enters."""

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

HORIZON_DECADES = -2.0  # 1 %


class Horizon(NamedTuple):
    """`back` timesteps from the last one that gets any gradient; `edge`, the place of its line on an axis of timesteps
    from 1, is NaN where every timestep before is within."""

    back: int
    edge: float

    @property
    def is_all(self) -> bool:
        """Whether it has no end."""
        return math.isnan(self.edge)


def memory_horizon(sizes: NDArray[np.float32]) -> Horizon | None:
    """How far back from the last finite one, without a gap; sizes: log10, (T,). None if none is finite."""
    finite = np.flatnonzero(np.isfinite(sizes))
    if not finite.size:
        return None
    last = int(finite[-1])
    back = sizes[last::-1]
    lost = np.flatnonzero(~(back >= back[0] + HORIZON_DECADES))
    return Horizon(int(lost[0]) - 1, last - int(lost[0]) + 1.5) if lost.size else Horizon(last, math.nan)
