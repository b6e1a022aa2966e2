"""Two ways of doing the same, measured side by side in one process: noise of the machine falls on both."""

import gc
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

Step = Callable[[], object]
WARM_STEPS = 5
TURN_SECONDS = (
    0.06  # long against the clock's grain and the odd interrupt, short against drifts of the machine
)


@dataclass(frozen=True)
class Reading:
    """The median of a figure over `pairs` interleaved pairs, and how far its middle half spreads (Q3 − Q1)."""

    value: float
    pairs: int
    spread: float


def ratio(ours: Step, plain: Step, pairs: int) -> Reading:
    """CPU time of one step of ours over one of theirs, of this thread alone."""
    return middle([mine / theirs for mine, theirs in rounds([ours, plain], pairs)])


def rounds(sides: Sequence[Step], count: int) -> list[tuple[float, ...]]:
    """CPU seconds of one step of each side, taken in turns; who begins a round changes."""
    steps = [_steps_in_a_turn(side) for side in sides]
    found = []
    gc.collect()
    gc.disable()  # a collection would fall on whoever happens to be at work
    try:
        for number in range(count):
            order = [(number + place) % len(sides) for place in range(len(sides))]
            seconds = {place: _seconds(sides[place], steps[place]) for place in order}
            found.append(tuple(seconds[place] for place in range(len(sides))))
    finally:
        gc.enable()
    return found


def middle(values: list[float]) -> Reading:
    """Median and middle half of at least two values."""
    quartiles = statistics.quantiles(values, n=4, method="inclusive")
    return Reading(statistics.median(values), len(values), quartiles[2] - quartiles[0])


def _seconds(step: Step, count: int) -> float:
    """CPU seconds of one step, over `count` of them."""
    begun = time.thread_time()
    for _ in range(count):
        step()
    return (time.thread_time() - begun) / count


def _steps_in_a_turn(step: Step) -> int:
    for _ in range(WARM_STEPS):
        step()
    return max(1, round(TURN_SECONDS / _seconds(step, 2)))
