"""The criteria of the labels, on true numbers alone; docs/labelled-runs.md says them in plain words."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from tests.labelled.measure import Reading
from vgviewer.bakeoff.labelled import TROUBLES, Trouble

Found = (
    int | Literal["unclear"] | None
)  # the onset, or that nobody can say, or that the run has not the trouble

VANISHED, REACHES = 1e-4, 1e-2  # of the gradient: sick below the first, clean above the second
EXPLODED, TAME = 1e4, 1e3  # times the gradient: sick above the first, clean below the second
DEAD, ALIVE = 0.8, 0.4  # of a layer's units: likewise; half of a deep layer's are constant by chance
DIVERGED, STEADY = 10.0, 3.0  # times the loss to start from, over ten steps: likewise
LEARNED, STUCK = 0.5, 0.7  # of the loss to start from, on fresh samples: learned below, stuck above
FALLS = 0.1  # of the loss on fresh samples, over the last third of the run: such a network is learning
LASTING = 0.8  # share of the judged steps at which a lasting trouble is there
SHORTEST = 10  # steps: what began later cannot be told from a moment's trouble
LOSS_STEPS = 10


@dataclass(frozen=True)
class Evidence:
    """All that is known of a run: the numbers of the judged steps, every training loss (without its scale), the loss
    on fresh samples at the start, after two thirds and at the end (NaN where the run never came there), the task's
    baseline, and the step of the first loss or gradient that was not finite in float32."""

    readings: Sequence[Reading]
    losses: Sequence[float]
    fresh: tuple[float, float, float]
    baseline: float | None
    not_finite: int | None

    @property
    def reference(self) -> float:
        """The loss to start from: the baseline, or the first loss on fresh samples."""
        return self.fresh[0] if self.baseline is None else self.baseline

    @property
    def has_learned(self) -> bool:
        """False also where the loss is not a number."""
        return self.not_finite is None and self.fresh[2] < LEARNED * self.reference

    @property
    def is_learning(self) -> bool:
        """Whether it learned, is near it, or was on its way when the run ended."""
        falling = self.fresh[2] < (1 - FALLS) * self.fresh[1]
        return self.not_finite is None and (self.fresh[2] < STUCK * self.reference or falling)

    def mean_loss(self, step: int) -> float:
        """Over the ten steps up to this one, as many as there are; +inf where a loss was not finite."""
        newest = self.losses[max(0, step + 1 - LOSS_STEPS) : step + 1]
        mean = sum(newest) / len(newest)
        return mean if math.isfinite(mean) else math.inf


@dataclass(frozen=True)
class Truth:
    """`verdict` is None where the label would be open to dispute: such a run is left out of the set."""

    onsets: dict[Trouble, int]
    unclear: frozenset[Trouble]
    verdict: str | None


def truth(seen: Evidence) -> Truth:
    """The label."""
    found = {trouble: judged(trouble, seen) for trouble in TROUBLES}
    onsets = {trouble: step for trouble, step in found.items() if isinstance(step, int)}
    unclear = frozenset(trouble for trouble, step in found.items() if step == "unclear")
    return Truth(onsets, unclear, verdict(seen, onsets, unclear))


def verdict(seen: Evidence, onsets: dict[Trouble, int], unclear: frozenset[Trouble]) -> str | None:
    """The first that holds in the order of the words; None where one before it is unclear, or where a network without
    a trouble does not learn either."""
    words: dict[Trouble, str] = {
        "non_finite": "non_finite",
        "exploding": "exploding",
        "vanishing_depth": "vanishing",
        "vanishing_time": "vanishing",
        "dead_units": "dead_units",
    }
    for trouble, word in words.items():
        if trouble in onsets:
            return word
        if trouble in unclear and is_open(trouble, seen, onsets):
            return None
    return "healthy" if seen.has_learned or is_on_its_way(seen) else None


def is_open(trouble: Trouble, seen: Evidence, onsets: dict[Trouble, int]) -> bool:
    """Whether an unclear trouble could decide the verdict: it was suspect in the last third of the run, and no other
    trouble gives the same word."""
    if trouble == "vanishing_depth" and "vanishing_time" in onsets:
        return False
    late = [reading for reading in seen.readings if reading.step >= 2 * len(seen.losses) / 3]
    return any(beyond(trouble, seen, reading, sick=False) for reading in late)


def is_on_its_way(seen: Evidence) -> bool:
    """Clearly better than at the start, and than the loss to start from."""
    return seen.fresh[2] < (1 - FALLS) * min(seen.fresh[0], seen.reference)


def judged(trouble: Trouble, seen: Evidence) -> Found:
    """One trouble."""
    if trouble == "non_finite":
        return seen.not_finite
    if seen.has_learned:
        return None  # whatever it looks like: nothing is to be done about it
    sick = [bool(beyond(trouble, seen, reading, sick=True)) for reading in seen.readings]
    suspect = [beyond(trouble, seen, reading, sick=False) for reading in seen.readings]
    if not any(suspect):
        return None
    onset = lasting_from(sick, seen)
    if onset is None or not_worth_a_word(trouble, seen):
        return "unclear"
    return onset


def not_worth_a_word(trouble: Trouble, seen: Evidence) -> bool:
    """Whether the network is learning all the same; a loss that runs away is no way of learning."""
    return seen.is_learning and not (
        trouble == "exploding" and diverges(seen, len(seen.losses) - 1, DIVERGED)
    )


def lasting_from(sick: Sequence[bool], seen: Evidence) -> int | None:
    """The first sick step from which on four of five judged steps are sick, up to the end; None where there is none,
    where it lies in the last ten steps, or where the last third of the run is sick less often than that."""
    steps = [reading.step for reading in seen.readings]
    end = len(seen.losses)
    last_third = [held for step, held in zip(steps, sick, strict=True) if step >= 2 * end / 3]
    if not last_third or sum(last_third) < LASTING * len(last_third):
        return None
    for place, held in enumerate(sick):
        if held and sum(sick[place:]) >= LASTING * len(sick[place:]):
            return steps[place] if steps[place] <= end - SHORTEST else None
    return None


def beyond(trouble: Trouble, seen: Evidence, reading: Reading, sick: bool) -> bool:
    """Whether one step is beyond the bound of the sick, or no longer within that of the clean."""
    match trouble:
        case "vanishing_depth":
            return reading.depth is not None and reading.depth < (VANISHED if sick else REACHES)
        case "vanishing_time":
            return reading.time is not None and reading.time < (VANISHED if sick else REACHES)
        case "dead_units":
            return reading.dead is not None and reading.dead > (DEAD if sick else ALIVE)
        case _:
            growth = max(reading.depth_growth or 0.0, reading.time_growth or 0.0)
            grows = growth > (EXPLODED if sick else TAME)
            return grows or diverges(seen, reading.step, DIVERGED if sick else STEADY)


def diverges(seen: Evidence, step: int, times: float) -> bool:
    """Whether the mean loss of ten steps is so many times the first loss and the baseline."""
    return seen.mean_loss(step) > times * max(seen.fresh[0], seen.reference)
