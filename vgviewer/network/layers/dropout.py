"""Dropout."""

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from vgviewer.network.layer import Layer
from vgviewer.settings import Note
from vgviewer.shapes import Shape


class Dropout(Layer):
    """Silent in evaluation mode."""

    label: ClassVar[str] = "Dropout"
    group: ClassVar[str] = "Feed-forward"
    summary: ClassVar[str] = (
        "While training, sets each number to 0 with probability p. It regularizes; it does not keep gradients alive."
    )
    formula: ClassVar[str] = "y = mask ∘ x / (1 − p)"
    term: ClassVar[str] = "dropout"

    type: Literal["dropout"] = "dropout"
    p: Annotated[float, Note(formula="y = mask ∘ x / (1 − p)", term="dropout")] = Field(
        default=0.5, ge=0, lt=1, title="p", description="Share of numbers set to 0."
    )

    @property
    def caption(self) -> str:
        return f"p = {self.p:g}"

    def held(self, shape: Shape) -> int:
        return shape.features * (shape.timesteps or 1)  # the mask
