"""R06: killed at any moment of an editing session, the next start offers all but the last two seconds of edits."""

import random
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.reliability.crashes import FIRST, IMPORTED, edit_and_kill, restart, saved_file
from tests.reliability.nursery import Nursery

KILLS = 100
LATEST_S = 5.0  # after the first edit; its journal is written anew twice a second
LARGEST_LOSS_S = 2.0
LONGEST_UNKEPT_S = 1.0  # so soon after the first edit there may be no journal yet
SEED = 6


def loss(moment: float, edits: dict[int, float], units: int) -> float:
    """How old the first edit was that is gone, in seconds; 0 when none is."""
    gone = [at for number, at in edits.items() if number > units]
    return moment - min(gone) if gone else 0.0


@pytest.mark.timeout(3600)  # two hundred starts with the full count
def test_that_a_kill_at_any_moment_loses_at_most_two_seconds_of_edits(
    tmp_path: Path, count: Callable[[int], int], scoreboard: Callable[..., bool]
) -> None:
    dice, losses, wrong = random.Random(SEED), [], []
    with Nursery(*IMPORTED) as nursery:
        for number in range(count(KILLS)):
            folder = tmp_path / str(number)
            folder.mkdir()
            file = saved_file(folder)
            moment, edits = edit_and_kill(nursery, file, dice.uniform(0.05, LATEST_S))
            found = restart(nursery, file, "recover")
            losses.append(loss(moment, edits, found["units"]))
            if not found["asked"] and losses[-1] > LONGEST_UNKEPT_S:
                wrong.append(f"not offered: {found}")
            if (found["asked"] and not found["modified"]) or found["units"] not in {FIRST, *edits}:
                wrong.append(f"not what was edited: {found}")
    value = {"kills": len(losses), "largest loss s": round(max(losses), 2), "wrong": len(wrong)}
    told = (
        f"kill -9 at {KILLS} random moments of editing: recovery offered, at most {LARGEST_LOSS_S:g} s lost"
    )
    passed = not wrong and 0 < max(losses) <= LARGEST_LOSS_S
    assert scoreboard("R06", told, value, passed, seed=SEED), (wrong[:5], losses)


def test_that_a_loss_is_counted_from_the_first_edit_that_is_gone() -> None:
    edits = {5: 1.0, 6: 2.0, 7: 3.0}
    assert loss(10.0, edits, 5) == 8.0
    assert loss(10.0, edits, 7) == 0.0
