"""The weights run away from where they started."""

import numpy as np

from vgviewer.diagnosis.alert import Finding
from vgviewer.diagnosis.examples import dense_layers, seen
from vgviewer.diagnosis.rule import Rule
from vgviewer.diagnosis.sight import Sight, power
from vgviewer.frames import Frame

# Times the size a layer's weights had at the start. What is learned adds to them, seldom more than twice or three
# times; SageMaker Debugger says ten times the variance.
THRESHOLD = 10.0
ABOUT_ZERO = -2.0  # log10, of the layers' median size: weights that start at 0 have no size to grow from


def judge(sight: Sight, threshold: float) -> Finding | None:
    """Names the layer that has grown most."""
    first, now = sight.course.first_weights, sight.reading("weight")
    if first is None:
        return None
    known = np.isfinite(first) & np.isfinite(now)
    if not known.any():
        return None
    known &= first > np.median(first[known]) + ABOUT_ZERO
    grown = np.subtract(now, first, out=np.full(len(now), -np.inf, np.float32), where=known)
    worst = int(np.argmax(grown))
    value = float(grown[worst])
    if not value > np.log10(threshold):
        return None
    layer = sight.started.sites[worst].id
    message = f"The weights of {layer} have grown to {power(value)} times their size at the start."
    return Finding(
        "weights_growing", None, layer, None, float(10.0**value), threshold, message, asks_for_action=False
    )


def _example(weight: float) -> Sight:
    sizes = [np.full(2, size, np.float32) for size in (-1.0, weight)]
    return seen(dense_layers(1), [Frame(0, 1.0, readings={"weight": size}) for size in sizes])


RULE = Rule(
    kind="weights_growing",
    axis=None,
    threshold=THRESHOLD,
    relief=0.8,
    persistence=5,
    only_while_loss_is_high=True,
    judge=judge,
    sick=_example(0.5),
    healthy=_example(-0.7),
)
