"""Data that lie in a file of the person's own: only ever read, never trusted, read again when the file changes."""

import os
import stat
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from threading import Thread, local
from typing import Any, Self, TypeVar, TypeVarTuple

import numpy as np
from pydantic import PrivateAttr

from vgviewer.settings import shown
from vgviewer.shapes import Shape
from vgviewer.tasks.task import Baseline, Table, Targets, Task, best_answers, constant

KEPT = 2  # contents of each sort of file: the open document's and the running experiment's
MOST_CLASSES = 4096  # as many as a layer may have units

AT_ONCE = 1_000_000  # bytes of a table take some 30 ms: so long a window may stand still

T = TypeVar("T")
Args = TypeVarTuple("Args")


class BadFile(Exception):
    """Why a task cannot learn from a file, in words; `field` is the setting to change."""

    def __init__(self, message: str, field: str = "path") -> None:
        super().__init__(message)
        self.field = field


class Patience(local):
    """Whether this thread waits for a large file. One that paints does not: it is told that the file is being read,
    and asks again when `is_reading` says no more."""

    waits = True


PATIENCE = Patience()
_readers: list[Thread] = []


def is_reading() -> bool:
    """Whether a file is being read for a thread that does not wait."""
    _readers[:] = [reader for reader in _readers if reader.is_alive()]
    return bool(_readers)


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
        memory = _Memory(read)

        def fresh(path: Path, /, *args: *Args) -> T:
            status = checked(path, largest)
            stamp = (status.st_mtime_ns, status.st_size, status.st_ino)
            found: T | BadFile = memory.recall((stamp, path, args), status.st_size)
            if isinstance(found, BadFile):
                raise BadFile(str(found), found.field)
            return found

        return fresh

    return remembering


class _Memory:
    """What a reader found in the last few files, by their stamp, path and further arguments."""

    def __init__(self, read: Callable[..., Any]) -> None:
        self._read = read
        self._kept: OrderedDict[object, Any] = OrderedDict()
        self._begun: dict[object, Thread] = {}

    def recall(self, key: tuple[object, Path, tuple[Any, ...]], size: int) -> Any:
        """What is in the file, or the refusal; a large one is read by another thread where this one does not wait."""
        found = self._kept.pop(key, None)
        if found is None and size > AT_ONCE and not PATIENCE.waits:
            self._begin(key)
            return BadFile(f"{named(key[1])} is being read, {size / 1e6:,.1f} MB.")
        if found is None:
            found = self._outcome(key)
        self._keep(key, found)
        return found

    def _outcome(self, key: tuple[object, Path, tuple[Any, ...]]) -> Any:
        _, path, args = key
        try:
            return self._read(path, *args)
        except BadFile as refusal:
            return BadFile(str(refusal), refusal.field)
        except OSError as error:
            return unreadable(path, error)

    def _keep(self, key: object, found: Any) -> None:
        self._kept[key] = found  # at the end: what was not asked for longest goes first
        while len(self._kept) > KEPT:
            self._kept.popitem(last=False)

    def _begin(self, key: tuple[object, Path, tuple[Any, ...]]) -> None:
        self._begun = {other: reader for other, reader in self._begun.items() if reader.is_alive()}
        if key not in self._begun:
            reader = Thread(target=self._learn, args=(key,), name="reading data", daemon=True)
            self._begun[key] = reader
            _readers.append(reader)
            reader.start()

    def _learn(self, key: tuple[object, Path, tuple[Any, ...]]) -> None:
        self._keep(key, self._outcome(key))


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
            best = best_answers(counts[None], loss)
            return Baseline(best, "answering by the classes' shares") if best else None
        return constant(y.astype(np.float64), loss, axis=tuple(range(y.ndim - 1)))
