"""The signal grows on its way from the last layer back to the others."""

import numpy as np

from vgviewer.diagnosis.alert import Finding
from vgviewer.diagnosis.examples import layer_example
from vgviewer.diagnosis.rule import Rule
from vgviewer.diagnosis.sight import Sight, power, size

# ReLU networks with batch norm grow by 1.21 per hop and still train (30 layers: 259, Yang et al. 2019);
# unscaled skips on 30 layers with He's variance reach 1e5 to 1e6 and do not.
THRESHOLD = 3e3


def judge(sight: Sight, threshold: float) -> Finding | None:
    """Compares output gradients of the layers that hold weights: one ratio, so that the loss's scale cancels."""
    rows = sight.started.chain
    if len(rows) < 2 or not np.isfinite(sight.signal[rows[-1]]) or np.isposinf(sight.signal[rows]).any():
        return None
    grown = sight.signal[rows].astype(float) - sight.signal[rows[-1]]
    limit = np.log10(threshold)
    most = int(np.nanargmax(grown))
    if not grown[most] > limit:
        return None
    place = max(index for index in range(len(rows)) if grown[index] > limit)
    peak, last, layer = (sight.started.sites[rows[index]].id for index in (most, -1, place))
    message = (
        f"From {last} back to {peak} the gradient grows to {power(grown[most])} times its size; "
        f"from {layer} on down the updates are far too large."
    )
    return Finding("exploding", "depth", layer, None, size(grown[most]), threshold, message)


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
    patience=50,
)
