"""R28: 100 launch + quit: rc 0 always, empty stderr."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.reliability.nursery import ROOT, at_home

LAUNCHES = 100


@pytest.mark.timeout(1800)
def test_that_every_launch_ends_with_0_and_says_nothing(
    tmp_path: Path, count: Callable[[int], int], scoreboard: Callable[..., bool]
) -> None:
    words = [sys.executable, "-W", "error", "-m", "tests.reliability.launching_child"]
    ends = []
    for _ in range(count(LAUNCHES)):  # at the same home, as a person does
        done = subprocess.run(
            words, cwd=ROOT, env=os.environ | at_home(tmp_path), capture_output=True, text=True, check=False
        )
        ends.append((done.returncode, done.stdout + done.stderr))
    log = (tmp_path / "vgviewer" / "log" / "vgviewer.log").read_text("utf-8")
    opened, odd = log.count("has opened its window"), [end for end in ends if end != (0, "")]
    value = {"launches": len(ends), "windows opened": opened, "odd ends": len(odd)}
    passed = not odd and opened == len(ends) and "ERROR" not in log and "WARNING" not in log
    told = f"{LAUNCHES} times launched and closed: exit code 0, nothing on stderr, nothing wrong in the log"
    assert scoreboard("R28", told, value, passed), (odd[:3], log[-2000:])
