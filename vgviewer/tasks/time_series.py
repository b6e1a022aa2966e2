"""The next value of a real series, from some of the values before it (resources/data tells the sources)."""

from functools import cache
from typing import Annotated, ClassVar, Literal, NamedTuple, Self

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray
from pydantic import Field, model_validator

from vgviewer.resources import RESOURCES
from vgviewer.settings import Note, unfit
from vgviewer.shapes import Shape
from vgviewer.tasks.task import Baseline, Table, Targets, Task

Series = Literal["sunspots", "nile", "co2"]
TRAINING_SHARE = 0.8
CLEARLY_LESS = 0.9  # of the error without a memory


class TimeSeries(Task):
    """The test part is the last fifth of the series: no value of it is ever trained on. All values are standardized
    with mean and standard deviation of the training part."""

    label: ClassVar[str] = "Time series"
    summary: ClassVar[str] = "Forecast a real series: sunspots, the Nile's flow, or CO₂ in the air."

    type: Literal["time_series"] = "time_series"
    series: Series = Field(
        default="sunspots",
        title="Series",
        description="sunspots: 309 years; nile: its flow in 100 years; co2: 2,284 weeks at Mauna Loa. "
        "Trained on the first four fifths, tested on the last.",
    )
    window: Annotated[int, Note(unit="timesteps")] = Field(
        default=20, ge=1, le=4096, title="Window", description="Timesteps that the network sees."
    )
    horizon: Annotated[int, Note(unit="timesteps")] = Field(
        default=1, ge=1, le=4096, title="Horizon", description="So many timesteps behind them is the target."
    )

    @model_validator(mode="after")
    def _window_fits(self) -> Self:
        most = _values(self.series).training // 2 - self.horizon
        if self.window > most:
            reason = f"half of what {self.series} has to train on, less the horizon"
            field, value = ("window", most) if most > 0 else ("horizon", most + self.horizon - 1)
            raise unfit(field, f"must be at most {value} ({reason}), is {getattr(self, field)}")
        return self

    def inputs(self) -> Shape:
        return Shape(1, self.window)

    def targets(self) -> Targets:
        return Targets("values", 1)

    def goal(self) -> float:
        # Errors of different series and horizons do not compare: the test part's own measure is the best line.
        table = self.table()
        assert table.x_test is not None
        assert table.y_test is not None
        slope, shift = self._line(table)
        error = slope * table.x_test[:, -1] + shift - table.y_test
        return CLEARLY_LESS * float(np.square(error).mean())

    def baseline(self, loss: str) -> Baseline | None:
        if loss != "mse":
            return None
        table = self.table()
        slope, shift = self._line(table)
        error = slope * table.x[:, -1] + shift - table.y
        return Baseline(
            float(np.square(error).mean()), "the best line through the newest value", is_good=True
        )

    def in_order(self) -> bool:
        return True

    def table(self) -> Table:
        values, training = _values(self.series)
        reach = self.window + self.horizon - 1
        x = sliding_window_view(values, self.window)[: len(values) - reach, :, None]
        y = values[reach:, None]
        rows = training - reach
        return Table(x[:rows], y[:rows], x[rows:].copy(), y[rows:].copy())

    def _line(self, table: Table) -> tuple[float, float]:
        """Slope and shift of least squares, from the newest value to the target, over the training part."""
        newest, target = table.x[:, -1, 0].astype(np.float64), table.y[:, 0].astype(np.float64)
        slope = ((newest - newest.mean()) * (target - target.mean())).sum() / np.square(
            newest - newest.mean()
        ).sum()
        return float(slope), float(target.mean() - slope * newest.mean())


class _Values(NamedTuple):
    """float32 (N,), standardized; the first `training` of them are to train on."""

    values: NDArray[np.float32]
    training: int


@cache
def _values(series: str) -> _Values:
    """A missing value lies on the line between its neighbors."""
    file = RESOURCES / "data" / f"{series}.csv"
    read = np.genfromtxt(file, np.float64, delimiter=",", skip_header=1, usecols=[1])
    known = np.flatnonzero(~np.isnan(read))
    values = np.interp(np.arange(len(read)), known, read[known])
    training = int(TRAINING_SHARE * len(values))
    part = values[:training]
    return _Values(((values - part.mean()) / part.std()).astype(np.float32), training)
