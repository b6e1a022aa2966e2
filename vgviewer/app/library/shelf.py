"""The folder in which runs are kept, and how much of it there may be. No Qt."""

import contextlib
import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from vgviewer.experiment import Experiment
from vgviewer.recording import ENDING, BadRun, Recorder, Recording, Remarks

BIN = "deleted"  # within the folder: what was deleted last, until the program ends
MOST_NAME = 60  # characters of an experiment's name in a file's


class Shelf:
    """Runs by their files, named by when they began. What a person has remarked on is never removed by itself."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def recorder(self, experiment: Experiment) -> Recorder:
        """Writes to a new file; raises OSError where there can be none."""
        self.folder.mkdir(parents=True, exist_ok=True)
        name = "".join(c if c.isalnum() or c in "-_" else "-" for c in experiment.name)[:MOST_NAME].strip("-")
        beginning = f"{datetime.now().astimezone():%Y-%m-%d %H.%M.%S} {name or 'run'}"
        for number in range(1, 100):
            with contextlib.suppress(FileExistsError):
                return Recorder(
                    self.folder / f"{beginning}{f' {number}' if number > 1 else ''}{ENDING}", experiment
                )
        raise FileExistsError(f"{beginning}{ENDING} exists")

    def runs(self) -> list[Path]:
        """Those that are there, the newest first."""
        return sorted(self._files(self.folder), key=_written, reverse=True)

    def size(self) -> int:
        """Bytes of all of them."""
        return sum(map(_size, self._files(self.folder)))

    def fit(self, most: int, but: Path | None = None) -> list[Path]:
        """Removes the oldest until at most so many bytes are left; those that are gone then. `but` and what has
        remarks stay."""
        size, gone = self.size(), []
        for path in reversed(self.runs()):
            if size <= most:
                break
            if path != but and not has_remarks(path):
                size -= _size(path)
                with contextlib.suppress(OSError):  # another window may have it open, or have removed it
                    path.unlink()
                    gone.append(path)
        return gone

    def delete(self, path: Path) -> Path:
        """Puts it into the bin, where `restore` finds it; raises OSError."""
        beside = self.folder / BIN
        beside.mkdir(parents=True, exist_ok=True)
        return path.replace(beside / path.name)

    def restore(self, path: Path) -> Path:
        """Takes it out of the bin again; raises OSError."""
        return path.replace(self.folder / path.name)

    def empty_bin(self) -> None:
        """What was deleted is gone."""
        for path in self._files(self.folder / BIN):
            with contextlib.suppress(OSError):
                path.unlink()

    def _files(self, folder: Path) -> Iterator[Path]:
        try:
            names = sorted(os.listdir(folder))
        except OSError:
            return
        for name in names:
            if name.endswith(ENDING) and os.path.isfile(folder / name):
                yield folder / name


def has_remarks(path: Path) -> bool:
    """Whether somebody said something of it; also where it cannot be read: it may be of use to somebody."""
    try:
        with Recording(path) as recording:
            return recording.remarks != Remarks()
    except (BadRun, ValueError):
        return True


def _written(path: Path) -> tuple[float, str]:
    try:
        return path.stat().st_mtime, path.name
    except OSError:
        return 0.0, path.name


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0
