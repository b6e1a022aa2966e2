"""A number became infinite or NaN."""

import math
from dataclasses import replace

import numpy as np

from vgviewer.diagnosis.alert import Finding
from vgviewer.diagnosis.rule import Rule
from vgviewer.diagnosis.sight import Sight, layer_example

LARGEST = float(np.finfo(np.float32).max)


def judge(sight: Sight, threshold: float) -> Finding | None:
    """Names the first bad output in the order of the data, else the first bad gradient going back from the loss."""
    places = [site.id for site in sight.started.sites]
    outputs = np.isposinf(sight.reading("output"))
    if outputs.any():
        layer = places[int(np.argmax(outputs))]
        return _finding(
            sight, layer, threshold, f"The output of {layer} is not finite: the numbers have run away."
        )
    if not math.isfinite(sight.frame.loss):
        return _finding(sight, "output", threshold, "The loss is not finite, although all outputs are.")
    gradients = np.isposinf(sight.reading("output_gradient")) | np.isposinf(sight.reading("weight_gradient"))
    if gradients.any():
        layer = places[len(places) - 1 - int(np.argmax(gradients[::-1]))]
        return _finding(
            sight, layer, threshold, f"The gradient in {layer} is not finite, although the loss is."
        )
    return None


def _finding(sight: Sight, layer: str, threshold: float, message: str) -> Finding:
    value = math.inf if math.isfinite(sight.frame.loss) else sight.frame.loss
    return Finding("non_finite", None, layer, None, value, threshold, message)


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
