"""The benchmark compares like with like, and its figures are what they say."""

import numpy as np
import pytest
import torch

from vgviewer.engine.bench import memory, pairs, speed
from vgviewer.engine.bench.errors import of_errors
from vgviewer.engine.bench.plain import Plain, trainer

NETWORKS = {
    "rnn": speed.recurrent("rnn", 12, 20),
    "gru": speed.recurrent("gru", 12, 20),
    "lstm": speed.recurrent("lstm", 12, 20),
    "dense": speed.dense(3),
}


@pytest.mark.parametrize("name", NETWORKS)
def test_that_plain_torch_trains_the_same_network_on_the_same_batches(name: str) -> None:
    experiment = NETWORKS[name]
    ours, plain = trainer(experiment), Plain(experiment)
    with torch.no_grad():
        for theirs, mine in zip(plain.parameters(), ours.net.parameters(), strict=True):
            theirs.copy_(mine)
    for _ in range(4):
        ours.advance()
        plain.step()
    for theirs, mine in zip(plain.parameters(), ours.net.parameters(), strict=True):
        np.testing.assert_allclose(mine.detach(), theirs.detach(), rtol=1e-4, atol=1e-6)


class Clock:
    """A processor whose time goes on only when somebody works."""

    def __init__(self) -> None:
        self.now = 0.0

    def worker(self, *seconds: float) -> "Worker":
        return Worker(self, seconds)


class Worker:
    """Takes so long for each call, over and over."""

    def __init__(self, clock: Clock, seconds: tuple[float, ...]) -> None:
        self.clock, self.seconds, self.calls = clock, seconds, 0

    def __call__(self) -> None:
        self.clock.now += self.seconds[self.calls % len(self.seconds)]
        self.calls += 1


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(pairs.time, "thread_time", lambda: clock.now)
    return clock


def test_that_a_ratio_is_of_one_step_of_each(clock: Clock) -> None:
    ours, plain = clock.worker(0.03), clock.worker(0.01)
    reading = pairs.ratio(ours, plain, 5)
    assert reading.value == pytest.approx(3.0)
    assert reading.spread == pytest.approx(0.0, abs=1e-9)
    assert reading.pairs == 5
    assert plain.calls > 2 * ours.calls  # turns are equally long


def test_that_one_turn_that_was_disturbed_does_not_move_the_median() -> None:
    reading = pairs.middle([1.0, 1.1, 0.9, 1.0, 40.0])
    assert reading.value == 1.0
    assert reading.spread == pytest.approx(0.1)


def test_that_exactness_is_measured_for_every_cell_and_precision() -> None:
    goals = list(of_errors(2))
    assert len(goals) == 6
    assert all(0 < goal.reading.value < goal.bound for goal in goals)


def test_that_a_wrong_gradient_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    from vgviewer.engine.bench import errors

    honest = errors.everything

    def direct_part_only(*arguments: object) -> dict[str, np.ndarray]:
        arrays = honest(*arguments)
        arrays["output_grad/layer1"][:, :-1] = 0
        return arrays

    monkeypatch.setattr(errors, "everything", direct_part_only)
    assert all(goal.reading.value > 0.9 for goal in of_errors(2))


def test_that_peak_memory_is_what_a_step_holds() -> None:
    states = (
        4 * memory.TIMESTEPS * speed.BATCH * memory.UNITS
    )  # bytes of all states, which no step can do without
    assert memory._peak("plain", "rnn") > states


def test_that_every_promise_has_its_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    def unmeasured(sides: list[pairs.Step], count: int) -> list[tuple[float, ...]]:
        return [(1.0,) * len(sides)] * count

    monkeypatch.setattr(pairs, "rounds", unmeasured)
    monkeypatch.setattr(speed, "rounds", unmeasured)
    goals = [
        *speed.of_recurrent(2, (32, 128)),
        *speed.of_gates(2, (64,)),
        *speed.of_dense(2, (20,)),
        *speed.of_growth(2),
    ]
    bounds = [0.75, 1.0, 0.6, 0.9, 1.4, 1.2, 0.15, 0.15, 1.2, 1.4, 1.6, 1.15, 1.15, 1.15, 1.15]
    assert [goal.bound for goal in goals] == bounds
    assert [goal.reading.value for goal in goals] == [1, 1, 1, 1, 1, 1, 0, 0, 1, 1, 1, 1, 1, 1, 1]
    assert [goal.holds for goal in goals] == [
        bound >= goal.reading.value for bound, goal in zip(bounds, goals, strict=True)
    ]


def test_that_a_lower_bound_is_one() -> None:
    reading = pairs.Reading(0.7, 3, 0.0)
    assert speed.Goal("a share", 0.8, reading).holds
    assert not speed.Goal("a share", 0.8, reading, at_least=True).holds
