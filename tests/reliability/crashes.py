"""Programs that are killed while somebody works, and started again."""

import json
import time
from pathlib import Path
from typing import Any

from tests.reliability.nursery import Child, Nursery, at_home
from vgviewer.experiment import find, load, save

CHILD = "tests.reliability.editing_child"
IMPORTED = ("vgviewer.app.boot",)  # without torch, which nothing here needs
FIRST = 4  # units, as saved


def saved_file(folder: Path) -> Path:
    """A preset of a person, whose first layer has `FIRST` units."""
    file = folder / "mine.vgnet.json"
    experiment = load(find("rnn-forgets"))
    first = experiment.network.layers[0]
    network = experiment.network.change(first.id, first.model_copy(update={"units": FIRST}))
    save(experiment.replace(network=network), file)
    return file


def start(nursery: Nursery, file: Path, deed: str) -> Child:
    """With a home of its own beside the file."""
    home = file.parent / "home"
    return nursery.start(CHILD, [str(file), deed, str(home)], at_home(home))


def edit_and_kill(nursery: Nursery, file: Path, seconds: float) -> tuple[float, dict[int, float]]:
    """The moment of the kill, so long after the first edit, and when each number of units was set."""
    with start(nursery, file, "edit") as child:
        lines = [child.stdout.readline()]
        time.sleep(seconds)
        moment = time.monotonic()
        child.kill()
        lines += child.stdout.read().splitlines()
    edits = [line.split() for line in lines if len(line.split()) == 2]
    return moment, {int(units): float(at) for units, at in edits}


def edit_until_kept(nursery: Nursery, file: Path) -> None:
    """Killed as soon as its journal is there."""
    with start(nursery, file, "edit") as child:
        while not journals(file):
            assert child.stdout.readline()
        child.kill()


def restart(nursery: Nursery, file: Path, answer: str) -> dict[str, Any]:
    """What is open after the answer; then that program is killed, too."""
    with start(nursery, file, answer) as child:
        line = child.stdout.readline()
        child.kill()
    return dict(json.loads(line))


def journals(file: Path) -> list[Path]:
    """Those that lie there."""
    return sorted((file.parent / "home").rglob("*.journal"))
