"""What all layers have in common that end a sequence."""

from collections.abc import Mapping
from typing import ClassVar

from vgviewer.network.layer import Layer
from vgviewer.network.misfit import Misfit
from vgviewer.shapes import Shape


class Ending(Layer):
    """A vector goes on, with as many features as each timestep had."""

    group: ClassVar[str] = "Connect"

    def output_shape(self, shape: Shape, earlier: Mapping[str, Shape]) -> Shape:
        if shape.timesteps is None:
            raise Misfit(f"{self.label} needs a sequence, but {shape.words} arrives. Remove it.")
        return Shape(shape.features)
