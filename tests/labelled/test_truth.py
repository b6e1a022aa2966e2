"""The criteria of the labels, on numbers written by hand."""

import math
from collections.abc import Sequence
from typing import Any

import pytest

from tests.labelled.measure import Reading
from tests.labelled.truth import Evidence, Truth, truth
from vgviewer.bakeoff.labelled import Trouble

STEPS = 60
SICK: dict[Trouble, dict[str, float]] = {
    "vanishing_depth": {"depth": 1e-5},
    "vanishing_time": {"time": 1e-5},
    "dead_units": {"dead": 0.9},
}
BETWEEN: dict[Trouble, dict[str, float]] = {
    "vanishing_depth": {"depth": 1e-3},
    "vanishing_time": {"time": 1e-3},
    "dead_units": {"dead": 0.5},
    "exploding": {"depth_growth": 3e3},
}


def seen(
    numbers: Sequence[dict[str, float]] = ({},) * STEPS,
    losses: Sequence[float] | None = None,
    fresh: tuple[float, float, float] = (1.0, 1.0, 1.0),
    **more: Any,
) -> Evidence:
    """A run that is judged at every step and stays at its baseline."""
    readings = [Reading(step, **values) for step, values in enumerate(numbers)]
    more = {"baseline": 1.0, "not_finite": None} | more
    return Evidence(readings, list(losses or [1.0] * len(numbers)), fresh, **more)


def sick_from(trouble: Trouble, step: int) -> list[dict[str, float]]:
    return [SICK[trouble] if place >= step else {} for place in range(STEPS)]


@pytest.mark.parametrize("trouble", SICK)
@pytest.mark.parametrize("onset", [0, 17])
def test_that_the_onset_is_the_first_step_of_the_lasting_stretch(trouble: Trouble, onset: int) -> None:
    assert truth(seen(sick_from(trouble, onset))).onsets == {trouble: onset}


@pytest.mark.parametrize("trouble", SICK)
def test_that_a_passing_moment_is_no_onset(trouble: Trouble) -> None:
    numbers = [SICK[trouble]] * 3 + sick_from(trouble, 30)[3:]
    assert truth(seen(numbers)).onsets == {trouble: 30}


@pytest.mark.parametrize("trouble", SICK)
def test_that_a_run_of_few_steps_cannot_tell(trouble: Trouble) -> None:
    assert truth(seen(sick_from(trouble, 3)[:12])).unclear == {trouble}


@pytest.mark.parametrize("trouble", SICK)
def test_that_one_step_in_six_may_be_better(trouble: Trouble) -> None:
    numbers = [{} if step % 6 == 5 else SICK[trouble] for step in range(STEPS)]
    assert truth(seen(numbers)).onsets == {trouble: 0}


@pytest.mark.parametrize("trouble", SICK)
@pytest.mark.parametrize("last", [20, 50])
def test_that_a_trouble_that_goes_is_unclear(trouble: Trouble, last: int) -> None:
    numbers = [SICK[trouble] if step < last else {} for step in range(STEPS)]
    found = truth(seen(numbers))
    assert not found.onsets
    assert found.unclear == {trouble}


@pytest.mark.parametrize("trouble", SICK)
def test_that_what_begins_at_the_very_end_is_unclear(trouble: Trouble) -> None:
    assert truth(seen(sick_from(trouble, STEPS - 5))).unclear == {trouble}


@pytest.mark.parametrize("trouble", BETWEEN)
def test_that_between_the_bounds_nobody_can_say(trouble: Trouble) -> None:
    assert truth(seen([BETWEEN[trouble]] * STEPS)) == Truth({}, frozenset((trouble,)), None)


@pytest.mark.parametrize("trouble", SICK)
def test_that_a_network_that_has_learned_is_healthy(trouble: Trouble) -> None:
    found = truth(seen([SICK[trouble]] * STEPS, fresh=(1.0, 0.9, 0.4)))
    assert found == Truth({}, frozenset(), "healthy")


@pytest.mark.parametrize("trouble", SICK)
def test_that_a_network_that_is_learning_is_not_called_sick(trouble: Trouble) -> None:
    found = truth(seen([SICK[trouble]] * STEPS, fresh=(1.0, 0.95, 0.8)))
    assert found == Truth({}, frozenset((trouble,)), None)


def test_that_a_network_that_does_not_learn_and_has_nothing_is_left_out() -> None:
    assert truth(seen()) == Truth({}, frozenset(), None)


def test_that_settling_on_the_baseline_is_not_learning() -> None:
    assert truth(seen(fresh=(9.0, 1.4, 1.0))).verdict is None


def test_that_better_than_the_baseline_is_healthy() -> None:
    assert truth(seen(fresh=(1.0, 0.9, 0.85))).verdict == "healthy"


def test_that_without_a_baseline_the_first_loss_counts() -> None:
    assert truth(seen(fresh=(8.0, 4.0, 3.0), baseline=None)).verdict == "healthy"


def test_that_ten_steps_of_ten_times_the_loss_are_an_explosion() -> None:
    losses = [1.0] * 20 + [30.0] * 40
    found = truth(seen(losses=losses))
    assert found.onsets == {"exploding": 23}  # (6 · 1 + 4 · 30) / 10 is the first mean above 10
    assert found.verdict == "exploding"


def test_that_a_loss_that_is_high_from_the_start_has_not_exploded() -> None:
    assert not truth(seen(losses=[50.0] * STEPS, fresh=(50.0, 50.0, 50.0))).onsets


@pytest.mark.parametrize("growth", ["depth_growth", "time_growth"])
def test_that_growth_of_the_gradient_is_an_explosion(growth: str) -> None:
    assert truth(seen([{growth: 2e4}] * STEPS)).onsets == {"exploding": 0}


def test_that_a_spike_of_the_loss_is_unclear_and_does_not_decide() -> None:
    losses = [1.0] * 10 + [500.0] + [1.0] * 49
    numbers = [SICK["vanishing_time"]] * STEPS
    found = truth(seen(numbers, losses))
    assert found.unclear == {"exploding"}
    assert found.verdict == "vanishing"


def test_that_a_loss_that_is_no_number_ends_the_run() -> None:
    losses = [1.0] * 59 + [math.nan]
    found = truth(seen(losses=losses, fresh=(1.0, math.nan, math.nan), not_finite=59))
    assert found.onsets == {"non_finite": 59}
    assert found.verdict == "non_finite"


@pytest.mark.parametrize(
    ("numbers", "verdict"),
    [
        ({"depth": 1e-5, "dead": 0.9, "time_growth": 1e5}, "exploding"),
        ({"depth": 1e-5, "dead": 0.9}, "vanishing"),
        ({"time": 1e-5, "dead": 0.9}, "vanishing"),
        ({"dead": 0.9}, "dead_units"),
        ({"depth": 1e-3, "dead": 0.9}, None),
        ({"depth": 1e-3, "time": 1e-5}, "vanishing"),
        ({"depth": 1e-5, "dead": 0.5}, "vanishing"),
    ],
)
def test_that_the_verdict_is_the_first_in_the_order_of_the_words(
    numbers: dict[str, float], verdict: str | None
) -> None:
    assert truth(seen([numbers] * STEPS)).verdict == verdict
