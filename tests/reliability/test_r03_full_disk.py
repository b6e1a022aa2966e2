"""R03: a save on a full disk says so, names the place, and leaves what was there byte for byte."""

import contextlib
import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.engine.cases import DENSE, VALUES_TASK, preset
from tests.engine.comparison import experiment_of
from vgviewer.experiment import SaveError, load, save
from vgviewer.experiment.saver import save_bytes

ROOT = Path(__file__).parents[2]
SIZES = (1_000, 50_000, 900_000, 5_000_000)  # bytes; the disk has a megabyte, most of it taken
LIMIT = 20_000  # bytes a file may have
OLD = b"old" * 100
SMALL = experiment_of(preset(DENSE, task=VALUES_TASK))
LIMITED = f"""
import json, resource, sys
from pathlib import Path
from vgviewer.experiment import SaveError
from vgviewer.experiment.saver import save_bytes

resource.setrlimit(resource.RLIMIT_FSIZE, ({LIMIT}, {LIMIT}))
told = []
for size in json.loads(sys.argv[2]):
    try:
        save_bytes(b"x" * size, Path(sys.argv[1]))
        told.append("saved")
    except SaveError as error:
        told.append(str(error))
print(json.dumps(told))
"""


def refused(size: int, path: Path) -> str:
    with pytest.raises(SaveError) as caught:
        save_bytes(b"x" * size, path)
    return str(caught.value)


def mount(*words: str) -> None:
    subprocess.run(words, check=True, capture_output=True)


def fill(file: Path) -> None:
    """Writes until nothing more fits."""
    with contextlib.suppress(OSError), file.open("wb", buffering=0) as content:
        while content.write(b"x" * 512):
            continue


@pytest.fixture
def full_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of its own with half a page left."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mount("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(disk))
    try:
        (disk / "old.vgnet.json").write_bytes(OLD)
        fill(disk / "ballast")
        yield disk
    finally:
        mount("umount", str(disk))


@pytest.mark.system
def test_that_a_full_disk_costs_nothing_but_a_message(
    full_disk: Path, scoreboard: Callable[..., bool]
) -> None:
    path = full_disk / "old.vgnet.json"
    before = sorted(full_disk.iterdir())
    kept = 0
    for size in SIZES:
        told = refused(size, path)
        assert str(path) in told
        assert "No space left on device" in told
        kept += path.read_bytes() == OLD and sorted(full_disk.iterdir()) == before
    (full_disk / "ballast").unlink()
    save(SMALL, path)
    assert load(path) == SMALL
    value = {"saves on a full disk": len(SIZES), "old file and folder as before": kept}
    told = "full disk on save, 1 KB to 5 MB: old file byte-identical, path and reason named, goes on"
    assert scoreboard("R03", told, value, kept == len(SIZES))


def test_that_a_file_that_may_not_grow_costs_nothing_but_a_message(
    tmp_path: Path, scoreboard: Callable[..., bool]
) -> None:
    path = tmp_path / "old.vgnet.json"
    path.write_bytes(OLD)
    sizes = [LIMIT + 1, 1_000_000, 5_000_000]
    words = [sys.executable, "-c", LIMITED, str(path), json.dumps(sizes)]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=True)
    told = json.loads(done.stdout)
    kept = path.read_bytes() == OLD and list(tmp_path.iterdir()) == [path]
    named = [str(path) in sentence and "File too large" in sentence for sentence in told]
    value = {
        "saves that may not grow": len(sizes),
        "named": sum(named),
        "old file and folder as before": kept,
    }
    target = "a limit on the size of files (RLIMIT_FSIZE): old file byte-identical, path and reason named"
    assert scoreboard("R03", target, value, kept and all(named)), told


def test_that_a_file_below_the_limit_is_saved(tmp_path: Path) -> None:
    path = tmp_path / "new.vgnet.json"
    words = [sys.executable, "-c", LIMITED, str(path), json.dumps([LIMIT])]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=True)
    assert json.loads(done.stdout) == ["saved"]
    assert path.read_bytes() == b"x" * LIMIT
