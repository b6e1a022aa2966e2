"""R07: recovered work is unsaved work, a second crash loses nothing, damage is told, and nobody is asked in vain."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.reliability.crashes import FIRST, IMPORTED, edit_until_kept, journals, restart, saved_file, start
from tests.reliability.nursery import Nursery
from vgviewer.app.recovery.journal import DAMAGED

TIMES = 100  # over five scenarios


def recovered_is_unsaved(nursery: Nursery, file: Path) -> bool:
    edit_until_kept(nursery, file)
    found = restart(nursery, file, "recover")
    return found["asked"] == 1 and found["modified"] and found["units"] > FIRST and found["path"] == str(file)


def second_crash_loses_nothing(nursery: Nursery, file: Path) -> bool:
    edit_until_kept(nursery, file)
    first, second = restart(nursery, file, "recover"), restart(nursery, file, "recover")
    return bool(first == second and first["asked"] == 1 and first["units"] > FIRST and second["modified"])


def damage_gives_the_last_save(nursery: Nursery, file: Path) -> bool:
    edit_until_kept(nursery, file)
    (journal,) = journals(file)
    content = journal.read_bytes()
    journal.write_bytes(content.replace(b'"units": ', b'"units": 1') + b"\0")
    found, after = restart(nursery, file, "recover"), restart(nursery, file, "recover")
    is_kept = journal.with_name(journal.name + DAMAGED).exists()
    is_told = "damaged" in found["said"] and not found["asked"] and not after["said"]
    return is_kept and is_told and not found["modified"] and found["units"] == after["units"] == FIRST


def clean_end_asks_nothing(nursery: Nursery, file: Path) -> bool:
    with start(nursery, file, "end") as child:
        lines = child.said().splitlines()
    found = restart(nursery, file, "recover")
    was_kept = lines[-1] == "1"  # there was a journal to take away
    return was_kept and child.returncode == 0 and not found["asked"] and found["units"] == FIRST


def discard_discards(nursery: Nursery, file: Path) -> bool:
    edit_until_kept(nursery, file)
    first, second = restart(nursery, file, "discard"), restart(nursery, file, "recover")
    return first["asked"] == 1 and not second["asked"] and first["units"] == second["units"] == FIRST


SCENARIOS = (
    recovered_is_unsaved,
    second_crash_loses_nothing,
    damage_gives_the_last_save,
    clean_end_asks_nothing,
    discard_discards,
)


@pytest.mark.timeout(3600)  # some hundred starts with the full count
def test_that_recovery_is_robust(
    tmp_path: Path, count: Callable[[int], int], scoreboard: Callable[..., bool]
) -> None:
    wrong, tries = [], count(TIMES) // len(SCENARIOS)
    with Nursery(*IMPORTED) as nursery:
        for scenario in SCENARIOS:
            for number in range(tries):
                folder = tmp_path / f"{scenario.__name__}{number}"
                folder.mkdir()
                if not scenario(nursery, saved_file(folder)):
                    wrong.append(scenario.__name__)
    value = {"scenarios": len(SCENARIOS), "each": tries, "wrong": wrong}
    told = "recovered is unsaved, 2nd crash loses nothing, damage told, no false prompt, Discard discards"
    assert scoreboard("R07", told, value, not wrong), wrong
