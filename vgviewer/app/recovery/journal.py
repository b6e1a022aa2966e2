"""What was edited and not yet saved, in a file that outlives a crash: a line of JSON about it, then the preset.

Each running program has a journal of its own, and a lock beside it; whoever gets the lock of a journal that lies
there knows that its program is gone.
"""

import json
import os
import stat
import uuid
import zlib
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QLockFile

from vgviewer.app.log import log
from vgviewer.experiment import Experiment, PresetError, dumps, loads
from vgviewer.experiment.reading import LARGEST_FILE
from vgviewer.experiment.saver import save_bytes, sweep

SUFFIX, LOCK, DAMAGED = ".journal", ".lock", ".corrupt"
LARGEST_HEAD = 100_000  # bytes


class Unreadable(Exception):
    """A journal that nobody can use any more; `path` is the saved file, where that much can still be read."""

    def __init__(self, reason: str, path: str = "") -> None:
        super().__init__(reason)
        self.path = path


@dataclass(frozen=True)
class Head:
    """`path` is the document's file and `preset` the shipped one it is a copy of, "" for neither; `at` is local time in
    ISO format, `edits` are the last ones, newest first, of `count`."""

    title: str
    path: str
    preset: str
    at: str
    edits: tuple[str, ...]
    count: int


class Journal:
    """One file, held by its lock until it is closed."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self._lock = QLockFile(str(file.with_name(file.name + LOCK)))
        self._lock.setStaleLockTime(0)  # only the end of the program frees it, however long it runs

    @classmethod
    def fresh(cls, folder: Path) -> "Journal":
        """A new one, not written yet; raises OSError where there is no place for it."""
        folder.mkdir(parents=True, exist_ok=True)
        journal = cls(folder / f"{uuid.uuid4().hex}{SUFFIX}")
        if not journal.claim():
            raise OSError(f"{folder} cannot be written")
        return journal

    def claim(self) -> bool:
        """Takes the lock; False while a running program has it."""
        return self._lock.tryLock(0)

    def write(self, head: Head, experiment: Experiment) -> None:
        """Replaces it as a whole; raises SaveError. Touches nothing of Qt."""
        body = dumps(experiment)
        line = json.dumps(asdict(head) | {"crc": zlib.crc32(body)})
        save_bytes(line.encode() + b"\n" + body, self.file)

    def read(self) -> tuple[Head, Experiment]:
        """What was written last; raises Unreadable."""
        try:
            line, _, body = _content(self.file).partition(b"\n")
            told = json.loads(line)
            crc = told.pop("crc")
            head = Head(**told | {"edits": tuple(map(str, told["edits"]))})
            when = datetime.fromisoformat(head.at)
        except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
            raise Unreadable(str(error)) from None
        if crc != zlib.crc32(body) or when.tzinfo is not None:
            raise Unreadable("its checksum is wrong", str(head.path))
        try:
            return head, loads(body, self.file.name)
        except PresetError as error:
            raise Unreadable(str(error), head.path) from None

    def remove(self) -> None:
        """Takes the file away, if it can; the lock stays."""
        try:
            self.file.unlink(missing_ok=True)
        except OSError as error:
            log.warning("the journal was not taken away: %s", error)

    def set_aside(self) -> None:
        """Keeps a damaged one beside, for somebody who looks into it."""
        try:
            os.replace(self.file, self.file.with_name(self.file.name + DAMAGED))
        except OSError as error:
            log.warning("the damaged journal stays where it is: %s", error)

    def release(self) -> None:
        """Gives the lock back; what is written stays and is found at the next start."""
        self._lock.unlock()


def left_behind(folder: Path) -> Iterator[Journal]:
    """The journals of programs that are gone, newest first; each is claimed, and to be released."""
    with suppress(OSError):
        names = {name.removesuffix(LOCK) for name in os.listdir(folder)}
        files = [folder / name for name in sorted(names) if name.endswith(SUFFIX)]
        for file in sorted(files, key=_changed, reverse=True):
            journal = Journal(file)
            if not journal.claim():
                continue
            sweep(file)
            if file.exists():
                yield journal
            else:
                journal.release()  # which removes a lock that was left alone


def _changed(file: Path) -> int:
    return os.stat(file).st_mtime_ns if file.exists() else 0


def _content(file: Path) -> bytes:
    if not stat.S_ISREG(os.stat(file).st_mode):
        raise ValueError("it is not a regular file")
    with file.open("rb") as opened:
        content = opened.read(LARGEST_FILE + LARGEST_HEAD + 1)
    if len(content) > LARGEST_FILE + LARGEST_HEAD:
        raise ValueError("it is too large")
    return content
