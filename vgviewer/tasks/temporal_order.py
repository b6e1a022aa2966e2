"""The temporal order problem, Hochreiter & Schmidhuber 1997, in the form of Pascanu et al. 2013 (arXiv 1211.5063)."""

from typing import Annotated, ClassVar, Literal

import numpy as np
from pydantic import Field

from vgviewer.settings import Note
from vgviewer.shapes import Shape
from vgviewer.tasks.task import Baseline, Pair, Targets, Task, guessing

DISTRACTORS = 4  # a, b, c, d are 0 to 3
X = 4  # and Y is 5


class TemporalOrder(Task):
    """One X or Y falls in [T/10, 2T/10], another in [4T/10, 5T/10]; XX, XY, YX, YY are the classes 0 to 3."""

    label: ClassVar[str] = "Temporal order"
    summary: ClassVar[str] = "Two of many symbols count: say which they were and which came first."

    type: Literal["temporal_order"] = "temporal_order"
    length: Annotated[int, Note(unit="timesteps")] = Field(
        default=100, ge=10, le=4096, title="Length", description="Timesteps of a sequence."
    )

    def inputs(self) -> Shape:
        return Shape(DISTRACTORS + 2, self.length, tokens=True)

    def targets(self) -> Targets:
        return Targets("classes", 4)

    def dependency(self) -> int:
        return self.length - 1 - self.length * 2 // 10

    def goal(self) -> float:
        return 0.99  # Pascanu's: less than 1 % wrong

    def baseline(self, loss: str) -> Baseline | None:
        # The last symbol is a distractor.
        return guessing(4, loss)

    def draw(self, rng: np.random.Generator, size: int) -> Pair:
        tenth = np.arange(11) * self.length // 10
        x = rng.integers(0, DISTRACTORS, (size, self.length))
        rows = np.arange(size)
        first, second = rng.integers(0, 2, (2, size))
        x[rows, rng.integers(tenth[1], tenth[2], size, endpoint=True)] = X + first
        x[rows, rng.integers(tenth[4], tenth[5], size, endpoint=True)] = X + second
        return x, 2 * first + second
