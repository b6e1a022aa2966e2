"""A save happens as a whole or not at all, and says why."""

import os
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from tests.engine.cases import DENSE, VALUES_TASK, fixed, preset, wave
from tests.engine.comparison import experiment_of
from vgviewer.experiment import SaveError, dumps, load, save

OLD = experiment_of(preset(task=VALUES_TASK))
NEW = experiment_of(preset(DENSE, task=VALUES_TASK))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "one.vgnet.json"
    save(OLD, path)
    return path


def only(path: Path) -> bool:
    return list(path.parent.iterdir()) == [path]


def test_that_a_save_replaces_the_file_and_leaves_nothing_beside_it(file: Path) -> None:
    save(NEW, file)
    assert file.read_bytes() == dumps(NEW)
    assert load(file) == NEW
    assert only(file)


@pytest.mark.parametrize("broken", ["write", "fsync", "replace"])
def test_that_a_save_that_fails_anywhere_leaves_the_old_file(
    broken: str, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, broken, fail)
    with pytest.raises(SaveError) as caught:
        save(NEW, file)
    assert str(caught.value).startswith(f"{file} was not saved: No space left on device. ")
    assert file.read_bytes() == dumps(OLD)
    assert only(file)


def test_that_a_disk_that_takes_a_few_bytes_at_a_time_gets_all(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = os.write
    monkeypatch.setattr(os, "write", lambda descriptor, content: write(descriptor, bytes(content[:7])))
    save(NEW, file)
    assert file.read_bytes() == dumps(NEW)


def test_that_everything_is_on_the_disk_before_the_old_file_goes(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    for name in ("write", "fsync", "replace"):
        real = getattr(os, name)

        def noted(*arguments: object, name: str = name, real: object = real) -> object:
            told.append(name)
            return real(*arguments)

        monkeypatch.setattr(os, name, noted)
    save(NEW, file)
    assert told == ["write", "fsync", "replace", "fsync"]  # the last one is the folder's


@pytest.mark.parametrize("start", [load, partial(save, NEW)])
def test_that_what_a_killed_process_left_goes_with_the_next_load_or_save_and_nothing_else_does(
    start: Callable[[Path], object], file: Path
) -> None:
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    left = file.with_name(f".{file.name}.{ended.pid}.tmp")
    of_a_living_one = file.with_name(f".{file.name}.{os.getppid()}.tmp")
    of_another_file = file.with_name(f".other.vgnet.json.{ended.pid}.tmp")
    of_a_person = file.with_name(f".{file.name}.mine.tmp")
    for path in (left, of_a_living_one, of_another_file, of_a_person):
        path.write_bytes(b"half")
    start(file)
    assert set(file.parent.iterdir()) == {file, of_a_living_one, of_another_file, of_a_person}


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("nowhere/one.vgnet.json", "No such file or directory"),
        ("folder", "it is not a regular file"),
        ("fifo", "it is not a regular file"),
        ("x" * 250 + ".vgnet.json", "File name too long"),
        ("a\x00b", "embedded null byte"),
    ],
)
def test_that_an_impossible_place_is_named_with_its_reason(name: str, reason: str, tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    os.mkfifo(tmp_path / "fifo")
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(SaveError) as caught:
        save(NEW, tmp_path / name)
    assert str(tmp_path / name) in str(caught.value)
    assert reason in str(caught.value)
    assert sorted(tmp_path.rglob("*")) == before


def test_that_a_preset_too_large_to_be_opened_again_is_not_saved(file: Path) -> None:
    large = experiment_of(preset(task=fixed(wave(2000, 100), wave(2000, 1))))
    with pytest.raises(SaveError, match=r"it would have 2,\d\d\d,\d\d\d bytes"):
        save(large, file)
    assert file.read_bytes() == dumps(OLD)
    assert only(file)
