"""The one description of a task: its settings, the shapes it needs, its data and its baseline."""

from typing import ClassVar, Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from vgviewer.settings import Settings
from vgviewer.shapes import Shape

Array = NDArray[np.float32] | NDArray[np.int64]
Pair = tuple[Array, Array]


class Targets(NamedTuple):
    """What is to be answered: `size` columns of values, or one of `size` classes; at every timestep or once (None)."""

    kind: Literal["values", "classes"]
    size: int
    timesteps: int | None = None


class Baseline(NamedTuple):
    """The loss of a network that ignores the past (or the input), and the words for it."""

    loss: float
    text: str


class Table(NamedTuple):
    """A finite data set; x float32 (N, F) or (N, T, F), or symbols int64 (N, T); y as the targets say. The test set
    may be missing."""

    x: Array
    y: Array
    x_test: Array | None = None
    y_test: Array | None = None


class Task(Settings):
    """A kind of task overrides either `table` (a finite set) or `draw` (fresh samples for every batch)."""

    label: ClassVar[str]
    summary: ClassVar[str]

    type: str

    def inputs(self) -> Shape:
        """The shape of one sample."""
        raise NotImplementedError

    def targets(self) -> Targets:
        """What the output head has to answer."""
        raise NotImplementedError

    def dependency(self) -> int | None:
        """How many timesteps back every sample needs the network to remember; None where nobody knows."""
        return None

    def goal(self) -> float | None:
        """When the task counts as solved: the accuracy that is reached, or the mse that is not exceeded."""
        return None

    def baseline(self, loss: str) -> Baseline | None:
        """What is reached under that loss without the past (or the input); None where it is not known."""
        del loss
        return None

    def table(self) -> Table | None:
        """The whole finite set, always the same; None when samples are drawn afresh."""
        return None

    def draw(self, rng: np.random.Generator, size: int) -> Pair:
        """`size` fresh samples: x float32 (size, F) or (size, T, F), or symbols int64 (size, T); y float32 values or
        int64 classes."""
        raise NotImplementedError


def guessing(classes: int, loss: str) -> Baseline | None:
    """The baseline of balanced classes: answering every class with the same probability."""
    if loss == "cross_entropy" or (loss == "bce" and classes == 2):
        return Baseline(float(np.log(classes)), f"guessing: ln {classes}")
    if loss == "mse":
        return Baseline((classes - 1) / classes**2, f"guessing: {classes - 1}/{classes**2}")
    return None
