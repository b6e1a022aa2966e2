"""Two ways of doing the same, measured side by side in one process: noise of the machine falls on both."""

import gc
import statistics
import time
from collections.abc import Callable, Iterator
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
    return middle(ratios(ours, plain, pairs))


def ratios(ours: Step, plain: Step, pairs: int) -> list[float]:
    """One ratio for each pair of turns; who comes first alternates."""
    counts = (_steps_in_a_turn(ours), _steps_in_a_turn(plain))
    gc.collect()
    gc.disable()  # a collection would fall on whoever happens to be at work
    try:
        return list(_turns(ours, plain, counts, pairs))
    finally:
        gc.enable()


def middle(values: list[float]) -> Reading:
    """Median and middle half of at least two values."""
    quartiles = statistics.quantiles(values, n=4, method="inclusive")
    return Reading(statistics.median(values), len(values), quartiles[2] - quartiles[0])


def _turns(ours: Step, plain: Step, counts: tuple[int, int], pairs: int) -> Iterator[float]:
    for number in range(pairs):
        if number % 2:
            theirs, mine = _seconds(plain, counts[1]), _seconds(ours, counts[0])
        else:
            mine, theirs = _seconds(ours, counts[0]), _seconds(plain, counts[1])
        yield mine / theirs


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
