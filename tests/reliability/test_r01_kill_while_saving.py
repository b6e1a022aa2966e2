"""R01: a process killed while it saves leaves the old file or the new one, and nothing else for long."""

import contextlib
import os
import random
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from tests.engine.cases import DENSE, VALUES_TASK, fixed, preset, wave
from tests.engine.comparison import experiment_of
from vgviewer.experiment import PresetError, dumps, load, save

ROOT = Path(__file__).parents[2]
CHILD = "tests.reliability.saving_child"
MOMENTS = 200
SEED = 1
SMALL = experiment_of(preset(DENSE, task=VALUES_TASK))
LARGE = experiment_of(preset(task=fixed(wave(600, 100), wave(600, 1))))  # most of a megabyte


def kill_after(seconds: float, target: Path, sources: list[Path]) -> None:
    """Lets a child save for so long, then kills it without warning."""
    words = [sys.executable, "-m", CHILD, str(target), *map(str, sources)]
    with subprocess.Popen(words, cwd=ROOT, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == "saving\n"
        with contextlib.suppress(subprocess.TimeoutExpired):
            child.wait(seconds)
        child.kill()
        assert child.wait() == -9


def what_is_wrong(target: Path, either: tuple[bytes, bytes]) -> list[str]:
    """Of the file after a kill and a new start."""
    try:
        load(target)  # the next start
    except PresetError as error:
        return [str(error)]
    wrong = [] if target.read_bytes() in either else ["neither the old content nor the new"]
    return wrong + [f"litter: {name}" for name in os.listdir(target.parent) if name != target.name]


def test_that_a_kill_at_any_moment_leaves_a_whole_preset_and_no_litter(
    tmp_path: Path, count: Callable[[int], int], scoreboard: Callable[..., bool]
) -> None:
    sources = [tmp_path / "small.vgnet.json", tmp_path / "large.vgnet.json"]
    for experiment, source in zip((SMALL, LARGE), sources, strict=True):
        save(experiment, source)
    target = tmp_path / "there" / "one.vgnet.json"
    target.parent.mkdir()
    dice = random.Random(SEED)
    moments, interrupted, wrong = count(MOMENTS), 0, []
    for _ in range(moments):
        kill_after(dice.uniform(0.02, 0.3), target, sources)
        interrupted += len(os.listdir(target.parent)) > 1
        wrong += what_is_wrong(target, (dumps(SMALL), dumps(LARGE)))
    value = {"kills": moments, "in the middle of a save": interrupted, "wrong": len(wrong)}
    told = f"kill -9 at {MOMENTS} random moments of saving: 0 unreadable, old or new exactly, 0 litter after"
    assert scoreboard("R01", told, value, not wrong, seed=SEED), wrong[:5]


def test_that_half_a_file_and_litter_would_be_noticed(tmp_path: Path) -> None:
    target = tmp_path / "one.vgnet.json"
    either = (dumps(SMALL), dumps(LARGE))
    target.write_bytes(either[1])
    assert what_is_wrong(target, either) == []
    (tmp_path / "left.tmp").touch()
    assert what_is_wrong(target, either) == ["litter: left.tmp"]
    target.write_bytes(either[0].replace(b"tanh", b"relu"))
    assert len(what_is_wrong(target, either)) == 2
    target.write_bytes(either[1][:4096])
    assert len(what_is_wrong(target, either)) == 1
