"""Says which rows of the window's checklist hold: `.venv/bin/python scripts/ux.py [U14 …] [--page]`.

A row is a promise to the person in front of the window; `tests/app/ux/test_ux_uNN_….py` shows it, and its docstring
says it in words. Every such file is run, and each row printed with what came of it. With --page docs/checklist.md is
written anew. Exit code 0 where every row that is due holds.
"""

from __future__ import annotations

import argparse
import ast
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
TESTS = ROOT / "tests" / "app" / "ux"
PAGE = ROOT / "docs" / "checklist.md"
# These come with figures, lessons and languages.
LATER = frozenset({6, 24, 52, 54, 55, 56, 57, 58, 67, 71})
DUE = tuple(f"U{number:02d}" for number in range(1, 73) if number not in LATER)
HEAD = """# The window's checklist

What a person in front of the window can rely on, a test for each row (`tests/app/ux`). `python scripts/ux.py --page`
ran them and made this page.

| row | promise | tests | |
| --- | --- | --- | --- |
"""


@dataclass(frozen=True)
class Row:
    """A promise and what its tests said."""

    name: str
    promise: str
    tests: int
    failed: tuple[str, ...]

    @property
    def holds(self) -> bool:
        """Whether somebody has looked, and found nothing."""
        return self.tests > 0 and not self.failed


def main(words: Sequence[str] | None = None) -> int:
    """Runs, prints, and writes the page when it is wanted."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("rows", nargs="*", metavar="ROW", help="these rows alone, such as U14")
    parser.add_argument("--page", action="store_true", help="write docs/checklist.md")
    options = parser.parse_args(words)
    chosen = [name.upper() for name in options.rows] or list(DUE)
    rows = judged(chosen)
    for row in rows:
        print(f"{row.name}  {'holds ' if row.holds else 'FAILS '}  {row.promise}")
        for name in row.failed:
            print(f"     {name}")
    print(f"{sum(row.holds for row in rows)} of {len(rows)} rows hold")
    if options.page and not options.rows:
        PAGE.write_text(HEAD + "".join(map(line, rows)), "utf-8")
    return 0 if all(row.holds for row in rows) else 1


def judged(names: Iterable[str]) -> list[Row]:
    """The rows, after their tests have run."""
    files = {name: sorted(TESTS.glob(f"test_ux_{name.lower()}_*.py")) for name in names}
    outcomes = run([path for paths in files.values() for path in paths])
    rows = []
    for name, paths in files.items():
        found = [outcome for path in paths for outcome in outcomes.get(path.stem, ())]
        failed = tuple(test for test, passed in found if not passed)
        rows.append(Row(name, promise(paths), len(found), failed))
    return rows


def run(paths: Sequence[Path]) -> dict[str, list[tuple[str, bool]]]:
    """Each test's name and whether it passed, by its file's stem."""
    if not paths:
        return {}
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.xml"
        command = [sys.executable, "-m", "pytest", "-q", "-n", "2", f"--junitxml={report}", *map(str, paths)]
        subprocess.run(command, cwd=ROOT, stdout=sys.stderr, check=False)
        cases = ElementTree.parse(report).iter("testcase")  # noqa: S314
        outcomes: dict[str, list[tuple[str, bool]]] = {}
        for case in cases:
            stem = case.get("classname", "").rpartition(".")[2]
            outcomes.setdefault(stem, []).append((case.get("name", ""), not len(case)))
    return outcomes


def promise(paths: Sequence[Path]) -> str:
    """The first paragraph of the tests' docstring, without the row's name."""
    if not paths:
        return "nobody has shown it yet"
    words = (ast.get_docstring(ast.parse(paths[0].read_text("utf-8"))) or "").partition("\n\n")[0]
    return " ".join(words.partition(": ")[2].split())


def line(row: Row) -> str:
    """The row, as a line of the page."""
    return f"| {row.name} | {row.promise} | {row.tests} | {'holds' if row.holds else '**fails**'} |\n"


if __name__ == "__main__":
    sys.exit(main())
