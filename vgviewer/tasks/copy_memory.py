"""The copy memory problem, Hochreiter & Schmidhuber 1997, in the form of Arjovsky et al. 2016 (arXiv 1511.06464)."""

from typing import Annotated, ClassVar, Literal

import numpy as np
from pydantic import Field

from vgviewer.settings import Note
from vgviewer.shapes import Shape
from vgviewer.tasks.task import Baseline, Pair, Targets, Task, best_answers

COPIED = 10
BLANK = 0


class CopyMemory(Task):
    """Ten symbols 1 … K, `delay` − 1 blanks 0, a delimiter K + 1, ten blanks; wanted are blanks until behind the
    delimiter, then the ten symbols: timestep t asks for that of t − delay − 10."""

    label: ClassVar[str] = "Copy memory"
    summary: ClassVar[str] = "Say ten symbols again, in their order, after a long pause."

    type: Literal["copy_memory"] = "copy_memory"
    delay: Annotated[int, Note(unit="timesteps")] = Field(
        default=100,
        ge=1,
        le=4096 - 2 * COPIED,
        title="Delay",
        description="Timesteps between the last symbol and the first answer.",
    )
    symbols: Annotated[int, Note(unit="symbols")] = Field(
        default=8, ge=2, le=64, title="Symbols", description="K: so many different symbols are to be copied."
    )

    @property
    def length(self) -> int:
        """Timesteps of a sequence."""
        return self.delay + 2 * COPIED

    def inputs(self) -> Shape:
        return Shape(self.symbols + 2, self.length, tokens=True)

    def targets(self) -> Targets:
        return Targets("classes", self.symbols + 1, self.length)

    def dependency(self) -> int:
        return self.delay + COPIED

    def goal(self) -> float:
        return 1 - 0.1 * COPIED / self.length  # nine of ten symbols right; blanks are no achievement

    def baseline(self, loss: str) -> Baseline | None:
        # Who counts the timesteps knows where blanks are wanted; who sees the newest symbol alone does worse.
        wanted = np.zeros((2, self.symbols + 1))
        wanted[0, BLANK] = self.length - COPIED
        wanted[1, 1:] = COPIED / self.symbols
        best = best_answers(wanted, loss)
        if best is None:
            return None
        closed = f": 10·ln {self.symbols}/{self.length}" if loss == "cross_entropy" else ""
        return Baseline(best, f"without a memory of the symbols{closed}")

    def draw(self, rng: np.random.Generator, size: int) -> Pair:
        copied = rng.integers(1, self.symbols + 1, (size, COPIED))
        x = np.full((size, self.length), BLANK)
        y = np.full((size, self.length), BLANK)
        x[:, :COPIED] = copied
        x[:, -COPIED - 1] = self.symbols + 1
        y[:, -COPIED:] = copied
        return x, y
