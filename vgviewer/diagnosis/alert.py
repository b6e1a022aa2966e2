"""What the judge says: one alert for one trouble, raised once and taken back when the trouble goes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from vgviewer.experiment import AlertKind

Axis = Literal["depth", "time"]
Severity = Literal["warning", "critical"]
TITLES: dict[AlertKind, str] = {
    "vanishing": "Vanishing",
    "exploding": "Exploding",
    "non_finite": "Not finite",
    "dead_units": "Dead units",
    "saturated": "Saturated",
    "not_learning": "Not learning",
    "update_ratio": "Size of the updates",
    "weights_growing": "Growing weights",
    "cut_off": "Gradient cut off",
}
MATTERS: dict[AlertKind, str] = {
    "non_finite": "Every number that follows from it is lost, too: nothing can be learned any more.",
    "dead_units": "A unit that always gives 0 has no gradient: it takes no part in learning and seldom comes back.",
    "saturated": "Where the slope is nearly 0 the gradient ends: these units hardly learn, nor does what lies below.",
    "not_learning": "Gradients arrive, and yet the answers are no better than without the input.",
    "update_ratio": "Steps too large overshoot what they aim at, steps too small lead nowhere.",
    "weights_growing": "Large weights make a network steep: its gradients explode, or its units saturate.",
    "cut_off": "Behind the cut nothing is learned from this loss.",
}
OF_AXIS: dict[tuple[AlertKind, Axis | None], str] = {
    (
        "vanishing",
        "time",
    ): "What lies further back hardly changes the weights: the network cannot learn to use it.",
    ("vanishing", "depth"): "The layers below hardly learn: they stay nearly as they were drawn.",
    ("exploding", "time"): "A single step can throw the weights far away, and what was learned with them.",
    ("exploding", "depth"): "A single step can throw the weights far away, and what was learned with them.",
    ("exploding", None): "The run is losing what it has learned.",
}


def matters(kind: AlertKind, axis: Axis | None) -> str:
    """Why somebody should care, in a sentence."""
    return OF_AXIS.get((kind, axis), "") or MATTERS.get(kind, "")


@dataclass(frozen=True)
class Finding:
    """What a rule sees at one step. `value` is beyond `threshold` in the direction of `kind`;
    layer and timestep (from 1) are where, going back from the loss, it first passes it. One that does not ask for
    action informs: it never becomes critical."""

    kind: AlertKind
    axis: Axis | None
    layer: str | None
    timestep: int | None
    value: float
    threshold: float
    message: str
    asks_for_action: bool = True


@dataclass(frozen=True)
class Hop:
    """What one hop does to the size of the gradient: `gain` is the product of `factors`, in the order in which the
    gradient meets them. `timestep` (from 1) is where it arrives, None for a hop from a layer to the one below.

    `detour` is the product of a second path by itself, `shares` the signed shares of the paths; they sum to 1.
    """

    start: str
    layer: str
    timestep: int | None
    gain: float
    factors: Mapping[str, float]
    detour: Mapping[str, float] = field(default_factory=dict)
    shares: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Cause:
    """Why: in words, and hop by hop going back from the loss (empty where the trouble is not one of hops). `step` is
    the one it was measured at; `summary` is for those who see the hops: the words without their figures."""

    text: str
    hops: tuple[Hop, ...] = ()
    step: int | None = None
    summary: str = ""


@dataclass(frozen=True)
class Alert:
    """A finding that persisted: `step` is when it was first raised, `until` when it was taken back (None: it
    stands). `cause` is None until the network has been looked at closely. `measured` is the step of its value and
    message, `critical_since` the one at which it became critical, None while it is a warning."""

    kind: AlertKind
    axis: Axis | None
    layer: str | None
    timestep: int | None
    step: int
    until: int | None
    severity: Severity
    value: float
    threshold: float
    message: str
    cause: Cause | None = None
    measured: int | None = None
    critical_since: int | None = None

    @property
    def stands(self) -> bool:
        """Whether the trouble is there now."""
        return self.until is None

    @property
    def title(self) -> str:
        """For the head of a card: "Vanishing in time, rnn1"."""
        where = {"time": " in time", "depth": " with depth", None: ""}[self.axis]
        return f"{TITLES[self.kind]}{where}" + (f", {self.layer}" if self.layer else "")
