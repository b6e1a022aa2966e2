"""The end of a sequence."""

from collections.abc import Mapping
from typing import ClassVar, Literal

from vgviewer.network.layer import Layer
from vgviewer.network.misfit import Misfit
from vgviewer.shapes import Shape


class LastStep(Layer):
    """Only the last timestep goes on."""

    label: ClassVar[str] = "Last timestep"
    group: ClassVar[str] = "Connect"
    summary: ClassVar[str] = (
        "Passes on the last timestep of a sequence: the loss enters there and nowhere else."
    )
    formula: ClassVar[str] = "y = x_T"

    type: Literal["last_step"] = "last_step"

    def output_shape(self, shape: Shape, earlier: Mapping[str, Shape]) -> Shape:
        if shape.timesteps is None:
            raise Misfit(f"Last timestep needs a sequence, but {shape.words} arrives. Remove it.")
        return Shape(shape.features)
