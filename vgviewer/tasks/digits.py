"""Real scans of handwritten digits, 8×8 pixels (UCI, as in scikit-learn; resources/data/digits.md tells the source)."""

from functools import cache
from typing import ClassVar, Literal

import numpy as np
from pydantic import Field

from vgviewer.resources import RESOURCES
from vgviewer.shapes import Shape
from vgviewer.tasks.task import Baseline, Table, Targets, Task, guessing

SPLIT_SEED = 20_260_101  # fixed for ever: the 1,437 training rows are the same for everybody
TRAINING_ROWS = 1437
DARKEST = 16.0
SHAPES = {"flat": Shape(64), "rows": Shape(8, 8), "pixels": Shape(1, 64)}


class Digits(Task):
    """Brightness is scaled to [0, 1]; as rows or pixels the picture is read from top to bottom."""

    label: ClassVar[str] = "Digits"
    summary: ClassVar[str] = "Recognize 1,797 real handwritten digits, whole, row by row or pixel by pixel."

    type: Literal["digits"] = "digits"
    form: Literal["flat", "rows", "pixels"] = Field(
        default="flat",
        alias="as",
        title="As",
        description="flat: a vector of 64; rows: 8 timesteps of 8; pixels: 64 timesteps of 1.",
    )

    def inputs(self) -> Shape:
        return SHAPES[self.form]

    def targets(self) -> Targets:
        return Targets("classes", 10)

    def dependency(self) -> int | None:
        # The strokes that tell digits apart cross the middle of the picture.
        timesteps = self.inputs().timesteps
        return None if timesteps is None else timesteps // 2

    def goal(self) -> float:
        return 0.9  # nine of ten: guessing gets one

    def baseline(self, loss: str) -> Baseline | None:
        return guessing(10, loss)

    def count(self) -> int:
        return TRAINING_ROWS

    def table(self) -> Table:
        pixels, labels = _scans()
        order = np.random.default_rng(SPLIT_SEED).permutation(len(labels))
        shape = self.inputs()
        per_sample = (shape.features,) if shape.timesteps is None else (shape.timesteps, shape.features)
        x, y = pixels[order].reshape(-1, *per_sample), labels[order]
        return Table(x[:TRAINING_ROWS], y[:TRAINING_ROWS], x[TRAINING_ROWS:], y[TRAINING_ROWS:])


@cache
def _scans() -> tuple[np.ndarray, np.ndarray]:
    rows = np.loadtxt(RESOURCES / "data" / "digits.csv.gz", delimiter=",", dtype=np.float32)
    return rows[:, :-1] / np.float32(DARKEST), rows[:, -1].astype(np.int64)
