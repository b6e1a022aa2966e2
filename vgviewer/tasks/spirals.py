"""Two spirals, one in the other."""

from typing import ClassVar, Literal

import numpy as np
from pydantic import Field

from vgviewer.shapes import Shape
from vgviewer.tasks.task import Baseline, Pair, Targets, Task, guessing

TURNS = 1.5


class Spirals(Task):
    """Points in about [−1, 1]²; the classes are equally likely."""

    label: ClassVar[str] = "Two spirals"
    summary: ClassVar[str] = "Tell two interleaved spirals apart, from the two coordinates of a point."

    type: Literal["spirals"] = "spirals"
    noise: float = Field(
        default=0.02,
        ge=0,
        le=1,
        title="Noise",
        description="Standard deviation of what is added to each coordinate.",
    )

    def inputs(self) -> Shape:
        return Shape(2)

    def targets(self) -> Targets:
        return Targets("classes", 2)

    def baseline(self, loss: str) -> Baseline | None:
        return guessing(2, loss)

    def draw(self, rng: np.random.Generator, size: int) -> Pair:
        y = rng.integers(0, 2, size)
        radius = np.sqrt(rng.random(size))
        angle = 2 * np.pi * TURNS * radius + np.pi * y
        points = np.stack([radius * np.cos(angle), radius * np.sin(angle)], axis=1)
        return (points + rng.normal(0, self.noise, points.shape)).astype(np.float32), y
