"""The numbers on both sides of the gap between sick and clean."""

from dataclasses import replace
from pathlib import Path

from tests.labelled.gaps import gaps
from vgviewer.bakeoff.labelled import labelled_runs

PAGES = Path(__file__).resolve().parents[2] / "docs"
TUNED = [run for run in labelled_runs() if run.half == "tuned"]


def test_that_the_page_has_the_gaps_of_the_tuned_half() -> None:
    assert gaps(TUNED) in (PAGES / "labelled-runs.md").read_text("utf-8")


def test_that_a_clean_run_close_to_the_sick_narrows_the_gap() -> None:
    (healthy, *_) = (run for run in TUNED if run.is_healthy)
    close = replace(healthy, numbers=healthy.numbers | {"depth": 0.0123, "time_growth": 987.0})
    lines = gaps([*TUNED, close]).splitlines()
    assert [line.split("|")[3].strip() for line in lines if "depth" in line or "exploding" in line] == [
        "0.012",
        "9.9e+02",
    ]
    unclear = replace(close, unclear=frozenset(("vanishing_depth", "exploding")))
    assert gaps([*TUNED, unclear]) == gaps(TUNED)
