"""An activation as a layer of its own."""

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from vgviewer.network.activations import Activation as Function
from vgviewer.network.layer import Layer
from vgviewer.settings import Note


class Activation(Layer):
    """Useful behind a normalization or a skip, where the layer's own activation would come too early."""

    label: ClassVar[str] = "Activation"
    group: ClassVar[str] = "Feed-forward"
    summary: ClassVar[str] = "Applies a function to each number: behind a normalization or a skip."
    formula: ClassVar[str] = "y = φ(x)"
    term: ClassVar[str] = "activation"

    type: Literal["activation"] = "activation"
    function: Annotated[Function, Note(formula="y = φ(x), ∂L/∂x = φ′(x) ∂L/∂y", term="activation")] = Field(
        title="Function", description="φ, applied to each number."
    )

    @property
    def caption(self) -> str:
        return self.function
