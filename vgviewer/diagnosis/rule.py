"""The form of a rule."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from vgviewer.diagnosis.alert import Axis, Finding
from vgviewer.diagnosis.sight import Sight
from vgviewer.experiment import AlertKind


@dataclass(frozen=True)
class Rule:
    """`judge(sight, threshold)` finds the trouble in one frame or None. An alert that stands is judged with
    `threshold` eased by the factor `relief`, so that it does not flicker. `sick` and `healthy` are frames by hand.

    The trouble is said as a warning when it was seen in `persistence` frames in a row. It becomes critical, where the
    finding asks for action, after `patience` frames (or half of what is left of the run, if that is less): unless the
    network learns by then, by what counts as learning here, or the trouble goes away by itself. A rule that is not only
    for a high loss is critical at once.
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
    patience: int = 100
    counts_as_learning: Literal["a falling loss", "beating the baseline", "any gain", "nothing"] = (
        "a falling loss"
    )
