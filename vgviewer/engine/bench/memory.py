"""Peak memory of a training step, each in a process of its own: ours over plain torch's."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import psutil

from vgviewer.engine.bench.pairs import Step, middle
from vgviewer.engine.bench.plain import Plain, trainer
from vgviewer.engine.bench.speed import Goal, recurrent
from vgviewer.experiment import Experiment

UNITS, TIMESTEPS = 256, 1000  # some hundred megabytes, well above what importing torch has taken
STEPS = 3
RESET, STATUS = Path("/proc/self/clear_refs"), Path("/proc/self/status")
BOUNDS = {"lstm": 2.2, "gru": 1.5, "rnn": 1.2}


def of_memory(pairs: int) -> Iterator[Goal]:
    """The three recurrent layers; none where the system cannot tell a process's peak."""
    if sys.platform != "linux":
        return
    for kind, bound in BOUNDS.items():
        found = [_peak("ours", kind) / _peak("plain", kind) for _ in range(pairs)]
        yield Goal(f"{kind.upper()}: peak memory of a step against torch's", bound, middle(found))


def _peak(side: str, kind: str) -> int:
    words = f"from vgviewer.engine.bench.memory import measured; print(measured({side!r}, {kind!r}))"
    command = [sys.executable, "-c", words]
    done = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603  our own module
    return int(done.stdout)


def measured(side: str, kind: str) -> int:
    """Bytes by which a few steps raise what this process holds, at their peak."""
    _step(side, recurrent(kind, 4, 4))()  # what is loaded late is not the step's
    held = psutil.Process().memory_info().rss
    return peak(partial(_steps, _step(side, recurrent(kind, UNITS, TIMESTEPS)))) - held


def _step(side: str, experiment: Experiment) -> Step:
    return trainer(experiment).advance if side == "ours" else Plain(experiment).step


def _steps(step: Step) -> None:
    for _ in range(STEPS):
        step()


def peak(work: Callable[[], None]) -> int:
    """The most bytes this process held while it worked; Linux alone can tell."""
    RESET.write_text("5")
    work()
    line = next(line for line in STATUS.read_text().splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) * 1024
