"""The adding problem, Hochreiter & Schmidhuber 1997, in the form of Le, Jaitly & Hinton 2015."""

from typing import Annotated, ClassVar, Literal

import numpy as np
from pydantic import Field

from vgviewer.settings import Note
from vgviewer.shapes import Shape
from vgviewer.tasks.task import Baseline, Pair, Targets, Task


class Adding(Task):
    """One marker falls in the first half of the sequence, one in the second."""

    label: ClassVar[str] = "Adding problem"
    summary: ClassVar[str] = (
        "Add the two marked numbers of a long sequence; the first stands in its first half."
    )

    type: Literal["adding"] = "adding"
    length: Annotated[int, Note(unit="timesteps")] = Field(
        default=100, ge=2, le=4096, title="Length", description="Timesteps of a sequence."
    )

    def inputs(self) -> Shape:
        return Shape(2, self.length)

    def targets(self) -> Targets:
        return Targets("values", 1)

    def dependency(self) -> int:
        return self.length // 2

    def goal(self) -> float:
        return 1 / 60  # a tenth of the baseline: nine tenths of the variance are explained

    def baseline(self, loss: str) -> Baseline | None:
        # The sum of two numbers, uniform in [0, 1], has the variance 1/6 and the mean absolute deviation 1/3.
        known = {
            "mse": Baseline(1 / 6, "always answering 1 gives 1/6"),
            "mae": Baseline(1 / 3, "always answering 1 gives 1/3"),
        }
        return known.get(loss)

    def draw(self, rng: np.random.Generator, size: int) -> Pair:
        numbers = rng.random((size, self.length), dtype=np.float32)
        half = self.length // 2
        rows = np.arange(size)
        first, second = rng.integers(0, half, size), rng.integers(half, self.length, size)
        marks = np.zeros_like(numbers)
        marks[rows, first] = 1
        marks[rows, second] = 1
        total = numbers[rows, first] + numbers[rows, second]
        return np.stack([numbers, marks], axis=2), total[:, None]
