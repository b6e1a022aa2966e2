"""The one description of a task: its settings, the shapes it needs, its data and its baseline."""

from typing import Any, ClassVar, Literal, NamedTuple, Self

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
    """The loss of a network that ignores the past (or the input), and the words for it. It `is_good` where much of what
    can be known is in the newest value already: little below it is much."""

    loss: float
    text: str
    is_good: bool = False


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

    def problem(self) -> tuple[str, str] | None:
        """What keeps the data from being used: the field to change, by its name in the file, and a sentence."""
        return None

    def settled(self) -> Self:
        """The same with its data as they are now: what becomes of a file does not disturb a run that has begun."""
        return self

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

    def count(self) -> int | None:
        """How many training samples there are; None when samples are drawn afresh."""
        table = self.table()
        return None if table is None else len(table.x)

    def in_order(self) -> bool:
        """Whether the samples that are tested on follow one another in time."""
        return False

    def table(self) -> Table | None:
        """The whole finite set, always the same; None when samples are drawn afresh."""
        return None

    def draw(self, rng: np.random.Generator, size: int) -> Pair:
        """`size` fresh samples: x float32 (size, F) or (size, T, F), or symbols int64 (size, T); y float32 values or
        int64 classes."""
        raise NotImplementedError


def guessing(classes: int, loss: str) -> Baseline | None:
    """The baseline of balanced classes: answering every class with the same probability."""
    best = best_answers(np.ones((1, classes)), loss)
    closed = {
        "mse": f"guessing: {classes - 1}/{classes**2}",
        "mae": f"answering 0 for every class: 1/{classes}",
    }
    return None if best is None else Baseline(best, closed.get(loss, f"guessing: ln {classes}"))


def constant(y: NDArray[np.number[Any]], loss: str, axis: tuple[int, ...]) -> Baseline | None:
    """Always answering the same values, the best that there are: one for each place of y outside `axis`. None for
    other losses than mse and mae, and where nothing is left to learn."""
    if loss == "mse":
        best, words = ((y - y.mean(axis)) ** 2).mean(), "always answering the mean"
    elif loss == "mae":
        best, words = np.abs(y - np.median(y, axis=axis)).mean(), "always answering the median"
    else:
        return None
    return Baseline(float(best), words) if best > 0 else None


def best_answers(counts: NDArray[np.float64], loss: str) -> float | None:
    """The least loss of someone who knows in which of S situations he is and answers by the shares of the K classes
    there (mae: by the likelier of 0 and 1 for each class); counts (S, K). None where that loss needs values."""
    total = counts.sum()
    seen = counts.sum(axis=1, keepdims=True)
    shares = counts / np.where(seen > 0, seen, 1)
    if loss == "cross_entropy" or (loss == "bce" and counts.shape[1] == 2):
        return float(-(counts[counts > 0] * np.log(shares[counts > 0])).sum() / total)
    if loss == "mse":
        return float((seen * shares * (1 - shares)).sum() / total / counts.shape[1])
    if loss == "mae":
        return float((seen * np.minimum(shares, 1 - shares)).sum() / total / counts.shape[1])
    return None
