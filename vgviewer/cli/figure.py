"""`vgviewer figure`: a picture without a display."""

import os
import re
from collections.abc import Collection
from pathlib import Path
from typing import Annotated

import typer

from vgviewer.cli.opening import opened
from vgviewer.cli.options import File, Seed
from vgviewer.cli.refusal import Refusal
from vgviewer.experiment import Experiment
from vgviewer.frames.wishes import Wanted
from vgviewer.runner import Session, follow

WINDOW = "window"
STEPS = 100  # enough for the alerts that there are, a few seconds for the largest shipped preset


def figure(
    file: File,
    view: Annotated[
        str, typer.Option("--view", help="Such as through-time or curves, or window; a wrong name lists all.")
    ],
    out: Annotated[Path, typer.Option("--out", metavar="OUT.(png|svg)", help="Where to write.")],
    steps: Annotated[
        int, typer.Option("--steps", min=1, max=10_000_000, help="Train so many steps first.")
    ] = STEPS,
    seed: Seed = None,
    size: Annotated[str, typer.Option("--size", metavar="WxH", help="In pixels at scale 1.")] = "1600x900",
    scale: Annotated[
        float, typer.Option("--scale", min=0.1, max=10, help="Pixels for one pixel of the layout.")
    ] = 1.0,
    theme: Annotated[str, typer.Option("--theme", help="light, dark or print.")] = "light",
) -> None:
    """Train a preset, then draw one view, or the whole window, without a display."""
    width_height = _size(size)
    experiment = opened(file, steps=steps, seed=seed)
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from vgviewer.app import drawing

    if view not in (WINDOW, *drawing.VIEWS):
        raise Refusal(f"--view: must be one of {', '.join((*drawing.VIEWS, WINDOW))}, is {view}")
    if theme not in drawing.THEMES:
        raise Refusal(f"--theme: must be one of {', '.join(drawing.THEMES)}, is {theme}")
    try:
        drawing.check(out, width_height, scale)
        session = _trained(experiment, drawing.wanted(view))
        drawing.draw(view, session, out, width_height, scale, theme)
    except drawing.FigureError as error:
        raise Refusal(f"--out: {error}") from None
    typer.echo(str(out), err=True)


def _size(text: str) -> tuple[int, int]:
    match = re.fullmatch(r"(\d{1,5})x(\d{1,5})", text)
    if match is None:
        raise Refusal(f"--size: must be WIDTHxHEIGHT in pixels such as 1600x900, is {text}")
    return int(match[1]), int(match[2])


def _trained(experiment: Experiment, wanted: Collection[Wanted]) -> Session:
    session = Session(experiment)
    for _ in follow(session, wanted=wanted):
        pass
    return session
