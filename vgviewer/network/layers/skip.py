"""A connection that jumps over layers and is added."""

from collections.abc import Mapping
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from vgviewer.network.layer import Layer
from vgviewer.network.misfit import Misfit
from vgviewer.settings import Note
from vgviewer.shapes import Shape


class Skip(Layer):
    """Where the sizes differ, the source passes a learned W f + b first."""

    label: ClassVar[str] = "Skip"
    group: ClassVar[str] = "Connect"
    summary: ClassVar[str] = "Adds the output of an earlier layer: a short way back for the gradient."
    formula: ClassVar[str] = "y = h + scale · f"
    shape_rule: ClassVar[str] = (
        "Goes out as it comes in; the source needs a sequence where one flows here, a learned map fits its size."
    )
    term: ClassVar[str] = "skip"

    type: Literal["skip"] = "skip"
    source: str = Field(
        alias="from", title="From", description="The earlier layer whose output is added, or input."
    )
    scale: Annotated[float, Note(formula="y = h + scale · f", term="skip")] = Field(
        default=1.0, ge=-1e6, le=1e6, title="Scale", description="Factor on what is added."
    )

    @property
    def caption(self) -> str:
        return f"from {self.source}"

    def output_shape(self, shape: Shape, earlier: Mapping[str, Shape]) -> Shape:
        source = earlier.get(self.source)
        if source is None:
            raise Misfit(
                f"There is no earlier layer {self.source} to add. Choose one that stands before this block.",
                "from",
            )
        if (source.timesteps is None) != (shape.timesteps is None):
            raise Misfit(
                f"{self.source} gives {source.words}, here flows {shape.words}: they cannot be added. "
                "Take a source on this side of the layer that ends the sequence.",
                "from",
            )
        return shape

    def weights(self, shape: Shape, earlier: Mapping[str, Shape]) -> dict[str, tuple[int, ...]]:
        source = earlier[self.source]
        if source.features == shape.features:
            return {}
        return {"weight": (shape.features, source.features), "bias": (shape.features,)}
