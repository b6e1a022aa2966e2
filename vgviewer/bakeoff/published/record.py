"""A run as the published rules see it, and the form in which they answer."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from vgviewer.bakeoff.trial import Outcome, Report
from vgviewer.frames.snapshot import Snapshot

Bools = NDArray[np.bool_]
Floats = NDArray[np.float64]
Said = Literal[
    "vanishing", "exploding", "non_finite", "dead_units", "saturated", "update_ratio", "poor_initialization"
]

IN_A_ROW = 5  # steps; as late as our own judge may be
LATELY = 10  # batches; TheDeepChecker's buffer
OTHERS: tuple[Said, ...] = (
    "saturated",
    "update_ratio",
    "poor_initialization",
)  # the labels do not speak of them


@dataclass(frozen=True)
class Record:
    """The snapshots of a run, S of them in order, at least one; `baseline` is the loss without the past or the input,
    where the task knows it; `has_accuracy` whether the metric is one.

    Properties are (S, W), one column for each of the W weight matrices, or (S,). Biases are left out: in front of batch
    normalization theirs is 0 by construction, and it would be no merit of a rule to alarm about that.
    """

    snapshots: Sequence[Snapshot]
    baseline: float | None = None
    has_accuracy: bool = False

    @cached_property
    def metric(self) -> Floats:
        return np.array([snapshot.metric for snapshot in self.snapshots])

    @cached_property
    def loss(self) -> Floats:
        return np.array([snapshot.loss for snapshot in self.snapshots])

    @cached_property
    def mean_gradient(self) -> Floats:
        return self._of_weights([snapshot.mean_gradient for snapshot in self.snapshots])

    @cached_property
    def gradient_norm(self) -> Floats:
        return self._of_weights([snapshot.gradient_norm for snapshot in self.snapshots])

    @cached_property
    def update_ratio(self) -> Floats:
        return self._of_weights([snapshot.update_ratio for snapshot in self.snapshots])

    @cached_property
    def variance(self) -> Floats:
        return self._of_weights([snapshot.variance for snapshot in self.snapshots])

    @cached_property
    def broken(self) -> Bools:
        """Where loss or gradients, also those of biases, are not finite."""
        finite = np.array([snapshot.finite.all() for snapshot in self.snapshots])
        return ~(finite & np.isfinite(self.loss))

    @cached_property
    def zero_share(self) -> Floats:
        """The share of all entries of all gradients that are exactly 0."""
        return np.array([np.average(each.zeros, weights=each.counts) for each in self.snapshots])

    @cached_property
    def first_to_last(self) -> Floats:
        """‖g‖ of the first weight matrix over that of the last; 0 where both are 0."""
        first, last = self.gradient_norm[:, 0], self.gradient_norm[:, -1]
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.where(first == 0, 0.0, first / last)

    @cached_property
    def active(self) -> list[Floats]:
        """(S, units) for each relu layer: the share of the step's batch at which the unit is above 0."""
        return self._of_units(lambda seen: seen.activity)

    @cached_property
    def lately_active(self) -> list[Floats]:
        """(S, units) likewise, of this and the batches before, LATELY in all: in a batch of one half of the units may
        well be off."""
        return [_lately(units) for units in self.active]

    @cached_property
    def beyond(self) -> list[Floats]:
        return self._of_units(lambda seen: seen.beyond)

    @cached_property
    def rho(self) -> list[Floats]:
        return self._of_units(lambda seen: seen.rho)

    def mostly(self, layers: Sequence[Bools]) -> Bools:
        """(S, units) of each layer → (S,): where it holds for more than half of the units of any layer."""
        found = np.zeros(len(self.snapshots), bool)
        for units in layers:
            found |= units.mean(1) > 0.5
        return found

    def _of_units(self, layers: Callable[[Snapshot], tuple[Floats, ...]]) -> list[Floats]:
        return [np.stack(steps) for steps in zip(*map(layers, self.snapshots), strict=True)]

    def _of_weights(self, rows: Sequence[Floats]) -> Floats:
        return np.stack(rows)[:, self.snapshots[0].is_weight]


@dataclass(frozen=True)
class Tool:
    """`judge` gives, for each kind of trouble that the tool knows, the steps (S,) at which it alarms; `warns` those at
    which it has a milder word, if it knows one."""

    name: str
    source: str
    judge: Callable[[Record], Mapping[Said, Bools]]
    warns: Callable[[Record], Mapping[Said, Bools]] = lambda record: {}


def _first(found: Mapping[Said, Bools], record: Record) -> dict[Said, int]:
    """The step of the first alarm of each kind."""
    return {
        kind: record.snapshots[int(np.argmax(alarms))].step for kind, alarms in found.items() if alarms.any()
    }


def _lately(units: Floats) -> Floats:
    return np.stack([units[max(0, end - LATELY) : end].mean(0) for end in range(1, len(units) + 1)])


def anywhere(found: Bools) -> Bools:
    """(S, W) → (S,): at any weight matrix."""
    return np.asarray(found.any(1))


def lasting(found: Bools) -> Bools:
    """Where it has held at the last few steps. Published tools look every so many steps or epochs: what passes between
    two looks they do not see, and are not blamed for."""
    counts = np.zeros(len(found), np.int64)
    held = 0
    for step, here in enumerate(found):
        held = held + 1 if here else 0
        counts[step] = held
    return counts >= IN_A_ROW


def outcome(tool: Tool, run: str, record: Record) -> Outcome:
    """The first alarm of each kind, critical, for these tools take none back; alarms of a kind that the labels do not
    speak of as warnings, as what the tool itself calls one. That a number is not finite also counts as having seen an
    explosion."""
    first = _first(tool.judge(record), record)
    if "non_finite" in first:
        first["exploding"] = min(first["non_finite"], first.get("exploding", first["non_finite"]))
    reports = tuple(
        Report(kind=kind, axis=None, step=step, severity="warning" if kind in OTHERS else "critical")
        for kind, step in first.items()
    ) + tuple(
        Report(kind=kind, axis=None, step=step, severity="warning")
        for kind, step in _first(tool.warns(record), record).items()
        if kind not in first
    )
    losses = record.loss
    return Outcome(run, tool.name, reports, None, float(losses[0]), float(losses[-1]))
