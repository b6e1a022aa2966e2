"""R02: a process killed while it records loses at most the frame that was being written."""

import random
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from tests.recording.runs import frame, same
from vgviewer.recording import Recording

ROOT = Path(__file__).parents[2]
MOMENTS = 200
LATEST_S = 0.4  # after the first frames
OPENED_S = 1.0
SEED = 2


def killed(path: Path, seconds: float) -> int:
    """Lets a child record for so long, then kills it without warning; the last step that it said was in the file."""
    words = [sys.executable, "-m", "tests.reliability.recording_child", str(path)]
    with subprocess.Popen(words, cwd=ROOT, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        said = int(child.stdout.readline())
        time.sleep(seconds)
        child.kill()
        for line in child.stdout:  # the last one may be half a line
            said = int(line) if line.endswith("\n") else said
        assert child.wait() == -9
    return said


def what_is_wrong(path: Path, said: int) -> list[str]:
    """Of a file after a kill."""
    begun = time.perf_counter()
    opened = Recording(path)
    seconds = time.perf_counter() - begun
    steps = opened.steps.tolist()
    wrong = [] if seconds < OPENED_S else [f"opened in {seconds:.2f} s"]
    wrong += (
        []
        if steps == list(range(len(steps))) and len(steps) > said
        else [f"{len(steps)} frames, {said} said"]
    )
    wrong += [f"step {step} is another one" for step in steps if not same(opened.frame(step), frame(step))]
    opened.close()
    return wrong


def test_that_a_kill_at_any_moment_loses_at_most_the_frame_being_written(
    tmp_path: Path, count: Callable[[int], int], scoreboard: Callable[..., bool]
) -> None:
    dice = random.Random(SEED)
    kills, torn, wrong, frames = count(MOMENTS), 0, [], 0
    for number in range(kills):
        path = tmp_path / f"{number}.vgrun"
        said = killed(path, dice.uniform(0, LATEST_S))
        wrong += what_is_wrong(path, said)
        opened = Recording(path)
        torn += "not written to its end" in opened.lost
        frames += len(opened.steps)
        opened.close()
        path.unlink()
    value = {"kills": kills, "frames": frames, "torn ends": torn, "wrong": len(wrong)}
    told = f"kill -9 at {MOMENTS} random moments of recording: every whole frame as it was, opened within a second"
    assert scoreboard("R02", told, value, not wrong and frames > kills, seed=SEED), wrong[:5]
