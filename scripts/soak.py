"""The reliability rows with their full counts: `python3 scripts/soak.py [arguments of pytest]`."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import environment

TESTS_FAILED = 1
TABLE = environment.ROOT / "docs" / "reliability.md"
ROWS = environment.ROOT / "docs" / "reliability.jsonl"  # what the page is rendered from

HEAD = """# Reliability: what must never happen, measured

Each row is a test that ran with its full count; `python3 scripts/soak.py` measures anew and writes this page.

| row | must hold | measured | holds | seed | versions |
| --- | --- | --- | --- | --- | --- |
"""


def merged(old: Iterable[str], new: Iterable[str]) -> list[dict[str, Any]]:
    """The rows by id and target; a newer measurement takes the place of the older one."""
    rows = [json.loads(line) for line in (*old, *new)]
    return sorted({(row["id"], row["target"]): row for row in rows}.values(), key=lambda row: row["id"])


def rendered(rows: Iterable[dict[str, Any]]) -> str:
    """The whole page, in Markdown."""
    return HEAD + "".join(f"| {' | '.join(cells(row))} |\n" for row in rows)


def cells(row: dict[str, Any]) -> list[str]:
    """One row's texts, in the order of the head."""
    versions = ", ".join(f"{name} {number}" for name, number in row["versions"].items())
    seed = "" if row["seed"] is None else str(row["seed"])
    texts = [
        row["id"],
        row["target"],
        plain(row["value"]),
        "yes" if row["passed"] else "**no**",
        seed,
        versions,
    ]
    return [str(text).replace("|", "\\|") for text in texts]


def plain(value: object) -> str:
    """A measured value without the marks of a program."""
    if isinstance(value, dict):
        return ", ".join(f"{name}: {plain(part)}" for name, part in value.items())
    return str(value)


def measure(arguments: Sequence[str], lines: Path) -> int:
    """Let pytest write one JSON line per row; its exit code."""
    command = [str(environment.program("python")), "-m", "pytest", "--soak", f"--scoreboard={lines}"]
    if not environment.can_run_system_tests():
        print(environment.SYSTEM_TESTS_LEFT_OUT)
        command += ["-m", "not system"]
    return subprocess.call([*command, "--timeout", "7200", *arguments], cwd=environment.ROOT)


def main(arguments: Sequence[str]) -> int:
    """Measure, then write the page; rows that failed stand in it too."""
    try:
        environment.prepare()
    except environment.Refusal as refusal:
        environment.say(str(refusal))
        return 2
    with tempfile.TemporaryDirectory() as folder:
        lines = Path(folder) / "scoreboard.jsonl"
        lines.touch()
        code = measure(arguments, lines)
        if code not in (0, TESTS_FAILED):
            return code
        old = ROWS.read_text().splitlines() if ROWS.is_file() else []
        rows = merged(old, lines.read_text().splitlines())
    TABLE.parent.mkdir(exist_ok=True)
    ROWS.write_text("".join(json.dumps(row) + "\n" for row in rows))
    TABLE.write_text(rendered(rows))
    print(f"written: {TABLE.relative_to(environment.ROOT)}")
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
