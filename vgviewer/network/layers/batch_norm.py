"""Batch normalization."""

from collections.abc import Mapping
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from vgviewer.network.layer import Layer
from vgviewer.settings import Note
from vgviewer.shapes import Shape


class BatchNorm(Layer):
    """While training it uses the batch's biased statistics, over batch and timesteps."""

    label: ClassVar[str] = "Batch norm"
    group: ClassVar[str] = "Normalize"
    summary: ClassVar[str] = "Centers and scales each feature over the batch, then by a learned γ and β."
    formula: ClassVar[str] = "y = γ (x − mean) / √(var + ε) + β"
    term: ClassVar[str] = "batch-norm"

    type: Literal["batch_norm"] = "batch_norm"
    momentum: Annotated[float, Note(formula="running ← (1 − momentum) · running + momentum · batch")] = Field(
        default=0.1,
        ge=0,
        le=1,
        title="Momentum",
        description="Weight of the newest batch in the running statistics.",
    )
    eps: Annotated[float, Note(formula="√(var + ε)")] = Field(
        default=1e-5, ge=1e-12, le=1, title="ε", description="Added to the variance."
    )

    def weights(self, shape: Shape, earlier: Mapping[str, Shape]) -> dict[str, tuple[int, ...]]:
        return {"weight": (shape.features,), "bias": (shape.features,)}
