"""The shipped labels hold together, and are what the criteria make of the runs."""

import json
from collections import Counter

import pytest

from tests.labelled.families import all_candidates
from tests.labelled.making import label, named, remembered, witnessed
from vgviewer.bakeoff.labelled import HALVES, LABELS, TROUBLES, Half, Trouble, entry, labelled_runs

LEAST_POSITIVES, LEAST_HEALTHY, LEAST_RUNS = 12, 30, 160
VERDICTS = {"healthy", "non_finite", "exploding", "vanishing", "dead_units"}


@pytest.mark.parametrize("half", HALVES)
@pytest.mark.parametrize("trouble", TROUBLES)
def test_that_each_half_has_enough_positives(trouble: Trouble, half: Half) -> None:
    assert sum(trouble in run.onsets for run in labelled_runs() if run.half == half) >= LEAST_POSITIVES


@pytest.mark.parametrize("half", HALVES)
def test_that_each_half_has_enough_healthy_runs(half: Half) -> None:
    assert sum(run.is_healthy for run in labelled_runs() if run.half == half) >= LEAST_HEALTHY


def test_that_there_are_enough_runs_with_names_of_their_own() -> None:
    names = Counter(run.name for run in labelled_runs())
    assert len(names) >= LEAST_RUNS
    assert names.most_common(1)[0][1] == 1


def test_that_every_run_can_be_trained() -> None:
    assert {run.name: run.experiment.problems for run in labelled_runs() if run.experiment.problems} == {}


def test_that_no_configuration_stands_twice_with_another_seed() -> None:
    seen = Counter()
    for run in labelled_runs():
        training = run.experiment.training.replace(seed=0)
        seen[run.experiment.replace(training=training).model_dump_json()] += 1
    assert seen.most_common(1)[0][1] == 1


def test_that_labels_do_not_contradict_themselves() -> None:
    for run in labelled_runs():
        assert run.verdict in VERDICTS, run.name
        assert not run.unclear & run.onsets.keys(), run.name
        assert (run.verdict == "non_finite") == ("non_finite" in run.onsets), run.name
        assert run.verdict != "healthy" or not run.onsets, run.name
        assert all(0 <= step < run.experiment.training.steps for step in run.onsets.values()), run.name


def test_that_the_file_is_made_of_the_candidates() -> None:
    candidates = {candidate.name: candidate for candidate in all_candidates()}
    for run in labelled_runs():
        assert candidates[run.name] == (run.name, run.half, run.why, run.experiment)


def test_that_an_entry_is_written_as_it_was_read() -> None:
    assert [entry(run) for run in labelled_runs()] == json.loads(LABELS.read_text("utf-8"))["runs"]


@pytest.mark.parametrize("name", ["sigmoid-stack-1", "deep-head-on-memory-1", "dead-after-one-step-1"])
def test_that_a_label_is_made_again_by_the_criteria(name: str) -> None:
    candidate = named(name)
    made = label(candidate, remembered(witnessed(candidate.experiment)))
    assert made == next(run for run in labelled_runs() if run.name == name)
