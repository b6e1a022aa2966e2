"""The mean of a sequence."""

from typing import ClassVar, Literal

from vgviewer.network.ending import Ending


class MeanOverTime(Ending):
    """The direct part of the gradient is the same at every timestep."""

    label: ClassVar[str] = "Mean over time"
    summary: ClassVar[str] = (
        "Passes on the mean of all timesteps: the loss enters at every one, a T-th of it each."
    )
    formula: ClassVar[str] = "y = (x_1 + … + x_T) / T"
    shape_rule: ClassVar[str] = "T × F goes in, a vector of F comes out."
    gathers_timesteps: ClassVar[bool] = True

    type: Literal["mean_over_time"] = "mean_over_time"
