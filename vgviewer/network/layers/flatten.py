"""A sequence as one long vector."""

from collections.abc import Mapping
from typing import ClassVar, Literal

from vgviewer.network.ending import Ending
from vgviewer.shapes import Shape


class Flatten(Ending):
    """All features of the first timestep come first, then those of the second."""

    label: ClassVar[str] = "Flatten"
    summary: ClassVar[str] = "Lays all timesteps side by side: every one has weights of its own behind it."
    formula: ClassVar[str] = "y = (x_1, …, x_T)"
    shape_rule: ClassVar[str] = "T × F goes in, a vector of T·F comes out."
    gathers_timesteps: ClassVar[bool] = True

    type: Literal["flatten"] = "flatten"

    def output_shape(self, shape: Shape, earlier: Mapping[str, Shape]) -> Shape:
        one = super().output_shape(shape, earlier)
        return one._replace(features=one.features * (shape.timesteps or 1))
