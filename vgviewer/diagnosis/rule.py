"""The form of a rule."""

from collections.abc import Callable
from dataclasses import dataclass

from vgviewer.diagnosis.alert import Axis, Finding
from vgviewer.diagnosis.sight import Sight
from vgviewer.experiment import AlertKind


@dataclass(frozen=True)
class Rule:
    """`judge(sight, threshold)` finds the trouble in one frame or None. An alert that stands is judged with
    `threshold` eased by the factor `relief`, so that it does not flicker. `sick` and `healthy` are frames by hand.

    `persistence` is for how many frames in a row the trouble must be seen before it is said.
    """

    kind: AlertKind
    axis: Axis | None
    threshold: float
    relief: float
    persistence: int
    only_while_loss_is_high: bool
    judge: Callable[[Sight, float], Finding | None]
    sick: Sight
    healthy: Sight
