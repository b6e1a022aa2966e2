"""Say again what came `lag` timesteps ago."""

from typing import Annotated, ClassVar, Literal, Self

import numpy as np
from pydantic import Field, model_validator

from vgviewer.settings import Note, unfit
from vgviewer.shapes import Shape
from vgviewer.tasks.task import Baseline, Pair, Targets, Task


class DelayedEcho(Task):
    """A target at every timestep; 0 for the first `lag` of them."""

    label: ClassVar[str] = "Delayed echo"
    summary: ClassVar[str] = "Repeat the input of some timesteps ago, at every timestep."

    type: Literal["delayed_echo"] = "delayed_echo"
    lag: Annotated[int, Note(unit="timesteps", formula="y_t = x_{t − lag}")] = Field(
        default=5, ge=1, le=4095, title="Lag", description="How many timesteps ago."
    )
    length: Annotated[int, Note(unit="timesteps")] = Field(
        default=30, ge=2, le=4096, title="Length", description="Timesteps of a sequence."
    )

    @model_validator(mode="after")
    def _lag_fits(self) -> Self:
        if self.lag >= self.length:
            raise unfit("lag", f"must be smaller than length ({self.length}), is {self.lag}")
        return self

    def inputs(self) -> Shape:
        return Shape(1, self.length)

    def targets(self) -> Targets:
        return Targets("values", 1, self.length)

    def dependency(self) -> int:
        return self.lag

    def goal(self) -> float:
        return (1 - self.lag / self.length) / 30  # a tenth of the baseline

    def baseline(self, loss: str) -> Baseline | None:
        # Inputs are uniform in [−1, 1]: variance 1/3, mean absolute value 1/2; the first `lag` targets are 0.
        share = 1 - self.lag / self.length
        known = {
            "mse": Baseline(share / 3, "always answering 0"),
            "mae": Baseline(share / 2, "always answering 0"),
        }
        return known.get(loss)

    def draw(self, rng: np.random.Generator, size: int) -> Pair:
        x = rng.uniform(-1, 1, (size, self.length, 1)).astype(np.float32)
        y = np.zeros_like(x)
        y[:, self.lag :] = x[:, : -self.lag]
        return x, y
