"""R26: Close during training and loading, 100x: < 2 s, rc 0; giant model (1 s steps) included.

Beside other tests, with fewer counts, twice the time is allowed."""

import random
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.reliability.nursery import Nursery, at_home
from vgviewer.experiment import find, load, save

CHILD = "tests.reliability.closing_child"
FULL_COUNT = 100
LONGEST_S = 2.0
SEED = 20_260_401
LATEST_MS = {"loading": 500, "running": 1200}
GIANT = {"units": 2048}, 400  # of the first layer, and samples in a batch: a step of more than a second


def giant(folder: Path) -> Path:
    """A network whose steps take so long that no closing can wait for the end of one."""
    experiment = load(find("lstm-default"))
    first = experiment.network.layers[0]
    changes, batch = GIANT
    network = experiment.network.change(first.id, first.model_copy(update=changes))
    training = experiment.training.replace(batch_size=batch)
    file = folder / "giant.vgnet.json"
    save(experiment.replace(network=network, training=training), file)
    return file


@pytest.mark.timeout(1800)
def test_that_closing_while_it_trains_is_prompt_and_ends_with_0(
    count: Callable[[int], int], scoreboard: Callable[..., bool], tmp_path: Path
) -> None:
    moments = random.Random(SEED)
    ends, seconds, states = [], [], []
    large = str(giant(tmp_path))
    with Nursery("vgviewer.app.boot") as bare, Nursery("vgviewer.app.boot", "vgviewer.engine") as warm:
        for number in range(count(FULL_COUNT)):
            since = ("loading", "running")[number % 2]
            is_giant = number % 5 == 0  # closed within its first step, when torch was there before
            nursery = bare if since == "loading" and not is_giant else warm
            words = [large if is_giant else "lstm-default", "loading" if is_giant else since]
            words.append(str(moments.randint(0, LATEST_MS[since])))
            with nursery.start(CHILD, words, at_home(tmp_path)) as child:
                state, begun = child.said().split()[-2:]
                seconds.append(time.monotonic() - float(begun))
                ends.append((child.returncode, child.stderr.read()))
            states.append("first long step" if is_giant else state)
    value = {
        "slowest_s": round(max(seconds), 2),
        "closed_while": {s: states.count(s) for s in sorted(set(states))},
    }
    longest = LONGEST_S if len(ends) == FULL_COUNT else 2 * LONGEST_S
    passed = set(ends) == {(0, "")} and max(seconds) < longest
    target = f"closing while it trains, {FULL_COUNT} times: exit code 0, silent, under {longest:g} s each"
    assert scoreboard("R26", target, value, passed, seed=SEED), (ends, seconds)
    assert {"loading", "running", "first long step"} == set(states)
