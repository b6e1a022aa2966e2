"""The installed program in a real window, driven by real keys: it opens a preset, trains, warns, saves, and ends."""

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QImage

from tests.system.desktop import Desktop, desktop, missing_programs, until
from vgviewer.app import theme
from vgviewer.app.window import SIZE
from vgviewer.experiment.presets import SHIPPED

pytestmark = [
    pytest.mark.system,
    pytest.mark.skipif(bool(missing_programs()), reason=f"not installed: {', '.join(missing_programs())}"),
    pytest.mark.timeout(300),
]
PROGRAM = Path(sys.executable).with_name("vgviewer")
PRESET = "rnn-forgets"
TRAINING_S = 120.0
MOVED = 4  # pictures unlike each other while it trains


@contextmanager
def program(screen: Desktop, preset: Path) -> "Iterator[subprocess.Popen[str]]":
    """The program with its window found; whatever happens, it is gone afterwards."""
    command = [str(PROGRAM), str(preset)]
    with subprocess.Popen(command, env=screen.variables, stderr=subprocess.PIPE, text=True) as process:
        try:
            screen.window = screen.look_for("vgviewer")
            yield process
        finally:
            if process.poll() is None:
                screen.picture("at-the-end")
                process.kill()


def left(process: "subprocess.Popen[str]") -> tuple[int, str]:
    """How the program ended, and what it complained of."""
    _, complaints = process.communicate(timeout=30)
    return process.returncode, complaints


def area(image: QImage, color: str) -> int:
    """How many pixels are exactly of that color, of every eighth."""
    wanted = QColor(color).rgb()
    columns, rows = range(0, image.width(), 2), range(0, image.height(), 4)
    return sum(image.pixel(x, y) == wanted for x in columns for y in rows)


def save_as(screen: Desktop, path: Path) -> None:
    """Answers the dialog with a path."""
    window = screen.window
    screen.press("ctrl+shift+s")
    screen.window = screen.look_for("^Save$")
    screen.press("ctrl+a")
    screen.type(str(path))
    screen.picture("save")
    screen.press("Return")
    until(f"{path.name} is there", path.exists)
    screen.window = window


def train(screen: Desktop) -> None:
    """By the space bar; sees the window move, and an alert's color come."""
    whole = screen.picture("ready").rect()
    calm = area(screen.part(whole), theme.LIGHT.vanishing)
    seen: list[QImage] = []

    def warns() -> bool:
        now = screen.part(whole)
        if now not in seen:
            seen.append(now)
        return len(seen) > MOVED and area(now, theme.LIGHT.vanishing) > calm

    screen.press("space")
    until("training moves the pictures and an alert comes", warns, TRAINING_S)
    screen.picture("training")
    screen.press("space", "ctrl+shift+r")  # or it asks whether the run may end


def test_that_the_program_opens_trains_warns_saves_and_ends(tmp_path: Path) -> None:
    shipped, first, second = (
        SHIPPED / f"{PRESET}.vgnet.json",
        tmp_path / "mine.vgnet.json",
        tmp_path / "again.vgnet.json",
    )
    pictures, home = Path(tempfile.mkdtemp(prefix="vgviewer-pictures-")), tmp_path / "home"
    home.mkdir()
    print(f"pictures: {pictures}")
    with desktop(pictures, home) as screen:
        with program(screen, shipped) as process:
            assert screen.size() == SIZE
            train(screen)
            save_as(screen, first)
            until("the title is the file's name", lambda: screen.title().startswith("mine "))
            screen.press("ctrl+q")
            assert left(process) == (0, "")
        with program(screen, first) as process:
            until("the title is the file's name", lambda: screen.title().startswith("mine "))
            save_as(screen, second)
            screen.press("ctrl+q")
            assert left(process) == (0, "")
    assert first.read_bytes() == second.read_bytes() == shipped.read_bytes()
