"""The folder of kept runs: named by when they began, within its limit, deleted with a way back."""

import os
from pathlib import Path

import pytest

from tests.app.recorded import run_file
from tests.app.runs_by_hand import experiment
from vgviewer.app.library import Shelf
from vgviewer.recording import Remarks, remark


def shelf_of(folder: Path, count: int) -> tuple[Shelf, list[Path]]:
    """With so many runs, the oldest first."""
    (folder / "runs").mkdir()
    paths = [run_file(folder / "runs" / f"{number}.vgrun", 5) for number in range(count)]
    for age, path in enumerate(paths):
        os.utime(path, (1000 + age, 1000 + age))
    return Shelf(folder / "runs"), paths


def test_that_a_run_gets_a_file_of_its_own_name(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path / "runs")
    recorders = [shelf.recorder(experiment("A/b: *?\n")) for _ in range(3)]
    for recorder in recorders:
        assert recorder.close()
        assert recorder.path.parent == tmp_path / "runs"
        assert "A-b" in recorder.path.name
    assert len({recorder.path for recorder in recorders}) == 3


def test_that_the_oldest_go_first_and_what_has_remarks_stays(tmp_path: Path) -> None:
    shelf, paths = shelf_of(tmp_path, 6)
    size = paths[0].stat().st_size
    remark(paths[0], Remarks(note="Keep it."))
    os.utime(paths[0], (1000, 1000))
    gone = shelf.fit(3 * size + size // 2, but=paths[1])
    assert gone == paths[2:5]
    assert shelf.runs() == [paths[5], paths[1], paths[0]]
    assert shelf.fit(10**9) == []


def test_that_what_is_deleted_comes_back_until_the_bin_is_emptied(tmp_path: Path) -> None:
    shelf, (one, other) = shelf_of(tmp_path, 2)
    content = one.read_bytes()
    away = shelf.delete(one)
    assert shelf.runs() == [other]
    assert shelf.restore(away) == one
    assert one.read_bytes() == content
    shelf.delete(one)
    shelf.empty_bin()
    assert not list((tmp_path / "runs").rglob("0.vgrun"))
    assert shelf.runs() == [other]


def test_that_no_folder_holds_no_runs(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path / "nowhere")
    assert (shelf.runs(), shelf.size(), shelf.fit(0)) == ([], 0, [])


@pytest.mark.parametrize("content", [b"", b"\x89vgrun\r\n"])
def test_that_what_cannot_be_read_is_not_removed_by_itself(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "odd.vgrun").write_bytes(content)
    shelf = Shelf(tmp_path)
    assert shelf.fit(0) == []
    assert (tmp_path / "odd.vgrun").exists()
