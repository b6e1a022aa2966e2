"""`vgviewer --self-test`: whether the program works on this computer, as a report to copy. About 20 seconds."""

import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path

import typer
from platformdirs import user_config_path

from vgviewer import __version__
from vgviewer.experiment import SaveError, dumps, load, loads, shipped
from vgviewer.experiment.saver import save_bytes

PACKAGES = ("torch", "numpy", "PySide6-Essentials", "pyqtgraph", "pydantic")
SEEDS = 1
PATIENCE_S = 120


class Failed(Exception):
    """What a check has found to be wrong, as a sentence."""


def self_test() -> int:
    """Prints the report; 0 when everything works, else 1."""
    typer.echo(f"vgviewer {__version__}, Python {platform.python_version()}, {platform.platform()}")
    typer.echo(", ".join(f"{name} {version(name)}" for name in PACKAGES))
    failures = sum(not _passes(name, check) for name, check in CHECKS)
    typer.echo("Everything works." if not failures else f"{failures} of {len(CHECKS)} checks failed.")
    return min(failures, 1)


def _passes(name: str, check: Callable[[], str]) -> bool:
    begun = time.perf_counter()
    try:
        sign, words = "ok    ", check()
    except Exception as error:  # whatever it is, it stands in the report, and the other checks go on
        sign, words = (
            "FAILED",
            str(error) if isinstance(error, Failed) else f"{type(error).__name__}: {error}",
        )
    typer.echo(f"{sign}  {name}: {words} ({time.perf_counter() - begun:.1f} s)")
    return sign != "FAILED"


def presets() -> str:
    """Each can be read and trained, and is the same after it was written and read again."""
    cards = shipped()
    for card in cards:
        experiment = load(card.path)
        if experiment.problems:
            raise Failed(f"{card.id} cannot be trained: {experiment.problems[0]}")
        if loads(dumps(experiment), card.id) != experiment:
            raise Failed(f"{card.id} is another one after it was written and read")
    return f"all {len(cards)} load, and are the same after writing and reading"


def exactness() -> str:
    """Gradients of an RNN, an LSTM and a GRU against autograd in double precision."""
    from vgviewer.engine.bench import errors

    goals = list(errors.of_errors(SEEDS))
    missed = [
        f"{goal.goal} is {goal.reading.value:.2g}, at most {goal.bound:g}" for goal in goals if not goal.holds
    ]
    if missed:
        raise Failed("; ".join(missed))
    worst = max(goal.reading.value / goal.bound for goal in goals)
    return f"{len(goals)} comparisons, the worst uses {worst:.0%} of what is allowed"


def window() -> str:
    """In a process of its own, off screen: a crash there is a line here."""
    words = [sys.executable, "-m", "vgviewer.app.window_check"]
    variables = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(  # noqa: S603  our own
        words, env=variables, capture_output=True, text=True, timeout=PATIENCE_S, check=False
    )
    if done.returncode or done.stderr:
        raise Failed(f"it ended with {done.returncode}: {done.stderr.strip() or 'no word'}")
    seen = json.loads(done.stdout)
    if not seen["trained"]:
        raise Failed(f"it made {seen['steps']} steps and no more")
    return f"painted, {seen['steps']} steps trained, closed"


def preferences() -> str:
    """Whether what is chosen can be kept."""
    folder = user_config_path("vgviewer", appauthor=False)
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=folder):
        return f"{folder} can be written"


def saving() -> str:
    """A file is replaced as a whole, or stays as it was, and nothing is left beside it."""
    with tempfile.TemporaryDirectory() as name:
        folder, file = Path(name), Path(name) / "file"
        for content in (b"old", b"new" * 100_000):
            save_bytes(content, file)
            if file.read_bytes() != content:
                raise Failed("what was saved is not what is there")
        blocked = folder / "folder"
        blocked.mkdir()
        try:
            save_bytes(b"new", blocked)
        except SaveError:
            left = sorted(each.name for each in folder.iterdir())
            if left == ["file", "folder"]:
                return "whole or not at all, nothing left beside"
            raise Failed(f"left behind: {', '.join(left)}") from None
        raise Failed("a folder was taken for a file")


CHECKS = (
    ("Presets", presets),
    ("Gradients", exactness),
    ("Window", window),
    ("Preferences", preferences),
    ("Saving", saving),
)
