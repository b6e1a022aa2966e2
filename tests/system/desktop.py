"""A desktop of its own for a test: an X server without a screen, a window manager, real mouse and key events."""

import os
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QImage

PROGRAMS = ("Xvfb", "openbox", "xdotool", "import")
SCREEN = (1600, 1000)  # px
PATIENCE_S = 30.0
POLL_S = 0.1
TRIES, SETTLING_S = 10, 0.5  # of the window manager
PACE_S = "0.05"  # between the events of one gesture; people are slower
AROUND = 40  # px, about where something is dropped


def missing_programs() -> list[str]:
    """What must be installed before there can be a desktop."""
    return [name for name in PROGRAMS if shutil.which(name) is None]


def until(what: str, check: Callable[[], object], patience_s: float = PATIENCE_S) -> None:
    """Waits until `check` is true; fails with `what` was waited for."""
    deadline = time.monotonic() + patience_s
    while not check():
        assert time.monotonic() < deadline, f"waited in vain until {what}"
        time.sleep(POLL_S)


WHOLE = "root"  # instead of a window: the whole screen


class Desktop:
    """Positions are those of the window `window`, in px; every picture is kept in `folder`."""

    def __init__(self, variables: Mapping[str, str], folder: Path) -> None:
        self.variables = dict(variables)
        self.folder = folder
        self.window = ""
        self.count = 0

    def look_for(self, name: str) -> str:
        """Waits for a visible window whose title matches `name`, makes it the active one, and gives its id."""
        found: list[str] = []

        def active() -> bool:
            found[:] = self._xdotool("search", "--onlyvisible", "--name", name, check=False).split()
            if found:  # this fails as long as the window manager has not begun
                self._xdotool("windowactivate", "--sync", found[-1], check=False)
            now = self._xdotool("getactivewindow", check=False).split()
            return bool(found) and now == found[-1:]

        until(f"a window named {name} is active", active)
        return found[-1]

    def title(self) -> str:
        """Of the window."""
        return self._xdotool("getwindowname", self.window).strip()

    def size(self) -> tuple[int, int]:
        """Of the window, without what the window manager draws around it."""
        said = self._xdotool("getwindowgeometry", "--shell", self.window)
        values = dict(line.split("=") for line in said.split())
        return int(values["WIDTH"]), int(values["HEIGHT"])

    def click(self, at: QPoint) -> None:
        """With the left button."""
        self._xdotool(*self._move(at), "sleep", PACE_S, "click", "1", "sleep", PACE_S)

    def drag(self, start: QPoint, end: QPoint) -> None:
        """With the left button, as a hand does: past the threshold, across, and let go when the mark is seen."""
        around = QRect(end - QPoint(AROUND, AROUND), end + QPoint(AROUND, AROUND))
        moves = [start + (end - start) * part / 8 for part in range(9)]
        steps = [word for at in moves[1:] for word in (*self._move(at), "sleep", PACE_S)]
        self._xdotool(*self._move(start), "sleep", PACE_S)
        before = self.part(around)
        self._xdotool("mousedown", "1", "sleep", PACE_S, *steps, *self._move(end), "sleep", PACE_S)
        until("a mark says where it falls", lambda: self.part(around) != before)
        self._xdotool("mouseup", "1", "sleep", PACE_S)

    def turn_wheel(self, at: QPoint, notches: int) -> None:
        """Toward the hand, and away from it where negative."""
        button = "5" if notches > 0 else "4"
        self._xdotool(*self._move(at), "click", "--repeat", str(abs(notches)), "--delay", "40", button)

    def press(self, *keys: str) -> None:
        """Each a key or a chord such as ctrl+s, for whatever has the focus."""
        self._xdotool("key", "--delay", "60", *keys)

    def type(self, text: str) -> None:
        """As written on the keyboard."""
        self._xdotool("type", "--delay", "15", text)

    def picture(self, name: str, part: QRect | None = None) -> QImage:
        """What the window shows now, or a part of it; the whole is kept as a file."""
        self.count += 1
        file = self.folder / f"{self.count:02}-{name}.png"
        self._run("import", "-window", self.window, str(file))
        image = QImage(str(file))
        assert not image.isNull()
        return image.copy(part) if part else image

    def part(self, part: QRect) -> QImage:
        """As `picture`, without keeping a file; for what is looked at again and again."""
        file = self.folder / "now.png"
        self._run("import", "-window", self.window, str(file))
        return QImage(str(file)).copy(part)

    def _move(self, at: QPoint) -> tuple[str, ...]:
        inside = () if self.window == WHOLE else ("--window", self.window)
        return ("mousemove", *inside, str(at.x()), str(at.y()))

    def _xdotool(self, *words: str, check: bool = True) -> str:
        return self._run("xdotool", *words, check=check)

    def _run(self, *command: str, check: bool = True) -> str:
        done = subprocess.run(
            command, env=self.variables, capture_output=True, text=True, check=check, timeout=PATIENCE_S
        )
        return done.stdout


@contextmanager
def desktop(folder: Path, home: Path) -> Iterator[Desktop]:
    """Starts the server on a display nobody uses, and ends it with all that it shows."""
    reading, writing = os.pipe()
    geometry = f"{SCREEN[0]}x{SCREEN[1]}x24"
    command = ["Xvfb", "-displayfd", str(writing), "-screen", "0", geometry, "-dpi", "96", "-nolisten", "tcp"]
    with subprocess.Popen(command, pass_fds=[writing], stderr=subprocess.DEVNULL) as server:
        os.close(writing)
        with os.fdopen(reading) as answer:
            display = f":{answer.readline().strip()}"
        dropped = ("QT_QPA_PLATFORM", "WAYLAND_DISPLAY", "QT_SCALE_FACTOR")
        variables = {name: value for name, value in os.environ.items() if name not in dropped}
        variables = {name: value for name, value in variables.items() if not name.startswith("XDG_")}
        variables |= {"DISPLAY": display, "HOME": str(home)}
        try:
            with manager(variables):
                yield Desktop(variables, folder)
        finally:
            server.terminate()


@contextmanager
def manager(variables: Mapping[str, str]) -> Iterator[None]:
    """A window manager; one that ends at once, because the server was not ready, is started again."""
    for _ in range(TRIES):
        command = ["openbox"]
        with subprocess.Popen(command, env=dict(variables), stderr=subprocess.DEVNULL) as process:
            try:
                process.wait(SETTLING_S)
            except subprocess.TimeoutExpired:  # it lives
                try:
                    yield
                finally:
                    process.terminate()
                return
    raise AssertionError("the window manager does not start")
