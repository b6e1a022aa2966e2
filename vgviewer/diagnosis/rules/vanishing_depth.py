"""The signal dies on its way from the last layer back to the others."""

import numpy as np

from vgviewer.diagnosis.alert import Finding
from vgviewer.diagnosis.examples import layer_example
from vgviewer.diagnosis.rule import Rule
from vgviewer.diagnosis.sight import Sight, power

# Such a layer learns a thousand times slower than the last: beyond what per-layer noise or a tuned learning rate makes
# good. Sigmoid networks of 5 layers (4e-4) are beyond it, trained ReLU networks with He's variance far off.
THRESHOLD = 1e-3


def judge(sight: Sight, threshold: float) -> Finding | None:
    """Compares output gradients of the layers that hold weights: one ratio, so that the loss's scale cancels.

    Every layer counts that learns: in a stretch that a skip goes around the signal may be dead although it
    reaches the first layer.
    """
    rows = sight.started.chain
    if len(rows) < 2 or not np.isfinite(sight.signal[rows[-1]]):
        return None
    shrunk = sight.signal[rows].astype(float) - sight.signal[rows[-1]]
    limit = np.log10(threshold)
    sites = [sight.started.sites[row] for row in rows]
    sick = [place for place, site in enumerate(sites) if shrunk[place] < limit and not site.frozen]
    if not sick:
        return None
    worst = min(sick, key=lambda place: shrunk[place])
    layer, last = sites[sick[-1]].id, sites[-1].id
    reaches_down = len(sick) > 1 and sick == list(range(len(sick)))
    where = f"from {layer} on down the layers" if reaches_down else _stretch(sick, layer)
    message = (
        f"From {last} back to {sites[worst].id} the gradient shrinks to {power(shrunk[worst])} of its size; "
        f"{where} hardly learn."
    )
    return Finding("vanishing", "depth", layer, None, float(10 ** shrunk[worst]), threshold, message)


def _stretch(sick: list[int], layer: str) -> str:
    if len(sick) == 1:
        return f"the weights of {layer}"
    return f"{len(sick)} layers, {layer} the first of them on the way back,"


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
    patience=200,
    counts_as_learning="beating the baseline",
)
