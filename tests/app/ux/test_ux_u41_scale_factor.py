"""U41: scale factor 1, 1.25, 1.5, 2, 3: icons crisp (SVG), lines >= 1 px."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]


@pytest.mark.parametrize("factor", ["1", "1.25", "1.5", "2", "3"])
def test_that_icons_are_drawn_at_their_size_and_lines_are_seen(factor: str) -> None:
    scaled = dict(os.environ, QT_QPA_PLATFORM="offscreen", QT_SCALE_FACTOR=factor)
    command = [sys.executable, "-m", "tests.app.scaled_child", "icons"]
    done = subprocess.run(command, cwd=ROOT, env=scaled, capture_output=True, text=True, check=True)
    found = json.loads(done.stdout.splitlines()[-1])
    assert found["ratio"] == pytest.approx(float(factor))
    assert found["icon"] == round(16 * float(factor))
    assert found["same"], "the icon is a bitmap that was enlarged"
    assert found["button"] == pytest.approx(float(factor), rel=0.05)
    assert found["lines"]
    assert min(found["lines"]) >= 1
    assert found["pen"] == pytest.approx(float(factor))
    assert found["curve"] >= 1
