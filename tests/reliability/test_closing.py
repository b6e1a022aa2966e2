"""Closing the window while it trains is prompt and always ends with 0."""

import os
import random
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

CHILD = Path(__file__).with_name("closing_window.py")
FULL_COUNT = 50
LONGEST_S = 2.0
SEED = 20_260_401
LATEST_MS = {"loading": 500, "running": 2000}


def test_that_closing_while_it_trains_is_prompt_and_ends_with_0(
    count: Callable[[int], int], scoreboard: Callable[..., bool], tmp_path: Path
) -> None:
    moments = random.Random(SEED)
    codes, seconds, states = [], [], []
    for number in range(count(FULL_COUNT)):
        since = ("loading", "running")[number % 2]
        moment = moments.randint(0, LATEST_MS[since])
        child = subprocess.run(
            [sys.executable, str(CHILD), "lstm-default", since, str(moment)],
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
            env=_environment(tmp_path),
        )
        state, begun = child.stdout.split()[-2:]
        seconds.append(time.monotonic() - float(begun))
        codes.append(child.returncode)
        states.append(state)
        assert "Traceback" not in child.stderr, child.stderr
    value = {
        "slowest_s": round(max(seconds), 2),
        "closed_while": {s: states.count(s) for s in sorted(set(states))},
    }
    passed = set(codes) == {0} and max(seconds) < LONGEST_S
    target = f"closing while it trains, {len(codes)} times: exit code 0, under {LONGEST_S:g} s each"
    assert scoreboard("R26", target, value, passed, seed=SEED)
    assert {"loading", "running"} == set(states)


def _environment(home: Path) -> dict[str, str]:
    return os.environ | {"HOME": str(home), "XDG_CONFIG_HOME": str(home), "XDG_STATE_HOME": str(home)}
