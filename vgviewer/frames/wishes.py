"""What a person may ask of a run under way. A run serves one wish after another, before its next step."""

from dataclasses import dataclass
from typing import Literal

Knob = Literal["lr", "clip", "recurrent_gain", "dropout"]
InspectionKind = Literal["reach", "jacobians", "hops", "answers"]
Wanted = InspectionKind | Literal["details"]  # what is measured only when somebody looks


@dataclass(frozen=True)
class Change:
    """Turns a knob from the next step on; answered with `Changed`."""

    knob: Knob
    value: float


@dataclass(frozen=True)
class Inspect:
    """Looks closely at the network as it is now; answered with the inspection of that kind, or with `Refused`."""

    kind: InspectionKind


@dataclass(frozen=True)
class Look:
    """Asks the next frame for its details."""


Wish = Change | Inspect | Look
