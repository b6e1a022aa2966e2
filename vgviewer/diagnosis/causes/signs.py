"""What the newest frame tells of a trouble that is not one of hops."""

import numpy as np

from vgviewer.diagnosis.alert import Alert, Cause
from vgviewer.diagnosis.causes.numbers import times
from vgviewer.frames import Frame, Started

LARGE_STEP = 0.1  # of the weights' own size in a single step; 1e-3 is common
RESTLESS, SMALL_STEP = 1e-2, 1e-4  # in every step: more leaves nothing in its place, less moves nothing


def signs(
    alert: Alert, started: Started, frame: Frame, largest_step: tuple[str, float] | None = None
) -> Cause | None:
    """A cause in words, or None where the frame tells no more than the alert's message. `largest_step` is that of all
    steps up to the alert: its layer, and the share of its weights that it changed."""
    match alert.kind:
        case "dead_units":
            text = _dead(alert, started, frame, largest_step)
        case "saturated":
            text = _pushed(alert, started, frame)
        case "not_learning":
            text = _idle(started, frame)
        case "exploding" | "weights_growing":
            text = _large_steps(started, frame)
        case _:
            text = ""
    return Cause(text, step=frame.step) if text else None


def _dead(alert: Alert, started: Started, frame: Frame, largest: tuple[str, float] | None) -> str:
    below = _row(alert, started) - 1
    lost = _linear(frame, "output_gradient_zeros", below)
    told = "A dead unit passes no gradient on and gets none, so it does not come back by itself"
    if largest is not None and largest[1] >= LARGE_STEP:
        told = f"One step changed the weights of {largest[0]} by {times(largest[1])} of their size. {told}"
    if below < 0 or not lost > 0:
        return f"{told}."
    return f"{told}; {lost:.0%} of the gradient that arrives in {started.sites[below].id} is exactly 0."


def _pushed(alert: Alert, started: Started, frame: Frame) -> str:
    row = _row(alert, started)
    enters, weights = _size(frame, "output", row - 1), _size(frame, "weight", row)
    if row < 1 or not (np.isfinite(enters) and np.isfinite(weights)):
        return ""
    return (
        f"Inputs of size {times(enters)} and weights of size {times(weights)} push its activation to where it is flat, "
        "and so is its derivative."
    )


def _idle(started: Started, frame: Frame) -> str:
    largest = _largest_step(started, frame)
    if largest is None:
        return ""
    layer, ratio = largest
    if ratio < SMALL_STEP:
        return f"The steps are too small: the largest, in {layer}, changes the weights by {times(ratio)} of their size."
    if ratio > RESTLESS:
        return (
            f"The steps may be too large: in {layer} one changes the weights by {times(ratio)} of their size, and "
            "little stays in its place."
        )
    return (
        f"It is not for want of steps: in {layer} one changes the weights by {times(ratio)} of their size. They lead "
        "nowhere: what the task needs does not reach the weights, or the network cannot express it."
    )


def _large_steps(started: Started, frame: Frame) -> str:
    largest = _largest_step(started, frame)
    if largest is None or largest[1] < LARGE_STEP:
        return ""
    layer, ratio = largest
    return f"The steps are too large: one changes the weights of {layer} by {times(ratio)} of their size."


def _largest_step(started: Started, frame: Frame) -> tuple[str, float] | None:
    ratios = frame.readings.get("update_ratio", np.empty(0, np.float32))
    if not np.isfinite(ratios).any():
        return None
    row = int(np.nanargmax(ratios))
    return started.sites[row].id, float(10.0 ** float(ratios[row]))


def _row(alert: Alert, started: Started) -> int:
    return next((row for row, site in enumerate(started.sites) if site.id == alert.layer), 0)


def _linear(frame: Frame, quantity: str, row: int) -> float:
    return float(frame.readings[quantity][row]) if quantity in frame.readings and row >= 0 else float("nan")


def _size(frame: Frame, quantity: str, row: int) -> float:
    return float(10.0 ** np.float64(_linear(frame, quantity, row)))
