"""What is told of a kept run in the list of them. No Qt."""

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path

from vgviewer.app.welcome.sketch import Sketch, sketch_of
from vgviewer.recording import BadRun, Damaged, Recording
from vgviewer.runner import Replay

REMEMBERED = 1000  # runs that are not read again while they stay as they are


@dataclass(frozen=True, eq=False)
class Summary:
    """`problem` says why a file cannot be shown; then nothing else is known. `began` is local time."""

    path: Path
    size: int
    name: str = ""
    verdict: str = ""
    steps: int = 0
    began: datetime | None = None
    note: str = ""
    settings: str = ""
    sketch: Sketch | None = None
    problem: str = ""


def summary_of(path: Path) -> Summary:
    """Read again only where the file has become another one."""
    try:
        now = path.stat()
    except OSError as error:
        return Summary(
            path, 0, problem=f"{path} cannot be read: {error.strerror or error}. Choose another one."
        )
    return _read(path, now.st_size, now.st_mtime_ns)


@lru_cache(REMEMBERED)
def _read(path: Path, size: int, changed: int) -> Summary:
    del changed
    try:
        with Recording(path) as recording:
            if not len(recording.steps):
                return Summary(path, size, problem=f"{path.name} holds no training step.")
            session = Replay(recording, int(recording.steps[-1]))
            return Summary(
                path,
                size,
                recording.experiment.name,
                session.verdict,
                int(recording.steps[-1]) + 1,
                _local(recording.header.began),
                recording.remarks.note,
                _settings(recording),
                sketch_of(session),
            )
    except (BadRun, Damaged, OSError) as error:
        return Summary(path, size, problem=str(error))


def _local(began: str) -> datetime | None:
    try:
        return datetime.fromisoformat(began).astimezone()
    except ValueError:
        return None


def _settings(recording: Recording) -> str:
    """ "rnn, last step; Adding problem; adam, seed 1"."""
    experiment = recording.experiment
    kinds = [layer.label for layer in experiment.network.layers]
    layers = ", ".join(kinds[:4]) + (f" and {len(kinds) - 4} more" if len(kinds) > 4 else "")
    training = experiment.training
    return f"{layers}; {experiment.task.label}; {training.optimizer.type}, seed {training.seed}"
