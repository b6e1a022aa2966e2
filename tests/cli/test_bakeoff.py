"""`vgviewer bakeoff`: what it prints, for people and for programs."""

import json
from collections.abc import Iterator, Sequence

import pytest

from tests.bakeoff.published.runs_by_hand import RUNS, VANISHING, WELL
from vgviewer.bakeoff.labelled import TROUBLES, Labelled
from vgviewer.bakeoff.trial import OURS, Outcome, Report
from vgviewer.cli import bakeoff, main

TOOL = "NeuroLens"


@pytest.fixture(autouse=True)
def three_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bakeoff, "labelled_runs", lambda: RUNS)
    monkeypatch.setattr("vgviewer.bakeoff.contest.contest", said)


def said(runs: Sequence[Labelled]) -> Iterator[tuple[Outcome, ...]]:
    """We are right; the tool sees vanishing everywhere."""
    for run in reversed(runs):
        ours = (Report("vanishing", "depth", 7),) if run is VANISHING else ()
        verdict = "vanishing" if run is VANISHING else "healthy"
        yield Outcome(run.name, OURS, ours, verdict), Outcome(run.name, TOOL, (Report("vanishing", None, 1),))


def told(capsys: pytest.CaptureFixture[str], *words: str) -> dict:
    assert main(["bakeoff", "--json", *words]) == 0
    return json.loads(capsys.readouterr().out)


def test_that_json_has_counts_the_names_of_errors_and_versions(capsys: pytest.CaptureFixture[str]) -> None:
    found = told(capsys)
    assert (found["half"], found["runs"], found["healthy"]) == ("both", 3, 1)
    ours, theirs = found["judges"]
    assert (ours["judge"], theirs["judge"]) == (OURS, TOOL)
    assert (ours["source"], theirs["source"]) == (None, "pypi.org/project/neurolens")
    assert list(ours["troubles"]) == list(TROUBLES)
    assert ours["troubles"]["vanishing_depth"] == {
        "hits": 1,
        "misses": 0,
        "false_alarms": 0,
        "median_delay": 7,
        "missed": [],
        "falsely_alarmed": [],
    }
    assert theirs["troubles"]["vanishing_depth"]["falsely_alarmed"] == [WELL.name]
    assert theirs["troubles"]["exploding"]["missed"] == ["runaway"]
    assert theirs["total"] == {"hits": 1, "misses": 2, "false_alarms": 1}
    assert (ours["alarmed"], theirs["alarmed"]) == ([], [WELL.name])
    assert ours["right_verdicts"] == pytest.approx(2 / 3)
    assert theirs["right_verdicts"] is None
    assert found["versions"].keys() >= {"vgviewer", "python", "torch", "numpy"}


def test_that_a_person_reads_a_table_in_eighty_columns(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    assert main(["bakeoff"]) == 0
    shown = capsys.readouterr().out
    lines = [line.split() for line in shown.splitlines()]
    row = next(place for place, words in enumerate(lines) if TOOL in words)
    assert lines[row] == [TOOL, "1/1", "0/0", "0/1", "0/1", "0/0", "1/3", "1/1"]
    assert lines[row + 1] == ["+1", "+1", "+0", "+0", "+0", "+1"]
    assert "…" not in shown
    assert "3 runs, 1 of them healthy" in shown


def test_that_one_half_and_single_runs_can_be_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    assert told(capsys, "--half", "tuned")["runs"] == 3
    assert told(capsys, "--half", "held_out")["runs"] == 0
    assert told(capsys, "--only", "moons", "--only", "runaway")["runs"] == 2


def test_that_an_unknown_run_is_refused_in_a_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["bakeoff", "--only", "nobody"]) == 2
    assert "no labelled run is called nobody; take one such as " in capsys.readouterr().err


def test_that_progress_stays_off_the_standard_output(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["bakeoff", "--json"]) == 0
    assert capsys.readouterr().out.startswith("{")
