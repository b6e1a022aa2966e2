"""Layer normalization."""

from collections.abc import Mapping
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from vgviewer.network.layer import Layer
from vgviewer.settings import Note
from vgviewer.shapes import Shape


class LayerNorm(Layer):
    """Every sample, and every timestep of it, is normalized by itself. Ba, Kiros & Hinton 2016."""

    label: ClassVar[str] = "Layer norm"
    group: ClassVar[str] = "Normalize"
    summary: ClassVar[str] = (
        "Centers and scales the features of each sample at each timestep by themselves, then by a learned γ and β."
    )
    formula: ClassVar[str] = "y = γ (x − mean) / √(var + ε) + β"
    term: ClassVar[str] = "layer-norm"

    type: Literal["layer_norm"] = "layer_norm"
    eps: Annotated[float, Note(formula="√(var + ε)")] = Field(
        default=1e-5, ge=1e-12, le=1, title="ε", description="Added to the variance."
    )

    def weights(self, shape: Shape, earlier: Mapping[str, Shape]) -> dict[str, tuple[int, ...]]:
        return {"weight": (shape.features,), "bias": (shape.features,)}
