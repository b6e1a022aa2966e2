"""Points of the plane in two classes that no straight line tells apart."""

from typing import Annotated, ClassVar, Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from vgviewer.shapes import Shape
from vgviewer.tasks.task import Baseline, Pair, Targets, Task, guessing

Noise = Annotated[
    float,
    Field(ge=0, le=1, title="Noise", description="Standard deviation of what is added to each coordinate."),
]
Points = NDArray[np.float64]
Labels = NDArray[np.int64]

INNER_RADIUS = 0.8  # scikit-learn's `factor`
TURNS = 1.5


class Plane(Task):
    """Both classes are equally likely; with more noise than `clear` they overlap too much for the goal."""

    clear: ClassVar[float]

    noise: Noise = 0.0

    def inputs(self) -> Shape:
        return Shape(2)

    def targets(self) -> Targets:
        return Targets("classes", 2)

    def goal(self) -> float | None:
        return 0.95 if self.noise <= self.clear else None

    def baseline(self, loss: str) -> Baseline | None:
        return guessing(2, loss)

    def draw(self, rng: np.random.Generator, size: int) -> Pair:
        y = rng.integers(0, 2, size)
        points = self._points(rng, y)
        return (points + rng.normal(0, self.noise, points.shape)).astype(np.float32), y

    def _points(self, rng: np.random.Generator, y: Labels) -> Points:
        """Where the points of classes y (size,) lie without noise, float64 (size, 2)."""
        raise NotImplementedError


class Xor(Plane):
    """The corners of the unit square."""

    label: ClassVar[str] = "Exclusive or"
    summary: ClassVar[str] = "Say whether exactly one of two inputs is 1: what no single layer can do."
    clear: ClassVar[float] = 0.2

    type: Literal["xor"] = "xor"
    noise: Noise = 0.1

    def _points(self, rng: np.random.Generator, y: Labels) -> Points:
        first = rng.integers(0, 2, len(y))
        return np.stack([first, first ^ y], axis=1).astype(np.float64)


class Moons(Plane):
    """Two half circles as in scikit-learn's make_moons, the upper one class 0."""

    label: ClassVar[str] = "Two moons"
    summary: ClassVar[str] = "Tell two half moons apart that reach into each other."
    clear: ClassVar[float] = 0.2

    type: Literal["moons"] = "moons"
    noise: Noise = 0.1

    def _points(self, rng: np.random.Generator, y: Labels) -> Points:
        angle = np.pi * rng.random(len(y))
        side = 1 - 2 * y
        return np.stack([y + side * np.cos(angle), 0.5 * y + side * np.sin(angle)], axis=1)


class Circles(Plane):
    """Two circles as in scikit-learn's make_circles: radius 1 is class 0, radius 0.8 class 1."""

    label: ClassVar[str] = "Two circles"
    summary: ClassVar[str] = "Tell a circle from a smaller one inside it."
    clear: ClassVar[float] = 0.05

    type: Literal["circles"] = "circles"
    noise: Noise = 0.05

    def _points(self, rng: np.random.Generator, y: Labels) -> Points:
        angle = 2 * np.pi * rng.random(len(y))
        radius = np.where(y == 1, INNER_RADIUS, 1.0)
        return np.stack([radius * np.cos(angle), radius * np.sin(angle)], axis=1)


class Spirals(Plane):
    """Two arms within about [−1, 1]², one turned by half a circle."""

    label: ClassVar[str] = "Two spirals"
    summary: ClassVar[str] = "Tell two interleaved spirals apart, from the two coordinates of a point."
    clear: ClassVar[float] = 0.05

    type: Literal["spirals"] = "spirals"
    noise: Noise = 0.02

    def _points(self, rng: np.random.Generator, y: Labels) -> Points:
        radius = np.sqrt(rng.random(len(y)))
        angle = 2 * np.pi * TURNS * radius + np.pi * y
        return np.stack([radius * np.cos(angle), radius * np.sin(angle)], axis=1)
