"""What all recurrent layers have in common: they take a sequence and return the whole sequence of their states."""

from collections.abc import Mapping
from typing import Annotated, ClassVar

from pydantic import Field

from vgviewer.network.initializers import Default, Initializer
from vgviewer.network.layer import Frozen, Layer, Units
from vgviewer.network.misfit import Misfit
from vgviewer.settings import Note
from vgviewer.shapes import Shape


class Recurrent(Layer):
    """`gates` counts the blocks of rows in the stacked weights: 1 for a plain RNN. `blocks` counts what is held beside
    state and gradient, in arrays of the state's size: gates, cells, and the gradients of all of them."""

    group: ClassVar[str] = "Recurrent"
    shape_rule: ClassVar[str] = "T × F goes in, T × units comes out: a sequence of states."
    recurrent: ClassVar[bool] = True
    gates: ClassVar[int]
    blocks: ClassVar[int]

    units: Units

    @property
    def caption(self) -> str:
        return f"{self.units} units"

    def output_shape(self, shape: Shape, earlier: Mapping[str, Shape]) -> Shape:
        if shape.timesteps is None:
            was_there = any(other.timesteps is not None for other in earlier.values())
            raise Misfit(
                f"{self.label} needs a sequence, but {shape.words} arrives. "
                + (
                    "Move it before the layer that ends the sequence."
                    if was_there
                    else "Choose a task with sequences, or take a Dense layer in its place."
                )
            )
        return shape._replace(features=self.units)

    def weights(self, shape: Shape, earlier: Mapping[str, Shape]) -> dict[str, tuple[int, ...]]:
        rows = self.gates * self.units
        return {
            "weight_ih": (rows, shape.features),
            "weight_hh": (rows, self.units),
            "bias_ih": (rows,),
            "bias_hh": (rows,),
        }

    def held(self, shape: Shape) -> int:
        return (shape.timesteps or 0) * (shape.features + 1 + self.blocks * self.units)


class LearnedRecurrent(Recurrent):
    """One that trains, unless it is frozen: how its weights are drawn is set."""

    weight_init: Annotated[Initializer, Note(term="initialization")] = Field(
        default=Default(), title="Input init", description="How W_ih is drawn, gate by gate."
    )
    recurrent_init: Annotated[Initializer, Note(term="orthogonal-init")] = Field(
        default=Default(), title="Recurrent init", description="How W_hh is drawn, gate by gate."
    )
    bias_init: Annotated[Initializer | None, Note(term="initialization")] = Field(
        default=None,
        title="Bias init",
        description="Fills b_ih and leaves b_hh zero; without one both are PyTorch's uniform ±1/√units.",
    )
    frozen: Frozen = False
