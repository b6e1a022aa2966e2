"""U26: progress: step, loss, steps a second, elapsed, time left (hidden until stable, within 25 % after 20 %)."""

from collections.abc import Iterator
from itertools import accumulate, chain, repeat
from pathlib import Path

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from tests.app.filled import filled_window
from vgviewer.app import words
from vgviewer.app.pace import Pace

STEPS = 400
DICE = np.random.default_rng(3)
SECONDS = {
    "even": [0.05] * STEPS,
    "a slow first step": [3.0, *[0.05] * (STEPS - 1)],
    "a slow start": [*[0.2] * 30, *[0.05] * (STEPS - 30)],
    "uneven": list(DICE.uniform(0.02, 0.08, STEPS)),
    "fast": [0.02] * STEPS,
    "slow": [2.0] * STEPS,
}
DRAIN_S = 0.066


def drained(seconds: list[float]) -> Iterator[tuple[float, int]]:
    """The moment, and how many steps are made, at each look into the queue."""
    next_look = 0.0
    for step, moment in enumerate(accumulate(seconds), start=1):
        if moment >= next_look:
            yield moment, step
            next_look = moment + DRAIN_S


@pytest.mark.parametrize("name", SECONDS)
def test_that_the_time_left_is_within_a_quarter_after_a_fifth_of_the_run(name: str) -> None:
    pace, total = Pace(), sum(SECONDS[name])
    promised = 0
    for moment, step in drained(SECONDS[name]):
        pace.mark(moment, step)
        left = pace.seconds_left(STEPS)
        if left is None or step < STEPS / 5:
            continue
        promised += 1
        truth = total - moment
        assert left == pytest.approx(truth, rel=0.25, abs=0.5)
    assert promised > 20


def test_that_nothing_is_promised_while_the_pace_is_not_stable() -> None:
    pace = Pace()
    speeds = chain([1.0] * 3, repeat(0.05, 200))
    seen = []
    for moment, step in drained(list(speeds)):
        pace.mark(moment, step)
        seen.append(pace.seconds_left(STEPS))
    assert seen[3] is None, "the first seconds are unlike what follows"
    assert seen[-1] is not None


def test_that_pauses_are_not_counted_as_work() -> None:
    pace = Pace()
    pace.mark(10.0, 0)
    pace.mark(12.0, 40)
    pace.rest()
    pace.mark(100.0, 40)
    pace.mark(103.0, 100)
    assert pace.elapsed_s == pytest.approx(5.0)
    pace.begin()
    assert pace.elapsed_s == 0


def test_that_the_top_bar_says_all_of_it(qtbot: QtBot, tmp_path: Path) -> None:
    with filled_window(tmp_path) as window:
        window.live.reset()
        window.live.train_or_pause()
        for _ in range(3):
            window.live.drain()
        assert window.live.state == "running"
        pace = window.live.pace
        pace.begin()
        for second in range(4):
            pace.mark(float(second), 3 * second)
        first, second_line = words.numbers(window.live)
        assert first == "step 11 of 30, loss 0.200"
        assert second_line == "3.0 steps/s, trained 3 s, about 7 s left"
        window._show_words()
        assert window.top_bar._first.text() == first
        assert window.top_bar._second.text() == second_line
        assert window.top_bar._second.isVisible()
