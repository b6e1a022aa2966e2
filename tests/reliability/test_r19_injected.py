"""R19: exceptions injected into every slot, paint, timer and worker callback: app alive, 1 dialog with details and
copy, log written; 1,000 identical ones are 1 dialog with a count.

What is called from outside of Python is found in the source (`targets.py`), so that nothing new is forgotten.
"""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from typing import Any

import pytest

from tests.reliability.nursery import ROOT, at_home
from vgviewer.app.faults import MOST_LOGGED
from vgviewer.app.views import VIEWS

FEWEST = {"event": 120, "slot": 380, "worker": 5}  # fewer would mean that the search has gone blind
STEPS = 30  # of the run made by hand
REPEATED = 1000


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """One program in which everything fails, one thing after the other."""
    home = tmp_path_factory.mktemp("home")
    command = [sys.executable, "-X", "faulthandler", "-m", "tests.reliability.injecting_child", str(home)]
    around = os.environ | at_home(home) | {"QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(command, cwd=ROOT, env=around, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    return dict(json.loads(done.stdout.splitlines()[-1]))


@pytest.mark.timeout(300)
def test_that_whatever_fails_is_told_once_and_everything_goes_on(
    found: dict[str, Any], scoreboard: Callable[..., bool]
) -> None:
    tried = found["tried"]
    assert all(tried[kind] >= count for kind, count in FEWEST.items()), tried
    is_alive = found["steps"] == found["steps at the end"] == STEPS
    value = {**tried, "not as promised": sum(map(len, found["wrong"].values())), "alive": is_alive}
    target = "every handler, slot, timer and thread fails once: app alive, 1 dialog with details and copy, log written"
    assert scoreboard("R19", target, value, is_alive and not found["wrong"]), found["wrong"]


def test_that_a_thousand_times_the_same_is_one_dialog_with_a_count(
    found: dict[str, Any], scoreboard: Callable[..., bool]
) -> None:
    wanted = {"dialogs": 1, "counted": REPEATED, "logged": MOST_LOGGED}
    target = f"{REPEATED} identical faults: 1 dialog with a count, a bounded log"
    assert scoreboard("R19", target, found["thousand"], found["thousand"] == wanted)


def test_that_a_view_that_fails_three_times_is_switched_off_and_says_so_until_the_next_run(
    found: dict[str, Any], scoreboard: Callable[..., bool]
) -> None:
    count = found["off"]["views"]
    wanted = {"views": count, "off": count, "said": count, "others off": 0, "again": count}
    target = "a view whose picture fails three times is switched off and says so; the next run draws it again"
    passed = found["off"] == wanted and count >= len(VIEWS) - 1 and not found["painters"]
    assert scoreboard("R19", target, found["off"], passed), found["painters"]
