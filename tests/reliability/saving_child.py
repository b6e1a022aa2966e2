"""Saves the contents of two files in turn until it is killed. Run as a program: the target, then the two."""

import sys
from itertools import cycle
from pathlib import Path

from vgviewer.experiment.saver import save_bytes


def main(target: Path, contents: list[bytes]) -> None:
    save_bytes(contents[0], target)
    print("saving", flush=True)
    for content in cycle(contents):
        save_bytes(content, target)


if __name__ == "__main__":
    assert "torch" not in sys.modules
    main(Path(sys.argv[1]), [Path(name).read_bytes() for name in sys.argv[2:]])
