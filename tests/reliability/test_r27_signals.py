"""R27: SIGTERM, SIGINT, SIGHUP in 6 states x 10: clean < 1 s; what was unsaved is found; the second forces the exit."""

import random
import signal
import time
from collections.abc import Callable
from itertools import product
from pathlib import Path

import pytest

from tests.reliability.crashes import FIRST, restart, saved_file
from tests.reliability.nursery import Nursery, at_home, queued
from vgviewer.app.recovery.journal import left_behind

CHILD = "tests.reliability.signaled_child"
SIGNALS = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)
STATES = ("welcome", "editing", "loading", "running", "paused", "dialog")
DIALOGS = ("question", "export", "exporting")
LONGEST_S = 1.0
LATEST_S = {
    "loading": 1.2,
    "running": 0.8,
    "exporting": 0.5,
}  # after the state was reached; others just stand
SEED = 27
Ended = tuple[int, float, str]


def end(nursery: Nursery, file: Path, state: str, number: signal.Signals, seconds: float) -> Ended:
    """Its exit code, how long it took after the signal without the time in which others had the processors, and what
    it complained of."""
    home = file.parent / "home"
    words = [str(file), state, "clean" if state == "welcome" else "edited"]
    with nursery.start(CHILD, words, at_home(home)) as child:
        assert child.stdout.readline().strip() == state, child.stderr.read()
        time.sleep(seconds)
        begun = time.monotonic() - queued(child.pid)
        child.send_signal(number)
        code = child.wait()
        return code, time.monotonic() - child.queued - begun, child.stderr.read()


def kept(home: Path) -> list[int]:
    """The units of what the next start finds."""
    found = []
    for journal in left_behind(home / "vgviewer" / "journals"):
        experiment = journal.read()[1]
        found.append(int(experiment.model_dump()["network"]["layers"][0]["units"]))
        journal.release()
    return found


@pytest.mark.skipif(not hasattr(signal, "SIGHUP"), reason="Windows has no such signals")
@pytest.mark.timeout(1800)
def test_that_a_signal_ends_every_state_cleanly_and_loses_nothing(
    tmp_path: Path, count: Callable[[int], int], scoreboard: Callable[..., bool]
) -> None:
    dice, wrong, slowest = random.Random(SEED), [], dict.fromkeys(STATES, 0.0)
    turns = count(10 * len(STATES) * len(SIGNALS)) // (len(STATES) * len(SIGNALS))
    attempts = 1 if turns == 10 else 3  # beside other tests a slow end is tried again
    with Nursery("vgviewer.app.boot") as bare, Nursery("vgviewer.app.boot", "vgviewer.engine") as warm:
        for turn, (order, number), state in product(range(turns), enumerate(SIGNALS), STATES):
            nursery = bare if state == "loading" else warm
            name = DIALOGS[(turn + order) % len(DIALOGS)] if state == "dialog" else state
            for attempt in range(attempts):
                file = saved_file(_made(tmp_path / f"{turn} {number.name} {state} {attempt}"))
                code, seconds, said = end(nursery, file, name, number, dice.uniform(0, LATEST_S.get(name, 0)))
                found = kept(file.parent / "home")
                if seconds <= LONGEST_S:
                    break
            slowest[state] = max(slowest[state], round(seconds, 2))
            if code or said or seconds > LONGEST_S or found != ([] if state == "welcome" else [FIRST + 1]):
                wrong.append((name, number.name, code, round(seconds, 2), found, said))
        again = restart(bare, tmp_path / "0 SIGTERM editing 0" / "mine.vgnet.json", "recover")
    value = {"ends": turns * len(STATES) * len(SIGNALS), "slowest s": slowest, "wrong": len(wrong)}
    told = "SIGTERM, SIGINT, SIGHUP in 6 states: exit code 0 under 1 s, silent, what was unsaved is kept"
    passed = not wrong and again["asked"] == 1 and again["units"] == FIRST + 1
    assert scoreboard("R27", told, value, passed, seed=SEED), (wrong, again)


@pytest.mark.skipif(not hasattr(signal, "SIGHUP"), reason="Windows has no such signals")
def test_that_a_second_signal_of_any_kind_forces_the_end(
    tmp_path: Path, scoreboard: Callable[..., bool]
) -> None:
    codes = []
    with Nursery("vgviewer.app.boot") as nursery:
        for first, second in zip(SIGNALS, (SIGNALS[0], *reversed(SIGNALS[:2])), strict=True):
            file = saved_file(_made(tmp_path / first.name))
            words = [str(file), "stuck", "clean"]
            with nursery.start(CHILD, words, at_home(file.parent)) as child:
                assert child.stdout.readline() == "stuck\n"
                child.send_signal(first)
                assert child.stdout.readline() == "heard\n"
                child.send_signal(second)
                codes.append((first.name, second.name, child.wait() == -second))
    told = "a second signal, of whichever kind, ends a program that does not answer"
    assert scoreboard("R27", told, {"ends": len(codes)}, all(forced for *_, forced in codes)), codes


def _made(folder: Path) -> Path:
    folder.mkdir()
    return folder
