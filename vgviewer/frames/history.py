"""All that a view needs of a run so far, thinned so that a run of any length stays small."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from vgviewer.frames.inspections import Inspection
from vgviewer.frames.messages import Changed, Frame, Refused, Started
from vgviewer.frames.quantities import QUANTITIES

MOST_COLUMNS = 4096  # twice the pixels of a wide screen; above it every second column is dropped


class History:
    """Steps, losses and per-layer readings as arrays; per-timestep readings of the latest frame only.

    `clipped` counts the steps at which clipping struck, `inspections` holds the newest of each type, `refused` the last
    one that could not be made.
    """

    def __init__(self, started: Started) -> None:
        self.started = started
        self.latest: Frame | None = None
        self.metrics: list[tuple[int, float]] = []
        self.changes: list[Changed] = []
        self.inspections: dict[type[Inspection], Inspection] = {}
        self.refused: Refused | None = None
        self.clipped = 0
        self._stride = 1
        self._count = 0
        self._steps = np.empty(MOST_COLUMNS, np.int64)
        self._losses = np.empty(MOST_COLUMNS, np.float64)
        self._gradient_norms = np.empty(MOST_COLUMNS, np.float64)
        self._strikes = np.empty(MOST_COLUMNS, np.int64)
        self._layers = {
            name: np.full((MOST_COLUMNS, len(started.sites)), np.nan, np.float32)
            for name, quantity in QUANTITIES.items()
            if quantity.axes == "layers"
        }

    def append(self, frame: Frame) -> None:
        """Keeps the frame as the latest, and as a column when its turn has come."""
        self.latest = frame
        if frame.metric is not None:
            self.metrics.append((frame.step, frame.metric))
        self.clipped += frame.clipped
        if frame.step % self._stride:
            return
        if self._count == MOST_COLUMNS:
            self._thin()
            if frame.step % self._stride:
                return
        self._steps[self._count] = frame.step
        self._losses[self._count] = frame.loss
        self._gradient_norms[self._count] = np.nan if frame.gradient_norm is None else frame.gradient_norm
        self._strikes[self._count] = self.clipped
        for name, rows in self._layers.items():
            if name in frame.readings:
                rows[self._count] = frame.readings[name]
        self._count += 1

    @property
    def steps(self) -> NDArray[np.int64]:
        """int64 (columns,): the training steps kept, ascending."""
        return self._steps[: self._count]

    @property
    def losses(self) -> NDArray[np.float64]:
        """float64 (columns,), aligned with `steps`."""
        return self._losses[: self._count]

    @property
    def gradient_norms(self) -> NDArray[np.float64]:
        """float64 (columns,), aligned with `steps`: of all gradients together, before clipping; NaN where unknown."""
        return self._gradient_norms[: self._count]

    @property
    def strikes(self) -> NDArray[np.int64]:
        """int64 (columns,), aligned with `steps`: how often clipping has struck up to that step."""
        return self._strikes[: self._count]

    def layers(self, quantity: str) -> NDArray[np.float32]:
        """float32 (columns, L): log10 sizes aligned with `steps`; NaN where a layer has none."""
        return self._layers[quantity][: self._count]

    def _thin(self) -> None:
        self._stride *= 2
        kept = self._steps % self._stride == 0
        self._count = int(kept.sum())
        alone: list[NDArray[Any]] = [self._steps, self._losses, self._gradient_norms, self._strikes]
        columns = [*alone, *self._layers.values()]
        for column in columns:
            column[: self._count] = column[kept]
        for rows in self._layers.values():
            rows[self._count :] = np.nan
