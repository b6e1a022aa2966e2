"""Data that lie in a file of the person's own: only ever read, never trusted, read again when the file changes."""

import os
import stat
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Self, TypeVar, TypeVarTuple

import numpy as np
from numpy.typing import NDArray
from pydantic import PrivateAttr

from vgviewer.settings import shown
from vgviewer.shapes import Shape
from vgviewer.tasks.task import Baseline, Table, Targets, Task, best_answers

KEPT = 2  # contents of each sort of file: the open document's and the running experiment's
MOST_CLASSES = 4096  # as many as a layer may have units
CONSTANT = {"mse": "always answering the mean", "mae": "always answering the median"}

T = TypeVar("T")
Args = TypeVarTuple("Args")


class BadFile(Exception):
    """Why a task cannot learn from a file, in words; `field` is the setting to change."""

    def __init__(self, message: str, field: str = "path") -> None:
        super().__init__(message)
        self.field = field


@dataclass(frozen=True, eq=False)
class Samples:
    """What a file holds for a task; the targets say how `table.y` is meant."""

    table: Table
    targets: Targets


def named(path: Path) -> str:
    """The file's name as it may stand in a message."""
    return shown(path.name)


def checked(path: Path, largest: int) -> os.stat_result:
    """What the system knows of a regular file of at most `largest` bytes; raises BadFile."""
    if path == Path():
        raise BadFile("No file is chosen yet. Choose one.")
    if not path.is_absolute():
        raise BadFile(
            f"{shown(str(path))} is not a full path. Choose the file, or write its path from the root on."
        )
    try:
        status = os.stat(path)
    except FileNotFoundError:
        raise BadFile(
            f"{named(path)} does not exist in {shown(str(path.parent))}. Choose another file."
        ) from None
    except (OSError, ValueError) as error:
        raise unreadable(path, error) from None
    if not stat.S_ISREG(status.st_mode):
        raise BadFile(f"{named(path)} is not a regular file. Choose another one.")
    if status.st_size > largest:
        words = f"has {status.st_size / 1e6:,.0f} MB; at most {largest / 1e6:,.0f} MB are read. Take a part of it."
        raise BadFile(f"{named(path)} {words}")
    return status


def unreadable(path: Path, error: OSError | ValueError) -> BadFile:
    """What the system said when it would not give the file."""
    reason = getattr(error, "strerror", None) or str(error)
    return BadFile(f"{named(path)} cannot be read: {reason}. Choose another file.")


def remembered(
    largest: int,
) -> Callable[[Callable[[Path, *Args], T]], Callable[[Path, *Args], T]]:
    """A reader of files of at most `largest` bytes that reads again only what has changed; it remembers refusals
    too, since an editor asks at every stroke."""

    def remembering(read: Callable[[Path, *Args], T]) -> Callable[[Path, *Args], T]:
        @lru_cache(maxsize=KEPT)
        def outcome(stamp: object, path: Path, /, *args: *Args) -> T | BadFile:
            try:
                return read(path, *args)
            except BadFile as refusal:
                return BadFile(str(refusal), refusal.field)
            except OSError as error:
                return unreadable(path, error)

        def fresh(path: Path, /, *args: *Args) -> T:
            status = checked(path, largest)
            found = outcome((status.st_mtime_ns, status.st_size, status.st_ino), path, *args)
            if isinstance(found, BadFile):
                raise BadFile(str(found), found.field)
            return found

        return fresh

    return remembering


class FileTask(Task):
    """A file that is missing or wrong is told by `problem`; a harmless shape stands for its content then."""

    _settled: Samples | None = PrivateAttr(default=None)

    def read(self) -> Samples:
        """The file's content as it is now; raises BadFile."""
        raise NotImplementedError

    def samples(self) -> Samples:
        """What is to be learned from; raises BadFile."""
        return self._settled or self.read()

    def settled(self) -> Self:
        settled = self.model_copy()
        settled._settled = self.samples()
        return settled

    def problem(self) -> tuple[str, str] | None:
        try:
            self.samples()
        except BadFile as refusal:
            return refusal.field, str(refusal)
        return None

    def inputs(self) -> Shape:
        try:
            x = self.samples().table.x
        except BadFile:
            return Shape(1)
        return Shape(x.shape[-1], x.shape[1] if x.ndim == 3 else None)

    def targets(self) -> Targets:
        try:
            return self.samples().targets
        except BadFile:
            return Targets("values", 1)

    def table(self) -> Table:
        return self.samples().table

    def baseline(self, loss: str) -> Baseline | None:
        if self.problem() is not None:
            return None
        y, targets = self.samples().table.y, self.targets()
        if targets.kind == "classes":
            counts = np.bincount(y.ravel(), minlength=targets.size).astype(np.float64)
            best, words = best_answers(counts[None], loss), "answering by the classes' shares"
        else:
            best, words = _best_constant(y.astype(np.float64), loss), CONSTANT.get(loss, "")
        return Baseline(best, words) if best else None


def _best_constant(y: NDArray[np.float64], loss: str) -> float | None:
    axes = tuple(range(y.ndim - 1))
    if loss == "mse":
        return float(((y - y.mean(axes)) ** 2).mean())
    return float(np.abs(y - np.median(y, axis=axes)).mean()) if loss == "mae" else None
