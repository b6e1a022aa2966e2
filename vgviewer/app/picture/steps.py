"""Round numbers for an axis of steps or values, and what of a long curve fits a picture."""

import math

import numpy as np
from numpy.typing import NDArray

from vgviewer.app import theme
from vgviewer.app.numerals import counted, localized
from vgviewer.app.picture.numbers import plain, power

STEP_LABEL = 96  # px from one label of a horizontal axis to the next, at the first text size
NEAREST = 0.55  # of that, below which a label would crowd the one at an end
VALUE_LABEL = 32  # px from one label of a vertical axis to the next
MOST_LABELS = 6  # on a vertical axis; more are read no better
MOST_DECIMALS = 4
PLAIN_BELOW = 1e5

Floats = NDArray[np.float64]


def _labels(height: float) -> int:
    return min(MOST_LABELS, max(2, int(height // VALUE_LABEL)))


def round_step(span: float, most: int) -> float:
    """The smallest of 1, 2, 5, 10, … that divides `span` into at most `most` parts."""
    rough = span / max(1, most)
    if rough <= 0 or not math.isfinite(rough):
        return 1.0
    decade = 10.0 ** math.floor(math.log10(rough))
    return next(m * decade for m in (1, 2, 5, 10) if m * decade >= rough * (1 - 1e-9))


def step_ticks(
    first: int, last: int, width: float, per_label: float | None = None
) -> list[tuple[float, str]]:
    """Round step numbers, and the two ends, each with room for its label in `width` px."""
    if last <= first:
        return [(first, counted(first))]
    per_label = theme.px(STEP_LABEL) if per_label is None else per_label
    every = max(1, int(round_step(last - first, max(1, int(width // per_label)))))
    near = (last - first) / max(1.0, width) * per_label * NEAREST
    inner = range(math.ceil((first + 1) / every) * every, last, every)
    kept = [step for step in inner if step - first > near and last - step > near]
    return [(step, counted(step)) for step in (first, *kept, last)]


def value_ticks(low: float, high: float, height: float) -> list[tuple[float, str]]:
    """Round values between `low` and `high`, with room for their labels in `height` px."""
    every = round_step(high - low, _labels(height))
    decimals = max(0, -math.floor(math.log10(every)))
    places = range(math.ceil(low / every - 1e-9), math.floor(high / every + 1e-9) + 1)
    if decimals > MOST_DECIMALS or high >= PLAIN_BELOW:
        return [(i * every, plain(i * every, 3)) for i in places]
    return [(i * every, localized(f"{i * every:.{decimals}f}")) for i in places]


def power_ticks(low: float, high: float, height: float) -> list[tuple[float, str]]:
    """Powers of ten between the exponents `low` and `high`; also 2 and 5 times them where there are few."""
    every = max(1, math.ceil(round_step(high - low, _labels(height))))
    exponents = range(math.ceil(low), math.floor(high) + 1)
    for apart in range(min(every, len(exponents)), 0, -1):
        whole = [(float(e), power(e)) for e in exponents if e % apart == 0]
        if len(whole) > 1:
            return whole
    finer = [m * 10.0**e for e in range(math.floor(low), math.ceil(high)) for m in (1, 2, 5)]
    return [(math.log10(value), plain(value, 1)) for value in finer if low <= math.log10(value) <= high]


def even_columns(steps: NDArray[np.int64], most: int) -> NDArray[np.intp]:
    """Indices into ascending `steps`, evenly spaced, `most` to twice as many, the newest last.

    Every n-th is taken counted from the first, so that a picture that grows does not flicker; the newest stands in the
    place of the last of them.
    """
    every = max(1, len(steps) // max(1, most))
    apart = np.diff(steps)
    if len(steps) < 3 or (
        (apart <= apart[0]).all() and not np.ptp(apart[:-1])
    ):  # the newest may come too soon
        chosen = np.arange(0, len(steps), every)
        chosen[-1:] = len(steps) - 1
        return chosen
    even = np.linspace(steps[0], steps[-1], -(-len(steps) // every))
    return np.searchsorted(steps, even + 1e-6, side="right") - 1


def smoothed(values: NDArray[np.float64], window: int) -> NDArray[np.float64]:
    """float64, same length: the mean of about `window` finite values around each; a gap stays a gap.

    At the start the window is as narrow to the right as to the left, so that a steep fall is kept.
    """
    finite = np.isfinite(values)
    largest = float(np.abs(values[finite]).max(initial=0.0)) or 1.0  # so that no sum overflows
    sums = np.concatenate([[0.0], np.cumsum(np.where(finite, values, 0.0) / largest)])
    counts = np.concatenate([[0], np.cumsum(finite)])
    at = np.arange(len(values))
    half = np.minimum(at, window // 2)
    start, end = at - half, np.minimum(at + half + 1, len(values))
    mean = (sums[end] - sums[start]) / np.maximum(1, counts[end] - counts[start]) * largest
    return np.where(finite, mean, values)


def outline(
    steps: NDArray[np.int64], values: NDArray[np.float64], width: int
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Least and largest value of every group of columns, so that no spike is lost in `width` px."""
    every = len(values) // max(1, width)
    if every < 2:
        return steps, values
    whole = len(values) // every * every
    groups = values[:whole].reshape(-1, every)
    kept = np.column_stack([np.fmin.reduce(groups, axis=1), np.fmax.reduce(groups, axis=1)]).ravel()
    return np.repeat(steps[:whole:every], 2), kept
