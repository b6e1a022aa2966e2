"""What is left of a crash of the program itself: where each thread stood, for the next start to tell."""

import faulthandler
from pathlib import Path
from typing import BinaryIO

from platformdirs import user_state_path

LARGEST = 100_000  # bytes shown; the last ones
KEPT = "crash-before.log"


def crash_file() -> Path:
    """Where a crash is written to."""
    return user_state_path("vgviewer", appauthor=False) / "crash.log"


class Crashes:
    """From now on a crash leaves its trace in the file. `last` is what the crash before has left, "" for none; it is
    told once and kept beside. Without a place to write to there is no trace."""

    def __init__(self, file: Path | None = None) -> None:
        self.file = file or crash_file()
        self.last = ""
        self._trace: BinaryIO | None = None
        try:
            self.file.parent.mkdir(parents=True, exist_ok=True)
            self._trace = self.file.open("ab", buffering=0)  # another program may be writing to it, too
            self._take()
        except OSError:
            return
        faulthandler.enable(self._trace)

    def close(self) -> None:
        """The end of the program: what happens from now on happens to the interpreter alone."""
        if self._trace is not None and not self._trace.closed:
            faulthandler.disable()
            self._trace.close()

    def _take(self) -> None:
        content = self.file.read_bytes()[-LARGEST:]
        if content:
            self.file.with_name(KEPT).write_bytes(content)
            self.file.write_bytes(b"")
            self.last = content.decode("utf-8", "replace")
