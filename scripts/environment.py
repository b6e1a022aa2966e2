"""The project's own environment in `.venv`: made once, healed when interrupted; standard library only."""

from __future__ import annotations

import contextlib
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
WINDOWS = os.name == "nt"
OLDEST, NEWEST = (3, 11), (3, 13)  # the Qt binding's limits
BUILDING = "building"
OFFSCREEN_PACKAGES = ["libgl1", "libegl1", "libglib2.0-0", "libfontconfig1", "libdbus-1-3", "libxkbcommon0"]
X11_PACKAGES = [
    "libxcb-cursor0",
    "libxcb-icccm4",
    "libxcb-keysyms1",
    "libxcb-shape0",
    "libxcb-xkb1",
    "libxkbcommon-x11-0",
]
SYSTEM_TEST_PROGRAMS = ["Xvfb", "xdotool", "openbox", "import", "strace"]
SYSTEM_TESTS_LEFT_OUT = (
    "Left out: the tests marked system. To run them: "
    "sudo apt-get install xvfb xdotool openbox imagemagick strace && sudo python3 scripts/test.py"
)

IMPORTS_QT = "import PySide6.QtGui, PySide6.QtWidgets"
LOADS_X11 = """
import ctypes, pathlib, PySide6
plugin = pathlib.Path(PySide6.__file__).parent / "Qt/plugins/platforms/libqxcb.so"
if plugin.exists():
    ctypes.CDLL(str(plugin))
"""


class Refusal(Exception):
    """One sentence for the person, who has to do something first."""


def version_problem(version: tuple[int, ...]) -> str | None:
    """The sentence for a Python that cannot run vgviewer, else None."""
    if OLDEST <= tuple(version[:2]) <= NEWEST:
        return None
    running = ".".join(str(number) for number in version[:3])
    return f"vgviewer needs Python 3.11, 3.12 or 3.13 and this is {running}: start it with one of those."


def bin_folder(root: Path = ROOT) -> Path:
    """Where the environment keeps its programs."""
    return root / ".venv" / ("Scripts" if WINDOWS else "bin")


def program(name: str, root: Path = ROOT) -> Path:
    """A program of the environment, with the ending the system wants."""
    return bin_folder(root) / (f"{name}.exe" if WINDOWS else name)


def stamp_path(root: Path) -> Path:
    """The file that holds what the environment was finished for."""
    return root / ".venv" / "vgviewer-stamp"


def lock_path(root: Path) -> Path:
    """The file that one building process holds locked."""
    return root / ".venv" / "vgviewer-lock"


def wanted_stamp(root: Path, version: tuple[int, ...]) -> str:
    """What a finished environment is stamped with: the lock, pyproject, the place and Python's version."""
    parts = [str(root).encode(), repr(tuple(version)).encode()]
    parts += [(root / name).read_bytes() for name in ("requirements.lock", "pyproject.toml")]
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def is_ready(root: Path = ROOT, version: tuple[int, ...] = tuple(sys.version_info[:3])) -> bool:
    """Whether the environment was finished for exactly this lock, pyproject and Python."""
    stamp = stamp_path(root)
    if not (stamp.is_file() and program("python", root).exists()):  # a link that an upgrade may have cut
        return False
    return stamp.read_text() == wanted_stamp(root, version)


def prepare(root: Path = ROOT) -> None:
    """Leave a finished environment behind; raise Refusal when the person has to act first."""
    problem = version_problem(sys.version_info[:3])
    if problem:
        raise Refusal(problem)
    if is_ready(root):
        return
    began = time.monotonic()
    with alone(root):
        if not is_ready(root):
            build(root)
            stamp_path(root).write_text(wanted_stamp(root, sys.version_info[:3]))
            say(f"ready after {time.monotonic() - began:.0f} s")


def build(root: Path) -> None:
    """Install everything; the stamp says BUILDING meanwhile, so that an interrupted build starts afresh."""
    stamp = stamp_path(root)
    interrupted = stamp.is_file() and stamp.read_text() == BUILDING
    stamp.write_text(BUILDING)
    if not interrupted and can_be_kept(root):
        say("bringing the environment up to date")
    else:
        say("setting up .venv: once, some minutes, about 1.5 GB")
        create(root)
    lock = root / "requirements.lock"
    torch = next(line.split()[0] for line in lock.read_text().splitlines() if line.startswith("torch=="))
    pip(root, f"1/3 {torch}", torch)
    pip(root, "2/3 the other packages of requirements.lock", "--requirement", str(lock))
    pip(root, "3/3 vgviewer itself", "--no-deps", "--no-build-isolation", "--editable", str(root))
    stamp.unlink()  # whole, and kept also when the system's libraries are still missing
    provide_qt_libraries(root)


def can_be_kept(root: Path) -> bool:
    """Whether the environment there was made in this place by this Python's minor version."""
    made = root / ".venv" / "pyvenv.cfg"
    if not (made.is_file() and program("python", root).exists()):
        return False
    text = made.read_text()
    return f"version = {sys.version_info[0]}.{sys.version_info[1]}." in text and str(root / ".venv") in text


@contextlib.contextmanager
def alone(root: Path) -> Iterator[None]:
    """Let one process at a time build; the system opens the lock when a process dies."""
    lock_path(root).parent.mkdir(exist_ok=True)
    with lock_path(root).open("w") as lock:
        if sys.platform != "win32":
            import fcntl

            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def create(root: Path) -> None:
    """Make an empty environment in the place of whatever is there."""
    if importlib.util.find_spec("ensurepip") is None:  # Debian keeps it in a package of its own
        install_system_packages(["python3-venv"])
    folder = root / ".venv"
    for left in folder.iterdir():
        if left.is_dir() and not left.is_symlink():
            shutil.rmtree(left)
        elif left not in (stamp_path(root), lock_path(root)):
            left.unlink()
    run_quietly([sys.executable, "-m", "venv", str(folder)], "Python's venv")


def pip(root: Path, title: str, *arguments: str) -> None:
    """Install into the environment, with one line of progress."""
    say(title)
    options = ["--quiet", "--no-input", "--disable-pip-version-check"]
    run_quietly([str(program("python", root)), "-m", "pip", "install", *options, *arguments], "pip")


def run_quietly(command: list[str], name: str, environment: Mapping[str, str] | None = None) -> None:
    """Run a program whose words matter only when it fails; then show the last of them."""
    done = subprocess.run(command, check=False, capture_output=True, text=True, env=environment)
    if done.returncode:
        last_words = "\n".join((done.stdout + done.stderr).strip().splitlines()[-15:])
        raise Refusal(f"{name} failed, and the next call starts it again:\n{last_words}")


def provide_qt_libraries(root: Path) -> None:
    """Install what Qt needs from the system, or name the command; X11's part is asked only of a display."""
    asked = [(IMPORTS_QT, OFFSCREEN_PACKAGES)]
    if is_root() or os.environ.get("DISPLAY"):
        asked.append((LOADS_X11, X11_PACKAGES))
    python = str(program("python", root))
    missing = [
        package
        for probe, packages in asked
        if subprocess.run([python, "-c", probe], check=False, capture_output=True).returncode
        for package in packages
    ]
    if missing:
        install_system_packages(missing)
        run_quietly([python, "-c", IMPORTS_QT], "Qt")


def install_system_packages(packages: list[str]) -> None:
    """Install Debian packages as root; anyone else is told the one command."""
    if not (is_root() and shutil.which("apt-get")):
        raise Refusal(
            f"Something of the system is missing. On Debian: sudo apt-get install {' '.join(packages)}"
        )
    say(f"system libraries: {' '.join(packages)}")
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    run_quietly(["apt-get", "update", "-qq"], "apt-get update", environment)
    run_quietly(
        ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages],
        "apt-get install",
        environment,
    )


def is_root() -> bool:
    """Whether we may install system packages and mount file systems."""
    return hasattr(os, "geteuid") and os.geteuid() == 0


def can_run_system_tests() -> bool:
    """Whether the tests marked `system` have all they need."""
    return is_root() and all(shutil.which(name) for name in SYSTEM_TEST_PROGRAMS)


def say(sentence: str) -> None:
    """Progress goes to stderr, so that stdout stays the program's own."""
    print(f"vgviewer: {sentence}", file=sys.stderr, flush=True)
