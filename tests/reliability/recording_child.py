"""Records frames as fast as they are written, until it is killed. Run as a program: the file, then how many at most.

Prints the step of each frame once it is in the file.
"""

import sys
from itertools import count
from pathlib import Path

from tests.recording.runs import EXPERIMENT, frame, messages
from vgviewer.recording import Recorder


def main(path: Path) -> None:
    started = messages(0)[0]
    recorder = Recorder(path, EXPERIMENT)
    recorder.take(started)
    for step in count():
        recorder.take(frame(step))
        while not recorder.room:
            pass
        if step % 16 == 15:
            while recorder.waiting:
                pass
            print(step, flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
