"""The end of a sequence."""

from typing import ClassVar, Literal

from vgviewer.network.ending import Ending


class LastStep(Ending):
    """Only the last timestep goes on."""

    label: ClassVar[str] = "Last timestep"
    summary: ClassVar[str] = (
        "Passes on the last timestep of a sequence: the loss enters there and nowhere else."
    )
    formula: ClassVar[str] = "y = x_T"
    shape_rule: ClassVar[str] = "T × F goes in, a vector of F comes out."
    term: ClassVar[str] = "backpropagation-through-time"

    type: Literal["last_step"] = "last_step"
