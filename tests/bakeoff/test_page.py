"""docs/bakeoff.md counts the runs that there are."""

import re
from pathlib import Path

from vgviewer.bakeoff.labelled import HALVES, labelled_runs

PAGE = Path(__file__).resolve().parents[2] / "docs" / "bakeoff.md"
LINE = re.compile(
    rf"^`vgviewer bakeoff --half ({'|'.join(HALVES)})`: (\d+) runs, (\d+) of them healthy\.", re.MULTILINE
)


def test_that_the_page_has_the_counts_of_the_file() -> None:
    told = {half: (int(runs), int(healthy)) for half, runs, healthy in LINE.findall(PAGE.read_text("utf-8"))}
    assert "tuned" in told
    for half, counts in told.items():
        runs = [run for run in labelled_runs() if run.half == half]
        assert counts == (len(runs), sum(run.is_healthy for run in runs))
