"""Experiments that are trained side by side: in step, with the same batches, each as if it were alone."""

import time

import pytest

from tests.engine.cases import LAST, layer, preset
from tests.engine.comparison import experiment_of
from tests.recording.runs import facts, same
from vgviewer.experiment import Experiment
from vgviewer.runner import Race, Session, follow


def experiment(kind: str, steps: int = 12, units: int = 4, **training: object) -> Experiment:
    return experiment_of(preset(layer(kind, units=units), LAST, steps=steps, **training))


def until(race: Race, states: tuple[str, ...]) -> list[tuple[int, ...]]:
    """The steps on show after each drain."""
    seen, ends = [], time.monotonic() + 60
    while race.state not in states and time.monotonic() < ends:
        if race.drain():
            latest = [entry.session.history and entry.session.history.latest for entry in race.entries]
            seen.append(tuple(-1 if frame is None else frame.step for frame in latest))
        time.sleep(0.001)
    assert race.state in states
    return seen


def test_that_they_are_shown_in_step_however_fast_each_is() -> None:
    race = Race([experiment("rnn", 40), experiment("lstm", 40, units=128)])
    race.start()
    seen = until(race, ("ended",))
    assert len(seen) > 3
    assert all(one == other for one, other in seen)
    assert seen[-1] == (39, 39)
    assert race.join(5)


def test_that_each_is_what_it_would_be_alone() -> None:
    experiments = [experiment("rnn"), experiment("gru")]
    race = Race(experiments)
    race.start()
    until(race, ("ended",))
    assert race.join(5)
    for one, entry in zip(experiments, race.entries, strict=True):
        alone = Session(one)
        for _ in follow(alone):
            pass
        assert alone.history is not None
        assert entry.session.history is not None
        wanted, found = facts(alone.history), facts(entry.session.history)
        for name in ("steps", "losses", "norms", "layers", "through time", "metrics"):
            assert same(wanted[name], found[name]), name


def test_that_one_that_ends_early_holds_nobody_up() -> None:
    race = Race([experiment("rnn", 5), experiment("rnn", 20)])
    race.start()
    seen = until(race, ("ended",))
    assert seen[-1] == (4, 19)
    assert race.join(5)


@pytest.mark.parametrize("again", [False, True])
def test_that_all_pause_and_stop_together(again: bool) -> None:
    race = Race([experiment("rnn", 100_000), experiment("rnn", 100_000)])
    assert race.state == "idle"
    race.start()
    while not (race.drain() and race.entries[0].reached > 3):
        time.sleep(0.001)
    race.pause()
    assert race.state == "paused"
    if again:
        race.resume()
        assert race.state == "running"
    race.stop()
    assert race.join(5)
