"""Programs that are killed while somebody works, and started again."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from vgviewer.experiment import find, load, save

ROOT = Path(__file__).parents[2]
FIRST = 4  # units, as saved


def saved_file(folder: Path) -> Path:
    """A preset of a person, whose first layer has `FIRST` units."""
    file = folder / "mine.vgnet.json"
    experiment = load(find("rnn-forgets"))
    first = experiment.network.layers[0]
    network = experiment.network.change(first.id, first.model_copy(update={"units": FIRST}))
    save(experiment.replace(network=network), file)
    return file


def start(file: Path, deed: str) -> "subprocess.Popen[str]":
    """With a home of its own beside the file."""
    home = file.parent / "home"
    own = {name: str(home) for name in ("HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_DATA_HOME")}
    words = [sys.executable, "-m", "tests.reliability.editing_child", str(file), deed, str(home)]
    return subprocess.Popen(words, cwd=ROOT, env=os.environ | own, stdout=subprocess.PIPE, text=True)


def edit_and_kill(file: Path, seconds: float) -> tuple[float, dict[int, float]]:
    """The moment of the kill, so long after the first edit, and when each number of units was set."""
    with start(file, "edit") as child:
        assert child.stdout is not None
        lines = [child.stdout.readline()]
        time.sleep(seconds)
        child.kill()
        moment = time.monotonic()
        lines += child.stdout.read().splitlines()
    edits = [line.split() for line in lines if len(line.split()) == 2]
    return moment, {int(units): float(at) for units, at in edits}


def restart(file: Path, answer: str) -> dict[str, Any]:
    """What is open after the answer; then that program is killed, too."""
    with start(file, answer) as child:
        assert child.stdout is not None
        line = child.stdout.readline()
        child.kill()
    return dict(json.loads(line))


def journals(file: Path) -> list[Path]:
    """Those that lie there."""
    return sorted((file.parent / "home").rglob("*.journal"))
