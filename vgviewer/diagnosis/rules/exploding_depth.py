"""The signal grows on its way from the last layer back to the first."""

import numpy as np

from vgviewer.diagnosis.alert import Finding
from vgviewer.diagnosis.rule import Rule
from vgviewer.diagnosis.sight import Sight, layer_example, power

# ReLU networks with batch norm grow by 1.21 per hop and still train (30 layers: 259, Yang et al. 2019);
# unscaled skips on 30 layers with He's variance reach 1e5 to 1e6 and do not.
THRESHOLD = 1e4


def judge(sight: Sight, threshold: float) -> Finding | None:
    """Compares output gradients of the layers that hold weights: one ratio, so that the loss's scale cancels."""
    rows = sight.chain()
    sizes = sight.reading("output_gradient")
    if len(rows) < 2 or not np.isfinite(sizes[rows[-1]]) or np.isposinf(sizes[rows]).any():
        return None
    grown = sizes[rows].astype(float) - sizes[rows[-1]]
    limit = np.log10(threshold)
    if not grown[0] > limit:
        return None
    place = max(index for index in range(len(rows)) if grown[index] > limit)
    first, last, layer = (sight.started.sites[rows[index]].id for index in (0, -1, place))
    message = (
        f"From {last} back to {first} the gradient grows to {power(grown[0])} times its size; "
        f"from {layer} on down the updates are far too large."
    )
    return Finding("exploding", "depth", layer, None, float(10 ** grown[0]), threshold, message)


RULE = Rule(
    kind="exploding",
    axis="depth",
    threshold=THRESHOLD,
    relief=0.1,
    persistence=5,
    only_while_loss_is_high=True,
    judge=judge,
    sick=layer_example(4, 2, 0, -1, -2),
    healthy=layer_example(0, -1, -1.5, -2, -2),
)
