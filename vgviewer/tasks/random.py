"""Noise in, noise wanted: for the theory of gradients, where the data must not matter."""

from typing import Annotated, ClassVar, Literal, Self

import numpy as np
from pydantic import Field, model_validator

from vgviewer.settings import Note, unfit
from vgviewer.shapes import Shape
from vgviewer.tasks.task import Array, Baseline, Pair, Targets, Task, guessing

MOST_NUMBERS = 65_536  # of one sample: a set of 512 then has 134 MB


class Random(Task):
    """Inputs and values are normal with mean 0 and variance 1, classes equally likely, and nothing depends on
    anything; one answer for each sample, also for a sequence."""

    label: ClassVar[str] = "Random numbers"
    summary: ClassVar[str] = (
        "Random inputs and random targets: nothing can be learned, gradients can be measured."
    )

    type: Literal["random"] = "random"
    features: Annotated[int, Note(unit="numbers")] = Field(
        default=10, ge=1, le=4096, title="Features", description="Numbers at the input."
    )
    length: Annotated[int | None, Note(unit="timesteps")] = Field(
        default=None, ge=1, le=4096, title="Length", description="Timesteps of a sequence; none: a vector."
    )
    targets_: Annotated[int, Note(unit="numbers")] = Field(
        default=1,
        ge=1,
        le=4096,
        alias="targets",
        title="Targets",
        description="Values to answer, where there are no classes.",
    )
    classes: Annotated[int | None, Note(unit="classes")] = Field(
        default=None, ge=2, le=4096, title="Classes", description="Classes to choose from; none: values."
    )

    @model_validator(mode="after")
    def _samples_are_small(self) -> Self:
        numbers = self.features * (self.length or 1)
        if numbers > MOST_NUMBERS:
            message = f"must be at most {MOST_NUMBERS // self.features} with {self.features} features"
            raise unfit("length", f"{message}, is {self.length}")
        return self

    def inputs(self) -> Shape:
        return Shape(self.features, self.length)

    def targets(self) -> Targets:
        return Targets("values", self.targets_) if self.classes is None else Targets("classes", self.classes)

    def baseline(self, loss: str) -> Baseline | None:
        if self.classes is not None:
            return guessing(self.classes, loss)
        known = {
            "mse": Baseline(1.0, "always answering 0 gives 1"),
            "mae": Baseline(float(np.sqrt(2 / np.pi)), "always answering 0 gives √(2/π)"),
        }
        return known.get(loss)

    def draw(self, rng: np.random.Generator, size: int) -> Pair:
        along = () if self.length is None else (self.length,)
        x = rng.standard_normal((size, *along, self.features), dtype=np.float32)
        y: Array
        if self.classes is None:
            y = rng.standard_normal((size, self.targets_), dtype=np.float32)
        else:
            y = rng.integers(0, self.classes, size)
        return x, y
