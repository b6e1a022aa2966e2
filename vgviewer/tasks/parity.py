"""Whether the number of ones is odd: one flipped bit, however long ago, turns the answer over."""

from typing import Annotated, ClassVar, Literal

import numpy as np
from pydantic import Field

from vgviewer.settings import Note
from vgviewer.shapes import Shape
from vgviewer.tasks.task import Baseline, Pair, Targets, Task, guessing


class Parity(Task):
    """Bits 0 and 1, equally likely; class 1 where their sum is odd, asked at the end."""

    label: ClassVar[str] = "Parity"
    summary: ClassVar[str] = "Say whether the number of ones in a sequence of bits is odd."

    type: Literal["parity"] = "parity"
    length: Annotated[int, Note(unit="timesteps")] = Field(
        default=10, ge=2, le=4096, title="Length", description="Timesteps of a sequence."
    )

    def inputs(self) -> Shape:
        return Shape(1, self.length)

    def targets(self) -> Targets:
        return Targets("classes", 2)

    def dependency(self) -> int:
        return self.length - 1

    def goal(self) -> float:
        return 0.99  # a rule without exceptions: who has it is never wrong

    def baseline(self, loss: str) -> Baseline | None:
        # All bits but one leave the answer open.
        return guessing(2, loss)

    def draw(self, rng: np.random.Generator, size: int) -> Pair:
        bits = rng.integers(0, 2, (size, self.length))
        return bits[:, :, None].astype(np.float32), bits.sum(axis=1) % 2
