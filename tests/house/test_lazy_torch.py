"""The window is painted before torch is loaded, so only the engine may import it at its top."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def ruff_says(source: str, file: str) -> str:
    """What ruff's ban of module-level imports says to a source, as if it stood in that file."""
    command = [sys.executable, "-m", "ruff", "check", "--no-cache", "--stdin-filename", file, "-"]
    done = subprocess.run(command, input=source, cwd=ROOT, capture_output=True, text=True, check=False)
    return done.stdout + done.stderr


@pytest.mark.parametrize("room", ["__main__", "app/window", "cli/train", "runner/run", "diagnosis/watch"])
@pytest.mark.parametrize(
    "source",
    [
        "import torch\n",
        "from torch import nn\n",
        "import vgviewer.engine\n",
        "from vgviewer.engine import a\n",
    ],
)
def test_that_no_other_room_imports_torch_or_the_engine_at_its_top(room: str, source: str) -> None:
    assert "TID253" in ruff_says(source, f"vgviewer/{room}.py")


def test_that_the_engine_may_import_torch_at_its_top() -> None:
    assert "TID253" not in ruff_says("import torch\n", "vgviewer/engine/build/dense.py")


def test_that_a_function_may_import_the_engine() -> None:
    source = "def start():\n    from vgviewer.engine import train\n    return train\n"
    assert "TID253" not in ruff_says(source, "vgviewer/runner/run.py")
