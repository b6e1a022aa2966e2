"""All that a view needs of a run so far, thinned so that a run of any length stays small."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from vgviewer.frames.inspections import Inspection
from vgviewer.frames.messages import Changed, Frame, Refused, Started
from vgviewer.frames.quantities import QUANTITIES

MOST_COLUMNS = 4096  # twice the pixels of a wide screen; above it every second column is dropped
MOST_ROWS = 512  # training steps of which all timesteps are kept; above it every second one is dropped
ALONG_TIME = ("state_gradient", "cell_gradient")
FIRST_COLUMNS = 64  # there is room for at first; twice as many whenever they are full
Rows = list[tuple[int, NDArray[np.float32]]]


class History:
    """Steps, losses and per-layer readings as arrays; of readings per timestep those ALONG_TIME at fewer steps, the
    others of the latest frame only. `detailed` is the newest frame that was looked at closely.

    `clipped` counts the steps at which clipping struck, `inspections` holds the newest of each type, `refused` the last
    one that could not be made. `has_ended` says that nothing more will come.
    """

    def __init__(self, started: Started) -> None:
        self.started = started
        self.latest: Frame | None = None
        self.metrics: list[tuple[int, float]] = []
        self.changes: list[Changed] = []
        self.inspections: dict[type[Inspection], Inspection] = {}
        self.refused: Refused | None = None
        self.detailed: Frame | None = None
        self.clipped = 0
        self.has_ended = False
        self._along_time: dict[str, Rows] = {name: [] for name in ALONG_TIME}
        self._row_stride = 1
        self._stride = 1
        self._count = 0
        self._steps = np.empty(0, np.int64)
        self._losses = np.empty(0, np.float64)
        self._gradient_norms = np.empty(0, np.float64)
        self._strikes = np.empty(0, np.int64)
        self._layers = {
            name: np.empty((0, len(started.sites)), np.float32)
            for name, quantity in QUANTITIES.items()
            if quantity.axes == "layers"
        }

    def append(self, frame: Frame) -> None:
        """Keeps the frame as the latest column; it stays there for good only when its turn has come."""
        self.latest = frame
        if frame.metric is not None:
            self.metrics.append((frame.step, frame.metric))
        self.clipped += frame.clipped
        if frame.details is not None:
            self.detailed = frame
        self._keep_timesteps(frame)
        if self._count and self._steps[self._count - 1] % self._stride:
            self._count -= 1
        if self._count == MOST_COLUMNS:
            self._thin()
        if self._count == len(self._steps):
            self._make_room(min(MOST_COLUMNS, max(FIRST_COLUMNS, 2 * self._count)))
        self._steps[self._count] = frame.step
        self._losses[self._count] = frame.loss
        self._gradient_norms[self._count] = np.nan if frame.gradient_norm is None else frame.gradient_norm
        self._strikes[self._count] = self.clipped
        for name, rows in self._layers.items():
            rows[self._count] = frame.readings.get(name, np.nan)
        self._count += 1

    @property
    def steps(self) -> NDArray[np.int64]:
        """int64 (columns,): the training steps kept, ascending; the newest is always among them."""
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

    def through_time(self, quantity: str, site: int) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """Steps kept, int64 (rows,), ascending, and float32 (rows, T): one site's readings of a quantity ALONG_TIME.
        The newest step is always among them."""
        kept = self._rows(quantity)
        steps = np.array([step for step, _ in kept], np.int64)
        rows = [readings[site] for _, readings in kept]
        return steps, np.array(rows, np.float32).reshape(len(rows), self.started.timesteps)

    def _rows(self, quantity: str) -> Rows:
        """The steps at which the timesteps of a quantity ALONG_TIME are kept, and its readings (L, T) there."""
        return self._along_time[quantity]

    def _keep_timesteps(self, frame: Frame) -> None:
        """The newest step stands last in the list; it stays there for good only when its turn has come."""
        for name, kept in self._along_time.items():
            if name not in frame.readings:
                continue
            if kept and kept[-1][0] % self._row_stride:
                kept.pop()
            kept.append((frame.step, frame.readings[name]))
        if max(map(len, self._along_time.values())) > MOST_ROWS:
            self._row_stride *= 2
            for name, kept in self._along_time.items():
                last = kept[-1:]
                self._along_time[name] = [row for row in kept[:-1] if row[0] % self._row_stride == 0] + last

    def _make_room(self, columns: int) -> None:
        """For so many columns in all."""

        def larger(values: NDArray[Any]) -> NDArray[Any]:
            made = np.empty((columns, *values.shape[1:]), values.dtype)
            made[: self._count] = values[: self._count]
            return made

        self._steps, self._losses = larger(self._steps), larger(self._losses)
        self._gradient_norms, self._strikes = larger(self._gradient_norms), larger(self._strikes)
        self._layers = {name: larger(values) for name, values in self._layers.items()}

    def _thin(self) -> None:
        self._stride *= 2
        kept = self._steps % self._stride == 0
        self._count = int(kept.sum())
        alone: list[NDArray[Any]] = [self._steps, self._losses, self._gradient_norms, self._strikes]
        columns = [*alone, *self._layers.values()]
        for column in columns:
            column[: self._count] = column[kept]
