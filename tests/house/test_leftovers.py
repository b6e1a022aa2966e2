"""The watch over what a test leaves behind must itself be seen red."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

LEFT = {
    "thread": "threading.Thread(target=stop.wait, daemon=True).start()",
    "timer": "timer = QTimer(qapp); timer.start(1000)",
    "widget": "kept.append(QWidget())",
    "nothing": "QWidget().show(); QTimer().start(1000); threading.Thread(target=int).run()",
}
HEAD = """
import threading
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget
stop, kept = threading.Event(), []
def test_sample(qapp):
    """


@pytest.mark.parametrize("what", LEFT)
def test_that_a_test_is_failed_by_what_it_leaves_behind(what: str, tmp_path: Path) -> None:
    sample = tmp_path / "test_sample.py"
    sample.write_text(HEAD + LEFT[what])
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-p",
        "tests.conftest",
        "-p",
        "no:cacheprovider",
        str(sample),
    ]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    noticed = "left behind" in done.stdout and "1 passed, 1 error" in done.stdout
    assert noticed == (what != "nothing"), done.stdout
    assert done.returncode == (0 if what == "nothing" else 1), done.stdout
