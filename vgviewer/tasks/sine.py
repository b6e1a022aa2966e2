"""A curve to follow."""

from typing import ClassVar, Literal

import numpy as np

from vgviewer.shapes import Shape
from vgviewer.tasks.task import Baseline, Pair, Targets, Task


class Sine(Task):
    """x is uniform in [−π, π], the target is sin x."""

    label: ClassVar[str] = "Sine"
    summary: ClassVar[str] = "Give the sine of a number between −π and π."

    type: Literal["sine"] = "sine"

    def inputs(self) -> Shape:
        return Shape(1)

    def targets(self) -> Targets:
        return Targets("values", 1)

    def goal(self) -> float:
        return 0.005  # a hundredth of the variance: to the eye the answers lie on the curve

    def baseline(self, loss: str) -> Baseline | None:
        known = {
            "mse": Baseline(1 / 2, "always answering 0 gives 1/2"),
            "mae": Baseline(2 / np.pi, "always answering 0 gives 2/π"),
        }
        return known.get(loss)

    def draw(self, rng: np.random.Generator, size: int) -> Pair:
        x = rng.uniform(-np.pi, np.pi, (size, 1))
        return x.astype(np.float32), np.sin(x).astype(np.float32)
