"""What a network has answered, counted and in words. No Qt."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from vgviewer.app import numerals
from vgviewer.app.picture.numbers import plain
from vgviewer.frames.inspections import Answers

Floats = NDArray[np.float64]
MOST_COLUMNS = 16  # of values, that are offered one by one


def kinds(found: Answers) -> dict[str, str]:
    """The pictures that there are of these answers, the most telling first."""
    there = {"map": found.plane is not None}
    if found.classes is not None:
        there |= {"confusion": True, "timesteps": found.targets.ndim == 2}
    else:
        has_one_input = found.inputs is not None and found.inputs.shape[1] == 1
        there |= {
            "input": has_one_input and found.targets.ndim == 2,
            "order": found.in_order and found.targets.ndim == 2,
            "sequence": found.targets.ndim == 3,
            "points": True,
        }
    return {kind: TITLES[kind] for kind, is_there in there.items() if is_there}


TITLES = {
    "map": "decision map",
    "confusion": "confusion matrix",
    "timesteps": "accuracy by timestep",
    "input": "against the input",
    "order": "over time",
    "sequence": "one sequence",
    "points": "against the target",
}


def columns(found: Answers) -> dict[str, str]:
    """The values that are answered side by side; empty for a single one, and for classes."""
    count = 1 if found.classes is not None else found.targets.shape[-1]
    return (
        {str(column): f"output {column + 1}" for column in range(min(count, MOST_COLUMNS))}
        if count > 1
        else {}
    )


def confusion(found: Answers) -> NDArray[np.int64]:
    """int64 (K, K): how often each class (row) was answered as each (column); what is not finite counts nowhere."""
    classes = found.classes or 0
    true, said = found.targets.ravel(), found.answers.ravel()
    known = (said >= 0) & (true < classes) & (said < classes)
    pairs = true[known].astype(np.int64) * classes + said[known].astype(np.int64)
    counted: NDArray[np.int64] = np.bincount(pairs, minlength=classes**2).reshape(classes, classes)
    return counted


def verdict(found: Answers) -> str:
    """How well it does, in a sentence."""
    shown = len(found.targets)
    of = "" if shown == found.count else f" of {numerals.counted(found.count)}"
    samples = f"{numerals.counted(shown)}{of} samples"
    said = _of_classes(found, samples) if found.classes is not None else _of_values(found, samples)
    wrong = int(
        (found.answers < 0).sum() if found.classes is not None else (~np.isfinite(found.answers)).sum()
    )
    return f"{said}, {numerals.counted(wrong)} answers are not finite" if wrong else said


def _of_classes(found: Answers, samples: str) -> str:
    right = float(np.mean(found.answers == found.targets)) if found.targets.size else 0.0
    counted = confusion(found)
    np.fill_diagonal(counted, 0)
    said = f"right for {numerals.short(100 * right)} % of {samples}"
    if not counted.any():
        return said
    true, taken = np.unravel_index(int(counted.argmax()), counted.shape)
    return f"{said}; most often {true} is taken for {taken} ({numerals.counted(int(counted.max()))} times)"


def _of_values(found: Answers, samples: str) -> str:
    known = np.isfinite(found.answers)
    if not known.any():
        return f"no answer to {samples} is finite"
    wanted, said = (np.where(known, each, 0).astype(np.float64) for each in (found.targets, found.answers))
    axes, count = tuple(range(known.ndim - 1)), known.sum()
    means = wanted.sum(axes) / np.maximum(1, known.sum(axes))  # each output varies about its own
    error = float(np.square(said - wanted).sum() / count)
    spread = float(np.square(np.where(known, wanted - means, 0)).sum() / count)
    whole = f"mean squared error {plain(error)} on {samples}"
    if spread <= 0 or error > spread:
        return whole
    return f"{whole}; {numerals.short(100 * (1 - error / spread))} % of the variance is explained"


@dataclass(frozen=True)
class Curve:
    """`wanted` (None where there is nothing to compare) and `said` float64 (N,) over `at`, ascending; NaN where not
    finite. `place` is what a column is, `across` says more of it under the picture."""

    at: Floats
    wanted: Floats | None
    said: Floats
    place: str
    across: str
    unit: str = ""


def curve(found: Answers, kind: str, column: int) -> Curve:
    """The answers of one picture as a line."""
    if kind == "timesteps":
        share = 100 * (found.answers == found.targets).mean(0)
        return Curve(np.arange(1.0, len(share) + 1), None, share, "timestep", "timestep", " %")
    wanted, said = (_finite(each[..., column]) for each in (found.targets, found.answers))
    if kind == "sequence":
        return Curve(
            np.arange(1.0, wanted.shape[1] + 1),
            wanted[0],
            said[0],
            "timestep",
            "timestep of the first sample",
        )
    if kind == "order":
        return Curve(np.arange(1.0, len(wanted) + 1), wanted, said, "sample", "sample, in the order of time")
    assert found.inputs is not None
    order = np.argsort(found.inputs[:, 0], kind="stable")
    return Curve(_finite(found.inputs[order, 0]), wanted[order], said[order], "input", "input")


def points(found: Answers, column: int) -> tuple[Floats, Floats]:
    """Targets and answers of one value, float64 (N,) each, without what is not finite."""
    wanted, said = (_finite(each[..., column]).ravel() for each in (found.targets, found.answers))
    known = np.isfinite(wanted) & np.isfinite(said)
    return wanted[known], said[known]


def _finite(values: NDArray[Any]) -> Floats:
    return np.where(np.isfinite(values), values, np.nan).astype(np.float64)
