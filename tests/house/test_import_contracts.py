"""Each import contract holds, and each has been seen broken."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    """Check the contracts of the package in a folder."""
    program = Path(sys.executable).with_name("lint-imports")
    command = [str(program), "--no-cache"]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the package and its contracts, to be broken."""
    shutil.copytree(ROOT / "vgviewer", tmp_path / "vgviewer", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def add(copy: Path, file: str, line: str) -> None:
    """Put a line at the end of a module, which may be new."""
    with (copy / "vgviewer" / file).open("a") as module:
        module.write(f"\n{line}\n")


def two_modules(folder: Path, shared: str) -> tuple[str, str]:
    """Two siblings of a room; the form they share is neither."""
    names = sorted(
        file.stem for file in folder.glob("*.py") if file.stem not in ("__init__", *shared.split())
    )
    return names[0], names[1]


def test_that_every_import_contract_is_kept(copy: Path) -> None:
    done = lint(copy)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(
    ("file", "line", "contract"),
    [
        ("app/__init__.py", "import torch", "Only the engine knows torch"),
        ("app/__init__.py", "import vgviewer.engine", "The app never reaches into the engine"),
        ("engine/__init__.py", "import PySide6", "Only the app knows Qt"),
        ("runner/__init__.py", "import pyqtgraph", "Only the app knows Qt"),
        ("network/__init__.py", "import numpy", "A network is described without arrays"),
        ("network/__init__.py", "import vgviewer.experiment", "An import goes down only"),
        ("engine/__init__.py", "import vgviewer.diagnosis", "An import goes down only"),
        ("frames/__init__.py", "import vgviewer.tasks", "An import goes down only"),
        ("utils.py", "", "An import goes down only"),
    ],
)
def test_that_a_forbidden_import_breaks_its_contract(copy: Path, file: str, line: str, contract: str) -> None:
    add(copy, file, line)
    assert_broken(lint(copy), contract)


@pytest.mark.parametrize(
    ("room", "shared", "contract"),
    [
        ("network/layers", "", "Layers do not know each other"),
        ("tasks", "task", "Tasks do not know each other"),
        ("diagnosis/rules", "", "Rules do not know each other"),
        ("diagnosis/remedies", "", "Remedies do not know each other"),
        ("bakeoff/published", "record", "Published tools do not know each other"),
        ("app/views", "view heatmap", "Views do not know each other"),
    ],
)
def test_that_siblings_do_not_import_each_other(copy: Path, room: str, shared: str, contract: str) -> None:
    first, second = two_modules(copy / "vgviewer" / room, shared)
    add(copy, f"{room}/{first}.py", f"import vgviewer.{room.replace('/', '.')}.{second}")
    assert_broken(lint(copy), contract)


def assert_broken(done: subprocess.CompletedProcess[str], contract: str) -> None:
    """Exactly what was meant is broken, by name."""
    broken = [line for line in done.stdout.splitlines() if " BROKEN" in line]
    assert done.returncode == 1, done.stdout + done.stderr
    assert any(line.startswith(contract) for line in broken), done.stdout
