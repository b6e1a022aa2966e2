"""What ends a sequence: (T, B, H) → (B, ·)."""

from collections.abc import Mapping

from torch import Tensor

from vgviewer.engine.build.part import Part, Plan
from vgviewer.network.ending import Ending


class EndingPart(Part):
    """Without parameters."""

    def __init__(self, layer: Ending, plan: Plan) -> None:
        super().__init__(layer)


class LastStepPart(EndingPart):
    """The last timestep."""

    def respond(self, x: Tensor, earlier: Mapping[str, Tensor]) -> Tensor:
        return x[-1]


class MeanOverTimePart(EndingPart):
    """The mean of all timesteps."""

    def respond(self, x: Tensor, earlier: Mapping[str, Tensor]) -> Tensor:
        return x.mean(0)


class FlattenPart(EndingPart):
    """All timesteps side by side, the first one first: (B, T·H)."""

    def respond(self, x: Tensor, earlier: Mapping[str, Tensor]) -> Tensor:
        return x.transpose(0, 1).flatten(1)
