"""`vgviewer [FILE]`: the window."""

import gc
import os
import sys
from typing import Annotated

import typer

from vgviewer.cli.refusal import Refusal
from vgviewer.experiment import find, load


def open_(
    file: Annotated[str | None, typer.Argument(metavar="FILE", help="A preset: its path or name.")] = None,
    safe_mode: Annotated[
        bool,
        typer.Option("--safe-mode", help="Start with default preferences, and leave the kept ones alone."),
    ] = False,
) -> None:
    """Open the window."""
    path = None if file is None else find(file)
    if path is not None:
        load(path)  # what cannot be opened is refused here, before a window appears
    if not _has_display():
        raise Refusal(
            "there is no display for the window (neither DISPLAY nor WAYLAND_DISPLAY is set). "
            "Pictures without one: vgviewer figure FILE --view window --out window.png"
        )
    gc.disable()  # what is made until the window is painted stays; looking through it takes a tenth of the time
    from vgviewer.app.boot import open_window

    raise typer.Exit(open_window(path, safe_mode))


def _has_display() -> bool:
    if sys.platform != "linux" or os.environ.get("QT_QPA_PLATFORM"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
