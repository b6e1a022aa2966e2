"""R22: the window from 1×1 to 8000×4000, at scale 1, 1.5, 2 and 3, with the largest texts and without any font of the
system: no exception, and no clipped text in the main views at 1024×768."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).parents[2]
NO_FONTS = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig></fontconfig>"""
QUIET = "This plugin does not support propagateSizeHints()"  # offscreen says so of every window
CASES = {
    "scale 1": ("1", 100, False),
    "scale 1.5": ("1.5", 100, False),
    "scale 2": ("2", 100, False),
    "scale 3": ("3", 100, False),
    "largest texts": ("1", 300, False),
    "no fonts": ("1", 100, True),
}


def test_that_no_size_breaks_the_window(tmp_path: Path, scoreboard: Callable[..., bool]) -> None:
    fonts = tmp_path / "fonts.conf"
    fonts.write_text(NO_FONTS, "utf-8")

    def tried(case: tuple[str, int, bool]) -> dict[str, list[str]]:
        factor, percent, has_none = case
        around = dict(os.environ, QT_QPA_PLATFORM="offscreen", QT_SCALE_FACTOR=factor)
        if has_none:
            around["FONTCONFIG_FILE"] = str(fonts)
        command = [sys.executable, "-W", "error", "-m", "tests.app.scaled_child", "sizes", str(percent)]
        done = subprocess.run(command, cwd=ROOT, env=around, capture_output=True, text=True, check=False)
        said = [line for line in done.stderr.splitlines() if line.strip() and line.strip() != QUIET]
        wrong = said if done.returncode or said else []
        cut: dict[str, list[str]] = json.loads(done.stdout.splitlines()[-1]) if not done.returncode else {}
        return {"wrong": wrong, "cut": [words for layout in cut.values() for words in layout]}

    with ThreadPoolExecutor(2) as two:
        found = dict(zip(CASES, two.map(tried, CASES.values()), strict=True))
    exceptions = {name: case["wrong"] for name, case in found.items() if case["wrong"]}
    clipped = {name: case["cut"] for name, case in found.items() if case["cut"] and "largest" not in name}
    value = {"cases": len(found), "exceptions": len(exceptions), "clipped": len(clipped)}
    target = "0 exceptions, no clipped text at 1024×768"
    assert scoreboard("R22", target, value, not exceptions and not clipped), (exceptions, clipped)
