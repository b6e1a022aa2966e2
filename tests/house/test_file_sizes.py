"""A file that needs scrolling for minutes is two files."""

from pathlib import Path

ROOT = Path(__file__).parents[2]
MOST_LINES = 400


def too_long(folder: Path) -> list[str]:
    """The Python files of a folder with more lines than a reader should have to hold."""
    files = sorted(folder.rglob("*.py"))
    return [str(file) for file in files if len(file.read_text("utf-8").splitlines()) > MOST_LINES]


def test_that_no_python_file_has_more_than_400_lines() -> None:
    assert [too_long(ROOT / name) for name in ("vgviewer", "tests", "scripts")] == [[], [], []]


def test_that_a_file_of_401_lines_is_noticed(tmp_path: Path) -> None:
    (tmp_path / "short.py").write_text("x = 1\n" * 400)
    (tmp_path / "long.py").write_text("x = 1\n" * 401)
    assert too_long(tmp_path) == [str(tmp_path / "long.py")]
