"""What the judge says: one alert for one trouble, raised once and taken back when the trouble goes."""

from dataclasses import dataclass
from typing import Literal

from vgviewer.experiment import AlertKind

Axis = Literal["depth", "time"]
Severity = Literal["warning", "critical"]
TITLES: dict[AlertKind, str] = {
    "vanishing": "Vanishing",
    "exploding": "Exploding",
    "non_finite": "Not finite",
}


@dataclass(frozen=True)
class Finding:
    """What a rule sees at one step. `value` is beyond `threshold` in the direction of `kind`;
    layer and timestep (from 1) are where, going back from the loss, it first passes it."""

    kind: AlertKind
    axis: Axis | None
    layer: str | None
    timestep: int | None
    value: float
    threshold: float
    message: str


@dataclass(frozen=True)
class Alert:
    """A finding that persisted: `step` is when it was first raised, `until` when it was taken back (None: it
    stands)."""

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

    @property
    def stands(self) -> bool:
        """Whether the trouble is there now."""
        return self.until is None

    @property
    def title(self) -> str:
        """For the head of a card: "Vanishing in time, rnn1"."""
        where = {"time": " in time", "depth": " with depth", None: ""}[self.axis]
        return f"{TITLES[self.kind]}{where}" + (f", {self.layer}" if self.layer else "")
