"""The signal dies on its way from the last layer back to the first."""

import numpy as np

from vgviewer.diagnosis.alert import Finding
from vgviewer.diagnosis.rule import Rule
from vgviewer.diagnosis.sight import Sight, layer_example, power

# The first layer learns a thousand times slower than the last: beyond what per-layer noise or a tuned
# learning
# rate makes good. Sigmoid networks of 5 layers (4e-4) are beyond it, trained ReLU networks with He's variance
# far off.
THRESHOLD = 1e-3


def judge(sight: Sight, threshold: float) -> Finding | None:
    """Compares output gradients of the layers that hold weights: one ratio, so that the loss's scale cancels."""
    rows = sight.chain()
    sizes = sight.reading("output_gradient")
    if len(rows) < 2 or not np.isfinite(sizes[rows[-1]]):
        return None
    shrunk = sizes[rows].astype(float) - sizes[rows[-1]]
    limit = np.log10(threshold)
    if not shrunk[0] < limit:
        return None
    place = max(index for index in range(len(rows)) if shrunk[index] < limit)
    first, last, layer = (sight.started.sites[rows[index]].id for index in (0, -1, place))
    message = (
        f"From {last} back to {first} the gradient shrinks to {power(shrunk[0])} of its size; "
        f"from {layer} on down the layers hardly learn."
    )
    return Finding("vanishing", "depth", layer, None, float(10 ** shrunk[0]), threshold, message)


RULE = Rule(
    kind="vanishing",
    axis="depth",
    threshold=THRESHOLD,
    relief=10.0,
    persistence=5,
    only_while_loss_is_high=True,
    judge=judge,
    sick=layer_example(-9, -7, -5, -3, -2),
    healthy=layer_example(-2.5, -2.4, -2.2, -2.1, -2),
)
