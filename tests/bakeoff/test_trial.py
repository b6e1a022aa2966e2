"""Our judge is right on a dozen of the labelled runs: those that were looked at while it was made."""

import pytest

from vgviewer.bakeoff.labelled import labelled_runs
from vgviewer.bakeoff.score import errors, score
from vgviewer.bakeoff.trial import trial

DOZEN = (
    "sigmoid-stack-1",
    "inside-a-skip-1",
    "rnn-forgets-1",
    "loss-at-every-timestep-3",
    "chaotic-depth-1",
    "above-the-edge-5",
    "far-too-fast-1",
    "mostly-dead-1",
    "dead-after-one-step-1",
    "healthy-scaled-loss-3",
    "zero-last-layer-3",
    "open-gates-1",
)


@pytest.mark.parametrize("name", DOZEN)
def test_that_our_judge_says_what_the_label_says(name: str) -> None:
    runs = [run for run in labelled_runs() if run.name == name]
    outcomes = [trial(run) for run in runs]
    found = score(runs, outcomes)
    assert [run.half for run in runs] == ["tuned"]
    assert errors(runs, outcomes, found) == []


def test_that_a_trial_tells_where_the_loss_began_and_ended() -> None:
    run = next(run for run in labelled_runs() if run.name == "sigmoid-stack-1")
    outcome = trial(run)
    assert (outcome.run, outcome.judge) == (run.name, "vgviewer")
    assert 0.5 < outcome.last_loss < 1 > outcome.first_loss > 0.5
