"""`vgviewer bench`: the project's own benchmark, every promise with what was measured."""

import json
import os
import platform
import subprocess
import sys
from collections.abc import Iterator
from importlib.metadata import version
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from vgviewer import __version__
from vgviewer.cli.judging import of_judging
from vgviewer.cli.keeping import of_keeping
from vgviewer.cli.options import AsJson
from vgviewer.cli.output import print_json

if TYPE_CHECKING:
    from vgviewer.engine.bench import Goal

PRESETS = ("rnn-forgets", "lstm-default", "relu-40-skips")
SECONDS = 8
WINDOW_PAIRS = 3
STARTS = 7  # each takes seconds, and starts differ a lot
FRAMES, QUICK_FRAMES = 1000, 100
KEPT, QUICK_KEPT = (41, 100_000), (5, 2_000)  # pairs of turns, frames of a long run
SHARE_OF_SPEED, LATER_MS, SHARE_OF_START, EDIT_MS = 0.8, 15.0, 0.4, 50.0
SHARE_OF_FRAME = 1.3
WITHOUT_WINDOW = """
import sys, tempfile, time
from pathlib import Path
from vgviewer.experiment import find, load
from vgviewer.frames import Frame
from vgviewer.recording import Recorder
from vgviewer.runner import Run, Session
experiment = load(find(sys.argv[1]))
run = Run(experiment.replace(training=experiment.training.replace(steps=10_000_000)))
folder = tempfile.TemporaryDirectory()
recorder = Recorder(Path(folder.name) / "run.vgrun", run.experiment)  # as the window does
session, made, begun, ends = Session(run.experiment, recorder), 0, 0.0, float("inf")
run.start()
while time.perf_counter() < ends:
    for message in run.drain():
        session.take(message)
        if isinstance(message, Frame):
            made = message.step
            if made == 20:
                begun = time.perf_counter()
                ends = begun + float(sys.argv[2])
    run.join(0.01)
print((made - 20) / (time.perf_counter() - begun))
run.stop()
run.join(5)
recorder.close()
"""
FIRST_PAINT = """
import gc, time
begun = time.perf_counter()
gc.disable()  # as the command does
from vgviewer.app.measured import first_paint
print(first_paint(begun))
"""
IMPORT_TORCH = """
import time
begun = time.perf_counter()
import torch
print(time.perf_counter() - begun)
"""


def bench(
    quick: Annotated[bool, typer.Option("--quick", help="Fewer pairs, no window; under a minute.")] = False,
    as_json: AsJson = False,
) -> None:
    """Measure every promise about exactness, speed and memory, side by side with plain torch."""
    console = Console(stderr=True)
    rows: list[dict[str, Any]] = []
    with console.status("measuring …") as status:
        for goal in _goals(quick):
            rows.append(_row(goal))
            status.update(f"measured {len(rows)}: {goal.goal}")
    found = {"goals": rows, "versions": _versions()}
    if as_json:
        print_json(found)
    else:
        _show(rows)


def _goals(quick: bool) -> Iterator["Goal"]:
    from vgviewer.engine.bench import promises

    yield of_judging(QUICK_FRAMES if quick else FRAMES)  # before gigabytes have gone through the memory
    yield from promises(quick)
    yield from of_keeping(*(QUICK_KEPT if quick else KEPT))
    if not quick:
        yield from _of_window()


def _of_window() -> Iterator["Goal"]:
    from vgviewer.engine.bench import Goal, middle

    for preset in PRESETS:
        shares, later = [], []
        for _ in range(WINDOW_PAIRS):
            window = json.loads(_child(["-m", "vgviewer.app.measured", preset, str(SECONDS)]))
            alone = float(_child(["-c", WITHOUT_WINDOW, preset, str(SECONDS)]))
            shares.append(window["steps_per_second"] / alone)
            later.append(window["training_p99_ms"] - window["rest_p99_ms"])
        name = f"{preset}: steps per second with the window over without, at least"
        yield Goal(name, SHARE_OF_SPEED, middle(shares), at_least=True)
        yield Goal(
            f"{preset}: ms that a 5 ms timer fires later (p99) while training", LATER_MS, middle(later)
        )
    edits = [json.loads(_child(["-m", "vgviewer.app.measured_edits"])) for _ in range(WINDOW_PAIRS)]
    yield Goal(
        "200 layers: ms of the slowest edit, painting included",
        EDIT_MS,
        middle([max(each.values()) for each in edits]),
    )
    yield from _of_start()


def _of_start() -> Iterator["Goal"]:
    """Until the first paint; and launch, one click on a card, two painted frames of its run. Set against importing
    torch as Python does it; that the program collects no garbage meanwhile is a gain of its own."""
    from vgviewer.engine.bench import Goal, middle

    seconds, paints, frames = [], [], []
    for _ in range(STARTS):
        paint, torch = float(_child(["-c", FIRST_PAINT])), float(_child(["-c", IMPORT_TORCH]))
        seconds.append(json.loads(_child(["-m", "vgviewer.app.measured_start"]))["second_frame_s"])
        paints.append(paint / (torch + paint))
        frames.append(seconds[-1] / (torch + paint))
    yield Goal("first paint, over importing torch + first paint", SHARE_OF_START, middle(paints))
    told = f"launch to the second painted frame ({middle(seconds).value:.1f} s), over importing torch + first paint"
    yield Goal(told, SHARE_OF_FRAME, middle(frames))


def _child(words: list[str]) -> str:
    variables = dict(os.environ)
    variables.pop("PYTHONDONTWRITEBYTECODE", None)  # nobody waits for the compiler at a second start
    if not (variables.get("DISPLAY") or variables.get("WAYLAND_DISPLAY")):
        variables.setdefault("QT_QPA_PLATFORM", "offscreen")
    command = [sys.executable, *words]
    done = subprocess.run(command, env=variables, capture_output=True, text=True, check=True)  # noqa: S603  our own
    return done.stdout


def _row(goal: "Goal") -> dict[str, Any]:
    return {
        "goal": goal.goal,
        "value": float(f"{goal.reading.value:.3g}"),
        "bound": goal.bound,
        "holds": goal.holds,
        "pairs": goal.reading.pairs,
        "spread": float(f"{goal.reading.spread:.2g}"),
    }


def _versions() -> dict[str, str]:
    packages = {name: version(name) for name in ("torch", "numpy", "PySide6-Essentials")}
    machine = f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores"
    return {"vgviewer": __version__, "python": platform.python_version(), **packages, "machine": machine}


def _show(rows: list[dict[str, Any]]) -> None:
    table = Table("goal", "value", "bound", "spread", "pairs", "")
    for row in rows:
        figures = (f"{row[name]:g}" for name in ("value", "bound", "spread", "pairs"))
        table.add_row(row["goal"], *figures, "holds" if row["holds"] else "MISSED")
    Console().print(table)
    typer.echo(", ".join(f"{name} {number}" for name, number in _versions().items()))
