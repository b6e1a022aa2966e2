"""A fully connected layer."""

from collections.abc import Mapping
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from vgviewer.network.activations import Activation
from vgviewer.network.initializers import Default, Initializer
from vgviewer.network.layer import Frozen, Layer, Units
from vgviewer.settings import Note
from vgviewer.shapes import Shape


class Dense(Layer):
    """Applied at every timestep when a sequence enters."""

    label: ClassVar[str] = "Dense"
    group: ClassVar[str] = "Feed-forward"
    summary: ClassVar[str] = "Every unit sees every input. On a sequence it is applied at every timestep."
    formula: ClassVar[str] = "a = φ(W x + b)"
    shape_rule: ClassVar[str] = "F numbers go in, units come out; of a sequence T × F, T × units."
    term: ClassVar[str] = "dense"

    type: Literal["dense"] = "dense"
    units: Units
    activation: Annotated[Activation, Note(formula="a = φ(z), ∂L/∂z = φ′(z) ∂L/∂a", term="activation")] = (
        Field(default="linear", title="Activation", description="φ, applied to each unit.")
    )
    bias: Annotated[bool, Note(formula="z = W x + b")] = Field(
        default=True, title="Bias", description="Whether b is added."
    )
    weight_init: Annotated[Initializer, Note(term="initialization")] = Field(
        default=Default(), title="Weight init", description="How W is drawn."
    )
    bias_init: Annotated[Initializer, Note(term="initialization")] = Field(
        default=Default(), title="Bias init", description="How b is drawn."
    )
    weight_norm: Annotated[bool, Note(formula="w = g v / ‖v‖")] = Field(
        default=False,
        title="Weight norm",
        description="Learns the length and the direction of each row of W apart. Salimans & Kingma 2016.",
    )
    frozen: Frozen = False

    @property
    def caption(self) -> str:
        return f"{self.units}, {self.activation}"

    def output_shape(self, shape: Shape, earlier: Mapping[str, Shape]) -> Shape:
        return shape._replace(features=self.units)

    def weights(self, shape: Shape, earlier: Mapping[str, Shape]) -> dict[str, tuple[int, ...]]:
        return {"weight": (self.units, shape.features)} | ({"bias": (self.units,)} if self.bias else {})

    @property
    def more_parameters(self) -> int:
        return self.units if self.weight_norm else 0
