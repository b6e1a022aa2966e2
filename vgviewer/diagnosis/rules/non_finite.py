"""A number became infinite or NaN."""

import math
from dataclasses import replace

import numpy as np

from vgviewer.diagnosis.alert import Finding
from vgviewer.diagnosis.examples import layer_example
from vgviewer.diagnosis.rule import Rule
from vgviewer.diagnosis.sight import Sight, power
from vgviewer.frames import Frame

LARGEST = float(np.finfo(np.float32).max)
OPERATIONS = {
    "dense": "its product W x + b",
    "rnn": "its recurrence W_hh h",
    "lstm": "its recurrence, gate by gate,",
    "gru": "its recurrence, gate by gate,",
    "echo_state": "its recurrence W_hh h",
    "batch_norm": "the division by the batch's spread",
    "layer_norm": "the division by the units' spread",
    "skip": "the sum of both paths",
    "output": "the head's product W x + b",
}
LOOKED_AT = {"output": "output", "output_gradient": "gradient", "update_ratio": "update over its weights"}


def judge(sight: Sight, threshold: float) -> Finding | None:
    """Names the first bad output in the order of the data, else the first bad gradient going back from the loss."""
    places = sight.started.sites
    outputs = np.isposinf(sight.reading("output"))
    if outputs.any():
        site = places[int(np.argmax(outputs))]
        operation = OPERATIONS.get(site.type, "its function")
        what = f"The output of {site.id} is not finite: {operation} has left the range of float32."
        return _finding(sight, site.id, threshold, what)
    if not math.isfinite(sight.frame.loss):
        what = (
            "The loss is not finite, although all outputs are: the loss function itself has left the range."
        )
        return _finding(sight, "output", threshold, what)
    gradients = np.isposinf(sight.reading("output_gradient")) | np.isposinf(sight.reading("weight_gradient"))
    if gradients.any():
        layer = places[len(places) - 1 - int(np.argmax(gradients[::-1]))].id
        what = (
            f"The gradient in {layer} is not finite, although the loss is: the way back has left the range."
        )
        return _finding(sight, layer, threshold, what)
    return None


def _finding(sight: Sight, layer: str, threshold: float, what: str) -> Finding:
    value = math.inf if math.isfinite(sight.frame.loss) else sight.frame.loss
    before = "" if sight.course.before is None else _before(sight, sight.course.before)
    return Finding("non_finite", None, layer, None, value, threshold, what + before)


def _before(sight: Sight, frame: Frame) -> str:
    """What was largest one step earlier."""
    parts = []
    for quantity, words in LOOKED_AT.items():
        sizes = frame.readings.get(quantity)
        if sizes is not None and np.isfinite(sizes).any():
            row = int(np.argmax(np.where(np.isfinite(sizes), sizes, -np.inf)))
            parts.append(f"{words} {power(float(sizes[row]))} in {sight.started.sites[row].id}")
    largest = f"; largest were {', '.join(parts)}" if parts else ""
    return f" One step before, the loss was {frame.loss:.3g}{largest}."


_WELL = layer_example(-2, -2, -2)

RULE = Rule(
    kind="non_finite",
    axis=None,
    threshold=LARGEST,
    relief=1.0,
    persistence=1,
    only_while_loss_is_high=False,
    judge=judge,
    sick=replace(_WELL, frame=replace(_WELL.frame, loss=math.nan)),
    healthy=_WELL,
)
