"""Start vgviewer in its own environment: `python3 scripts/run.py [arguments of vgviewer]`."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from typing import NoReturn

import environment

COMMANDS = {
    "bakeoff",
    "bench",
    "check",
    "check-run",
    "compare",
    "export",
    "figure",
    "gradients",
    "movie",
    "presets",
    "reproduce",
    "train",
}
DEFAULT_PRESET = "rnn-forgets"
PICTURE = "vgviewer-window.png"


def opens_the_window(arguments: Sequence[str]) -> bool:
    """Whether vgviewer is called with nothing, or with a FILE in the place of a command."""
    return not arguments or not (arguments[0].startswith("-") or arguments[0] in COMMANDS)


def has_display(variables: Mapping[str, str], platform: str) -> bool:
    """Whether a window can be shown: only X11 and Wayland say so in a variable; a chosen platform counts."""
    if platform in ("win32", "darwin"):
        return True
    return any(variables.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))


def without_display(arguments: Sequence[str]) -> list[str]:
    """The arguments that draw the asked window into a picture."""
    preset = arguments[0] if arguments else DEFAULT_PRESET
    return ["figure", preset, "--view", "window", "--out", PICTURE]


def start(arguments: Sequence[str], variables: Mapping[str, str]) -> NoReturn:
    """Become vgviewer; Windows has no such thing, so there we wait for it."""
    command = [str(environment.program("vgviewer")), *arguments]
    if environment.WINDOWS:
        sys.exit(subprocess.call(command, env=variables))
    os.execve(command[0], command, dict(variables))  # noqa: S606  no shell is what we want


def main(arguments: Sequence[str]) -> NoReturn:
    """Prepare, then start vgviewer, or draw its window where no display can show it."""
    try:
        environment.prepare()
    except environment.Refusal as refusal:
        environment.say(str(refusal))
        sys.exit(2)
    variables = dict(os.environ)
    if opens_the_window(arguments) and not has_display(variables, sys.platform):
        environment.say(f"there is no display, so the window is drawn into {PICTURE} instead.")
        arguments = without_display(arguments)
        variables["QT_QPA_PLATFORM"] = "offscreen"
    start(arguments, variables)


if __name__ == "__main__":
    main(sys.argv[1:])
