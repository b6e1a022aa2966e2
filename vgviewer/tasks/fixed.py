"""A few samples written out in the preset: worked examples."""

from typing import Any, ClassVar, Literal, Self

import numpy as np
from pydantic import Field, field_validator, model_validator

from vgviewer.settings import unfit
from vgviewer.shapes import Shape, block_shape
from vgviewer.tasks.task import Array, Baseline, Table, Targets, Task, best_answers, constant

MOST_CLASSES = 4096  # as many as a layer may have units


class Fixed(Task):
    """Whole numbers in `targets`, one for each sample (or timestep), are class labels; everything else is values."""

    label: ClassVar[str] = "Fixed samples"
    summary: ClassVar[str] = (
        "Samples written out number by number, for an example that can be checked by hand."
    )

    type: Literal["fixed"] = "fixed"
    inputs_: list[Any] = Field(
        alias="inputs", title="Inputs", description="Samples × features, or samples × timesteps × features."
    )
    targets_: list[Any] = Field(
        alias="targets",
        title="Targets",
        description="One row of values, or one class label, for each sample.",
    )

    @field_validator("inputs_", "targets_")
    @classmethod
    def _blocks(cls, values: list[Any]) -> list[Any]:
        block_shape(values)
        return values

    @model_validator(mode="after")
    def _fit_together(self) -> Self:
        x, y = block_shape(self.inputs_), block_shape(self.targets_)
        if len(x) not in (2, 3):
            message = f"must be samples × features or samples × timesteps × features, has {len(x)} axes"
            raise unfit("inputs", message)
        if x[0] != y[0]:
            raise unfit("targets", f"must have as many rows as inputs ({x[0]}), has {y[0]}")
        if len(y) > len(x) or (len(y) == 3 and y[1] != x[1]):
            raise unfit("targets", "must be samples × values, or samples × timesteps × values as the inputs")
        if self._are_classes() and not 0 <= self._labels().min() <= self._labels().max() < MOST_CLASSES:
            raise unfit("targets", f"must be class labels from 0 to {MOST_CLASSES - 1}")
        return self

    def inputs(self) -> Shape:
        shape = block_shape(self.inputs_)
        return Shape(shape[-1], shape[1] if len(shape) == 3 else None)

    def targets(self) -> Targets:
        shape = block_shape(self.targets_)
        if self._are_classes():
            return Targets("classes", int(self._labels().max()) + 1, shape[1] if len(shape) == 2 else None)
        return Targets("values", shape[-1] if len(shape) > 1 else 1, shape[1] if len(shape) == 3 else None)

    def goal(self) -> float | None:
        if self._are_classes():
            return 1.0
        spread = float(np.var(self.table().y, axis=0).mean())
        return spread / 100 if spread > 0 else None  # one sample alone has no scale to compare with

    def baseline(self, loss: str) -> Baseline | None:
        y = self.table().y
        if not self._are_classes():
            return constant(y, loss, axis=(0,))
        counts = np.bincount(y.ravel(), minlength=self.targets().size)
        least = best_answers(counts[None].astype(np.float64), loss)
        return Baseline(least, "answering by the classes' shares") if least else None

    def table(self) -> Table:
        x = np.array(self.inputs_, np.float32)
        y: Array = self._labels() if self._are_classes() else np.array(self.targets_, np.float32)
        return Table(x, y if y.ndim > 1 or y.dtype == np.int64 else y[:, None])

    def _labels(self) -> np.ndarray:
        return np.array(self.targets_, np.int64)

    def _are_classes(self) -> bool:
        if not np.issubdtype(np.array(self.targets_).dtype, np.integer):
            return False
        x, y = block_shape(self.inputs_), block_shape(self.targets_)
        return len(y) == 1 or (len(x) == 3 and y == x[:2])
