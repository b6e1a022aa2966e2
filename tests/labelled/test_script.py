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
    "file",
    ["engine/step.py", "network/layers", "tasks", "experiment/experiment.py", "settings.py", "shapes.py"],
)
def test_that_what_trains_a_run_is_in_the_keys_of_labels_and_trials(file: str) -> None:
    named = script.ROOT / "vgviewer" / file
    files = {named} if named.is_file() else set(named.rglob("*.py"))
    assert files
    for parts in (script.TRAINING, script.JUDGING):
        assert files <= set(script.ingredients(parts))
    assert script.ROOT / "resources" / "data" / "wine.csv" in script.ingredients(script.TRAINING)


def test_that_another_torch_has_another_key(monkeypatch: pytest.MonkeyPatch) -> None:
    now = script.key("experiment")
    monkeypatch.setattr(script, "version", lambda library: "another")
    assert script.key("experiment") != now


def test_that_the_half_kept_for_the_end_is_scored_only_when_asked_for(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked: list[str] = []

    def none_done(work: script.Work, keys: dict[str, str], *_: object) -> dict[str, str]:
        asked.extend(keys)
        return {}

    monkeypatch.setattr(script, "done", none_done)
    monkeypatch.setattr(script, "make", lambda options: 0)
    halves = {run.name: run.half for run in labelled_runs()}
    for words, half in (([], "tuned"), (["score"], "tuned"), (["score", "--half", "held_out"], "held_out")):
        asked.clear()
        script.main([*words, "--cache", str(tmp_path)])
        assert {halves[name] for name in asked} == {half}
        assert ("held_out:" in capsys.readouterr().out) == (half == "held_out")


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
