"""scripts/labelled_runs.py goes on where it was, and makes anew what is out of date."""

import json
from dataclasses import asdict
from pathlib import Path

import labelled_runs as script
import pytest

from vgviewer.bakeoff.labelled import labelled_runs
from vgviewer.bakeoff.trial import Outcome, Report


def never(name: str) -> str:
    raise AssertionError(f"{name} was made again")


def test_that_what_is_in_the_cache_is_not_made_again(tmp_path: Path) -> None:
    (tmp_path / "one-0123.json").write_text("kept", "utf-8")
    assert script.done(never, {"one": "0123"}, tmp_path, 1) == {"one": "kept"}


def test_that_other_code_or_another_experiment_has_another_key(tmp_path: Path) -> None:
    code = tmp_path / "rule.py"
    code.write_text("1", "utf-8")
    first = script.key("experiment", code)
    assert script.key("experiment", code) == first
    assert script.key("another", code) != first
    code.write_text("2", "utf-8")
    assert script.key("experiment", code) != first


@pytest.mark.parametrize(
    ("only", "answer"),
    [(None, True), (["open-gates"], True), (["open-gates-1"], True), (["open-gates-2", "open"], False)],
)
def test_that_runs_are_chosen_by_name_or_family(only: list[str] | None, answer: bool) -> None:
    assert script.wanted("open-gates-1", only) is answer


def test_that_an_outcome_comes_out_of_the_cache_as_it_went_in() -> None:
    outcome = Outcome("one", "judge", (Report("vanishing", "time", 3, None, "warning"),), "healthy", 1.0, 0.5)
    assert script.outcome_of(json.dumps(asdict(outcome))) == outcome


def test_that_the_page_has_the_counts_of_the_file() -> None:
    page = (script.ROOT / "docs" / "labelled-runs.md").read_text("utf-8")
    assert script.counted(labelled_runs()) in page


def test_that_the_table_names_every_error() -> None:
    run = next(run for run in labelled_runs() if "vanishing_depth" in run.onsets and run.half == "tuned")
    told = script.table("tuned", [run], [Outcome(run.name, "judge", (), "healthy")])
    assert "| vanishing_depth | 0 | 1 | 0 |  |" in told
    assert f"{run.name}: missed vanishing_depth; nothing was said" in told
