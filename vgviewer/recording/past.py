"""A history as it was: the same arrays as a live run's after the same step, without taking its frames one by one."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from vgviewer.frames import Frame, History, Started
from vgviewer.frames.history import Rows


@dataclass(frozen=True)
class Columns:
    """The steps that are kept, ascending, and what is known of each: float64 (columns,) and, by quantity, float32
    (columns, L)."""

    steps: NDArray[np.int64]
    losses: NDArray[np.float64]
    gradient_norms: NDArray[np.float64]
    strikes: NDArray[np.int64]
    layers: dict[str, NDArray[np.float32]]


class Past(History):
    """`rows` gives the timesteps of a quantity ALONG_TIME, when a picture wants them."""

    def __init__(
        self, started: Started, latest: Frame, columns: Columns, rows: Callable[[str], Rows]
    ) -> None:
        super().__init__(started)
        self.latest = latest
        self._rows_of = rows
        self._count = len(columns.steps)
        self._steps, self._losses = columns.steps, columns.losses
        self._gradient_norms, self._strikes = columns.gradient_norms, columns.strikes
        self._layers |= columns.layers

    def _rows(self, quantity: str) -> Rows:
        return self._rows_of(quantity)


def stride(steps: NDArray[np.int64], most: int) -> int:
    """Of which a step is a multiple that a history still keeps after all of these, where it keeps fewer than `most`
    beside the newest: `History` drops every second one at the same moments."""
    found = 1
    while np.count_nonzero(steps % found == 0) >= most:
        found *= 2
    return found
