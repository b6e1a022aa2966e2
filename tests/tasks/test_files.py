"""A task's data file may be missing, no file at all or another one than before: that is told, and never raised."""

import os
from pathlib import Path

import numpy as np
import pytest

from vgviewer.shapes import Shape
from vgviewer.tasks import TASKS, Arrays, Csv, Targets, Task, cells, tables
from vgviewer.tasks.characters import Characters
from vgviewer.tasks.files import FileTask

OF_FILES = [kind for kind in TASKS if issubclass(kind, FileTask)]
KINDS = pytest.mark.parametrize("kind", OF_FILES, ids=lambda kind: kind.label)


def refusal(kind: type[Task], path: Path) -> str:
    task = kind.model_validate({"path": path})
    problem = task.problem()
    assert problem is not None
    assert problem[0] == "path"
    assert problem[1].isprintable()
    assert (task.inputs(), task.targets(), task.baseline("mse")) == (Shape(1), Targets("values", 1), None)
    return problem[1]


def test_that_tables_and_arrays_are_read_from_files() -> None:
    assert set(OF_FILES) == {Csv, Arrays}


@KINDS
def test_that_what_is_no_file_is_never_opened(kind: type[Task], tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.csv")  # to open it would wait for ever
    (tmp_path / "loop.csv").symlink_to("loop.csv")
    assert refusal(kind, Path()) == "No file is chosen yet. Choose one."
    assert refusal(kind, Path("here.csv")).startswith('"here.csv" is not a full path. Choose the file')
    assert refusal(kind, tmp_path / "none.csv").startswith('"none.csv" does not exist in "/')
    assert refusal(kind, tmp_path) == f'"{tmp_path.name}" is not a regular file. Choose another one.'
    assert refusal(kind, tmp_path / "pipe.csv") == '"pipe.csv" is not a regular file. Choose another one.'
    assert refusal(kind, Path("/dev/zero")) == '"zero" is not a regular file. Choose another one.'
    assert refusal(kind, tmp_path / "loop.csv").startswith(
        '"loop.csv" cannot be read: Too many levels of symbolic'
    )
    assert refusal(kind, tmp_path / "a\0b\n\u202e.csv").startswith(
        '"a\\u0000b\\n\\u202e.csv" cannot be read: embedded'
    )
    assert refusal(kind, tmp_path / ("x" * 5000)).endswith(
        "… cannot be read: File name too long. Choose another file."
    )


@KINDS
def test_that_a_file_too_large_is_not_read(kind: type[Task], tmp_path: Path) -> None:
    path = tmp_path / "large.csv"
    path.touch()
    os.truncate(path, 3_000_000_000)
    largest = 200 if kind is Csv else 1_000
    assert refusal(kind, path) == (
        f'"large.csv" has 3,000 MB; at most {largest:,} MB are read. Take a part of it.'
    )


def test_that_a_file_that_the_system_does_not_give_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "mine.csv"
    path.write_text("a,b\n1,2\n2,3\n")

    def refuse(path: Path) -> None:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(tables, "read_header", refuse)
    assert refusal(Csv, path) == '"mine.csv" cannot be read: Permission denied. Choose another file.'


def test_that_a_file_is_read_again_only_when_it_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "mine.csv"
    reads = []
    monkeypatch.setattr(tables, "read_header", lambda path: reads.append(path) or cells.read_header(path))

    def look(content: str | None) -> str:
        if content is not None:
            path.write_text(content)
        task = Csv.model_validate({"path": path})
        return f"{task.inputs()} {task.targets().size} {task.problem()}"

    assert look("a,b,c\n1,2,3\n2,3,4\n") == "2 1 None"
    assert look(None) == "2 1 None"
    assert len(reads) == 1
    assert "no number" in look("a,b\nx,1\n2,3\n")
    assert "no number" in look(None)
    assert len(reads) == 2
    assert look("a,b\n1,0\n2,1\n3,2\n") == "1 3 None"
    path.unlink()
    assert "does not exist" in look(None)
    assert look("a,b\n1,0\n2,1\n3,2\n4,3\n") == "1 4 None"


def test_that_a_settled_task_keeps_its_data_whatever_becomes_of_the_file(tmp_path: Path) -> None:
    table, book, numbers = tmp_path / "mine.csv", tmp_path / "mine.txt", tmp_path / "mine.npz"
    table.write_text("a,b,c\n1,2,3\n2,3,5\n")
    book.write_text("to be or not to be " * 60)
    np.savez(numbers, x=np.ones((4, 3)), y=np.arange(4))
    for task in (Csv(path=table), Characters(text=book), Arrays(path=numbers)):
        shape, settled = task.inputs(), task.settled()
        first = task.table()
        (task.text if isinstance(task, Characters) else task.path).unlink()
        assert task.problem() is not None
        assert task.inputs() != shape
        assert settled.problem() is None
        assert settled.inputs() == shape
        for one, other in zip(settled.table(), first, strict=True):
            np.testing.assert_array_equal(one, other)
