"""R33: the pinned Qt binding does not do what its later versions died of."""

import ctypes
import json
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from tests.house.qt_probes import drifts

PROBES = Path(__file__).with_name("qt_probes.py")
MOST_DRIFT = 0.01  # references per call; a lost one per call is 1


def probed(name: str) -> Any:
    """What a probe found, in a process that may die of it."""
    done = subprocess.run([sys.executable, str(PROBES), name], capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{name}: exit {done.returncode}\n{done.stderr}"
    return json.loads(done.stdout)


def test_that_qt_keeps_count_of_none_and_the_booleans(scoreboard: Callable[..., bool]) -> None:
    found = probed("drifts")
    worst = max(found, key=found.__getitem__)
    assert len(found) >= 30
    target = "references to None, True, False drift < 0.01 per Qt call, over 30 kinds of calls"
    assert scoreboard("R33", target, found[worst], found[worst] < MOST_DRIFT), worst


def test_that_a_reference_kept_too_many_is_noticed() -> None:
    keep_one_more = partial(ctypes.pythonapi.Py_IncRef, ctypes.py_object(None))
    mortal = sys.version_info < (3, 12)  # from 3.12 on nothing can drift
    assert drifts({"leak": keep_one_more})["leak"] == pytest.approx(1.0 if mortal else 0.0, abs=0.01)


def test_that_pyqtgraph_writes_svg(scoreboard: Callable[..., bool]) -> None:
    paths = probed("svg_paths")
    assert scoreboard("R33", "an exported SVG holds the curve's path", paths, paths >= 1)


def test_that_absurd_color_levels_are_drawn(scoreboard: Callable[..., bool]) -> None:
    size = probed("drawn_size")
    assert scoreboard("R33", "color levels of ±1e308 are drawn without a crash", size, size == [200, 150])
