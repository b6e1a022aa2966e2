"""Writes a run to a file while it goes on, on a thread of its own.

recorder = Recorder(path, experiment, versions)
recorder.take(message)      # each, in turn; never waits
recorder.close()
"""

import queue
import threading
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from platform import python_version

from vgviewer.experiment import Experiment, dumps
from vgviewer.frames import Frame, Message
from vgviewer.recording.codec import packed
from vgviewer.recording.container import Writer
from vgviewer.recording.records import (
    HEADER,
    KEPT,
    KINDS,
    NOTE,
    REMARKS,
    Header,
    Remarks,
    kind_of,
    parts_of,
)

FORMAT, VERSION = "vgviewer.run", 1
PACKAGES = ("vgviewer", "torch", "numpy")
NAME = "vgviewer-record"  # of the thread
ENDING = ".vgrun"
POLL_S = 0.005
MOST_WAITING = 256  # messages; a run is not asked for more until they are written


@dataclass(frozen=True)
class _Aside:
    kind: int
    content: object


class Recorder:
    """`problem` says in a sentence why nothing is written any more: the frames so far are in the file. Raises OSError
    where the file cannot be made."""

    def __init__(self, path: Path, experiment: Experiment) -> None:
        self.path = path
        self.problem = ""
        self._step = 0
        self._is_writing = False
        self._waiting: queue.SimpleQueue[Message | _Aside | None] = queue.SimpleQueue()
        self._writer = Writer(path)
        now = datetime.now(UTC).isoformat(timespec="seconds")
        versions = {"python": python_version()} | {name: version(name) for name in PACKAGES}
        header = Header(FORMAT, VERSION, dumps(experiment).decode(), versions, now)
        self._writer.write(HEADER, 0, packed(header))
        self._thread = threading.Thread(target=self._work, name=NAME, daemon=True)
        self._thread.start()

    @property
    def waiting(self) -> int:
        """How many messages are not written yet."""
        return self._waiting.qsize() + self._is_writing

    @property
    def room(self) -> int:
        """How many more messages it can take for now."""
        return max(0, MOST_WAITING - self.waiting)

    @property
    def size(self) -> int:
        """Bytes in the file."""
        return self._writer.size

    def take(self, message: Message) -> None:
        """The next message of the run."""
        self._waiting.put(message)

    def note(self, content: object) -> None:
        """What others know of the run after the messages so far: a dataclass, for `Recording.note`."""
        self._waiting.put(_Aside(NOTE, content))

    def keep(self, content: object) -> None:
        """A dataclass that notes speak of by its number, counted from 0, for `Recording.kept`."""
        self._waiting.put(_Aside(KEPT, content))

    def remark(self, remarks: Remarks) -> None:
        """What the person says of the run, all of it."""
        self._waiting.put(_Aside(REMARKS, remarks))

    def wait(self) -> None:
        """Until there is room."""
        while not self.room:
            time.sleep(POLL_S)

    def resume(self) -> None:
        """Goes on after a problem; what came meanwhile is not in the file."""
        self.problem = ""

    def close(self, timeout_s: float | None = 5.0) -> bool:
        """Writes what waits, and ends; False where that takes longer."""
        self._waiting.put(None)
        self._thread.join(timeout_s)
        return not self._thread.is_alive()

    def _work(self) -> None:
        while (item := self._waiting.get()) is not None:
            self._is_writing = True
            if not self.problem:
                try:
                    self._write(item)
                except OSError as error:
                    self.problem = f"Recording stopped: {error.strerror or error}."
            self._is_writing = False
        self._writer.close()

    def _write(self, item: "Message | _Aside") -> None:
        if isinstance(item, _Aside):
            self._writer.write(item.kind, self._step, packed(item.content))
        elif isinstance(item, Frame):
            self._step = item.step
            self._writer.write(kind_of(item), item.step, *parts_of(item))
        else:
            self._writer.write(KINDS[type(item)], self._step, packed(item))


def remark(path: Path, remarks: Remarks) -> None:
    """The same for a file that nobody writes to any more; raises OSError."""
    writer = Writer(path, is_there=True)
    try:
        writer.write(REMARKS, 0, packed(remarks))
    finally:
        writer.close()
