"""The gradients file of every shipped preset is exact, as far as double precision can tell."""

import json

import numpy as np
import pytest

from tests.engine.comparison import FLOAT32_BOUND, FLOAT64_BOUND, worst
from tests.engine.reference import Unrolled
from vgviewer import engine
from vgviewer.experiment import find, load, shipped

NUDGE = 1 + 2.0**-50


@pytest.mark.parametrize("bound", [FLOAT32_BOUND, FLOAT64_BOUND])
@pytest.mark.parametrize("name", [card.id for card in shipped()])
def test_that_a_shipped_preset_has_exact_gradients(name: str, bound: float) -> None:
    """Where a nudge of the inputs by a few roundings moves the reference itself by more than the bound, the
    derivatives are compared along the states that were computed."""
    path = find(name)
    preset = json.loads(path.read_text(encoding="utf-8"))
    found = engine.gradients(load(path), 0, bound == FLOAT64_BOUND)
    expected = Unrolled(preset, found).gradients()
    nudged = Unrolled(preset, found | {"x": found["x"].astype(np.float64) * NUDGE}).gradients()
    chaotic = worst(nudged, expected)[1] > bound
    if chaotic:
        print(f"{name}: nobody can recompute this to {bound:.0e} in double precision")
        expected = Unrolled(preset, found, pinned=True).gradients()
    key, off = worst(found, expected)
    print(f"{name}: largest relative error {off:.1e}, in {key}")
    assert off <= bound, key
