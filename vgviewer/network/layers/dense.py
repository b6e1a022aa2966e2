"""A fully connected layer."""

from collections.abc import Mapping
from typing import ClassVar, Literal

from pydantic import Field

from vgviewer.network.activations import Activation
from vgviewer.network.initializers import Default, Initializer
from vgviewer.network.layer import Frozen, Layer, Units
from vgviewer.shapes import Shape


class Dense(Layer):
    """Applied at every timestep when a sequence enters."""

    label: ClassVar[str] = "Dense"
    group: ClassVar[str] = "Feed-forward"
    summary: ClassVar[str] = "Every unit sees every input. On a sequence it is applied at every timestep."
    formula: ClassVar[str] = "a = φ(W x + b)"

    type: Literal["dense"] = "dense"
    units: Units
    activation: Activation = Field(
        default="linear", title="Activation", description="φ, applied to each unit."
    )
    bias: bool = Field(default=True, title="Bias", description="Whether b is added.")
    weight_init: Initializer = Field(default=Default(), title="Weight init", description="How W is drawn.")
    bias_init: Initializer = Field(default=Default(), title="Bias init", description="How b is drawn.")
    weight_norm: bool = Field(
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
