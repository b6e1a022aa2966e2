"""The closed set of messages that a run sends. Live, replayed and hand-made runs are the same: an iterator of
Message."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from vgviewer.frames.details import Details
from vgviewer.frames.inspections import Inspection
from vgviewer.frames.wishes import InspectionKind, Knob

Reason = Literal["done", "non_finite", "early_stopping"]
Readings = Mapping[str, NDArray[np.float32]]


@dataclass(frozen=True)
class Site:
    """A place where gradients are measured: a layer of the chain, or the output head (id "output"). What is
    `frozen` the optimizer leaves as it is."""

    id: str
    type: str
    recurrent: bool = False
    has_cell: bool = False
    has_weights: bool = False
    gates: tuple[str, ...] = ()
    frozen: bool = False


@dataclass(frozen=True)
class Started:
    """First message of a run. `timesteps` is 0 for a network without sequences; `dependency` is how many
    timesteps back the task needs the network to remember (None: not known); `baseline` is the loss that a
    network reaches which ignores the past (or the input), `baseline_text` the words for it;
    `baseline_is_good` says that little below it is much; `truncate` says after how
    many timesteps the gradient through time is cut; `goal` is the metric with which the task counts as solved; `clip`
    is the largest norm of the gradient that clipping leaves as it is (None: gradients are not clipped by norm)."""

    sites: tuple[Site, ...]
    timesteps: int
    steps: int
    metric_name: str
    baseline: float | None = None
    baseline_text: str = ""
    baseline_is_good: bool = False
    dependency: int | None = None
    truncate: int | None = None
    goal: float | None = None
    clip: float | None = None

    @cached_property
    def chain(self) -> list[int]:
        """The rows of the layers that hold weights, from the input on; the output head does not count."""
        return [row for row, site in enumerate(self.sites) if site.has_weights and site.id != "output"]

    @cached_property
    def recurrent(self) -> list[int]:
        """The rows of the recurrent layers, from the one nearest the loss back to the input."""
        return [row for row, site in enumerate(self.sites) if site.recurrent][::-1]


@dataclass(frozen=True)
class Frame:
    """One training step. `step` updates were made before it; `loss` is without loss_scale; arrays are read-only.

    `gradient_norm` is that of all gradients together that the optimizer takes, before clipping (None where it is not
    finite); `clipped` whether clipping struck."""

    step: int
    loss: float
    metric: float | None = None
    clipped: bool = False
    gradient_norm: float | None = None
    readings: Readings = field(default_factory=dict)
    details: Details | None = None


@dataclass(frozen=True)
class Changed:
    """A knob was turned before training step `step`."""

    step: int
    knob: Knob
    value: float


@dataclass(frozen=True)
class Refused:
    """An inspection that could not be made before training step `step`, and why; the run goes on."""

    step: int
    kind: InspectionKind
    text: str


@dataclass(frozen=True)
class Finished:
    """Last message of a run that ended by itself or was asked to; `step` updates were made, clipping struck at
    `clipped` of them."""

    step: int
    reason: Reason
    metric: float | None = None
    training_seconds: float = 0.0
    capture_seconds: float = 0.0
    clipped: int = 0


@dataclass(frozen=True)
class Failed:
    """Last message of a run that could not go on: `text` is for the person, `details` for a report."""

    text: str
    details: str = ""


Message = Started | Frame | Changed | Inspection | Refused | Finished | Failed
