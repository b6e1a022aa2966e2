"""How far two sets of gradient arrays are apart, by the file format's own definition of the error."""

import json
from collections.abc import Mapping

import numpy as np

from tests.engine.cases import Preset
from vgviewer.experiment import Experiment, loads

Arrays = Mapping[str, np.ndarray]
FLOAT32_BOUND, FLOAT64_BOUND = 1e-5, 1e-10
SMALLEST = 1e-30  # an entry below this size is compared to this size
SHARE_OF_LAYER = 1e-3  # a parameter's gradient is compared to this share of its layer's largest, at least


def experiment_of(preset: Preset) -> Experiment:
    """The experiment of a preset that must have no problems."""
    experiment = loads(json.dumps(preset).encode(), "a test's preset")
    assert experiment.problems == ()
    return experiment


def errors(found: Arrays, expected: Arrays) -> dict[str, float]:
    """max|a − b| / max(max|b|, s) of every array; the worst timestep's for arrays (B, T, ·)."""
    return {key: error(found[key], expected[key], smallest(key, expected)) for key in expected}


def error(a: np.ndarray, b: np.ndarray, s: float) -> float:
    axes = (0, 2) if b.ndim == 3 else None
    apart = np.abs(a.astype(np.float64) - b).max(axes)
    return float(np.max(apart / np.maximum(np.abs(b).max(axes), s)))


def smallest(key: str, expected: Arrays) -> float:
    """The format's s."""
    kind, *place = key.split("/")
    if kind != "grad":
        return SMALLEST
    largest = [np.abs(g).max() for name, g in expected.items() if name.startswith(f"grad/{place[0]}/weight")]
    return max(SMALLEST, SHARE_OF_LAYER * max(largest, default=0.0))


def worst(found: Arrays, expected: Arrays) -> tuple[str, float]:
    """The array that is furthest off, and by how much; NaN is further off than anything."""
    each = errors(found, expected)
    key = max(each, key=lambda name: np.nan_to_num(each[name], nan=np.inf))
    return key, each[key]
