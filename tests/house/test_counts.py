"""Reliability rows run with a tenth of their counts, or alone and in full, and report what they found."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SAMPLE = """
def test_row(count, scoreboard):
    numbers = [count(full) for full in (2000, 50, 5)]
    assert scoreboard("R99", "three numbers", numbers, True, seed=7)

def test_other():
    assert True
"""


@pytest.mark.parametrize(
    ("options", "numbers", "ran"),
    [([], [200, 10, 5], "2 passed"), (["--soak"], [2000, 50, 5], "1 passed, 1 deselected")],
)
def test_that_a_row_counts_and_reports(
    options: list[str], numbers: list[int], ran: str, tmp_path: Path
) -> None:
    sample, lines = tmp_path / "test_sample.py", tmp_path / "lines"
    sample.write_text(SAMPLE)
    options = [*options, f"--scoreboard={lines}", "-q", "-p", "tests.conftest", "-p", "no:cacheprovider"]
    command = [sys.executable, "-m", "pytest", *options, str(sample)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    (line,) = lines.read_text("utf-8").splitlines()
    row = json.loads(line)
    assert ran in done.stdout
    assert line in done.stdout
    assert (row["id"], row["value"], row["passed"], row["seed"]) == ("R99", numbers, True, 7)
    assert {"python", "numpy", "torch", "PySide6-Essentials", "vgviewer"} <= row["versions"].keys()
