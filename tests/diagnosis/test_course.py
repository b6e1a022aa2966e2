"""Whether a loss is high, falls or has stalled."""

import random

import pytest

from vgviewer.diagnosis.course import Course, falls
from vgviewer.diagnosis.examples import dense_layers
from vgviewer.frames import Frame, Started


def after(losses: list[float], started: Started | None = None) -> Course:
    """The course of a run with these losses; the baseline is 1 unless `started` says otherwise."""
    course = Course(started or dense_layers(1))
    for step, loss in enumerate(losses):
        course.take(Frame(step, loss))
    return course


def test_that_a_loss_is_high_until_half_of_the_baseline_is_left() -> None:
    assert after([0.9] * 50).loss_is_high
    assert not after([0.4] * 50).loss_is_high
    assert not after([8.0] + [3.0] * 50, dense_layers(1, baseline=None)).loss_is_high
    assert after([-1.0] * 50, dense_layers(1, baseline=None)).loss_is_high


def test_that_noise_is_no_fall() -> None:
    noise = random.Random(0)
    older, newer = ([noise.expovariate(1.0) for _ in range(20)] for _ in range(2))
    assert not falls(older, newer)
    assert not falls(newer, older)


@pytest.mark.parametrize(("per_step", "seen"), [(0.999, False), (0.99, True), (1.0, False), (1.01, False)])
def test_that_a_fall_is_seen_when_it_is_clear(per_step: float, seen: bool) -> None:
    assert after([per_step**step for step in range(60)]).is_falling() is seen


def test_that_nothing_is_said_of_a_trend_after_a_few_steps() -> None:
    assert after([1.0] * 10).is_falling() is None
    assert not after([1.0] * 10).is_stuck


def test_that_a_slow_fall_shows_in_a_longer_run() -> None:
    losses = [0.998**step for step in range(400)]
    assert not after(losses[:30]).is_falling()
    assert after(losses).is_falling()


def test_that_what_falls_to_the_baseline_is_stuck_all_the_same() -> None:
    falling = [1.0 + 2 * 0.93**step for step in range(40)]
    assert after(falling).is_falling()
    assert after(falling).is_stuck
    assert not after([0.97**step for step in range(40)]).is_stuck


def test_that_a_baseline_which_is_a_good_answer_is_not_held_against_a_falling_loss() -> None:
    sequences = dense_layers(1, timesteps=20, baseline_is_good=True)
    assert not after([1.0 + 2 * 0.93**step for step in range(40)], sequences).is_stuck


def test_that_a_loss_without_an_end_does_not_spoil_the_mean() -> None:
    course = after([1.0, 1.0, float("nan")])
    assert course.mean == 1.0
    assert course.loss_is_high


def test_that_a_loss_which_explodes_at_once_does_not_raise_its_own_start() -> None:
    exploded = [2.0, 5e9, 6e9, 6e9, 6e9, 6e9]
    assert after(exploded).start == 2.0
    assert after([0.1, *exploded]).start == 1.0  # the baseline is larger
