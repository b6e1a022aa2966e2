"""Units at the flat ends of their activation: their derivative lets hardly anything through."""

import numpy as np

from vgviewer.diagnosis.alert import Finding
from vgviewer.diagnosis.examples import share_example
from vgviewer.diagnosis.rule import Rule
from vgviewer.diagnosis.sight import Sight

# Of a layer's outputs with less than a hundredth of the steepest slope. Networks that learn to be certain, and gates
# that stand open on purpose, reach a third to a half.
THRESHOLD = 0.7


def judge(sight: Sight, threshold: float) -> Finding | None:
    """Names the layer nearest the loss. The head does not count: a certain answer saturates it."""
    rows = [row for row, site in enumerate(sight.started.sites) if site.id != "output"]
    shares = sight.reading("saturation")[rows]
    sick = np.flatnonzero(shares > threshold)
    if not len(sick):
        return None
    layer = sight.started.sites[rows[int(sick[-1])]].id
    worst = float(shares[sick].max())
    others = "" if len(sick) == 1 else f" {len(sick)} layers are like that; at worst {worst:.0%}."
    message = (
        f"{shares[sick[-1]]:.0%} of the outputs of {layer} are at the flat ends of the activation, where its slope is "
        f"below a hundredth of the steepest.{others}"
    )
    return Finding("saturated", None, layer, None, worst, threshold, message)


RULE = Rule(
    kind="saturated",
    axis=None,
    threshold=THRESHOLD,
    relief=0.85,
    persistence=5,
    only_while_loss_is_high=True,
    judge=judge,
    sick=share_example("saturation", 0.1, 0.9),
    healthy=share_example("saturation", 0.3, 0.5),
    patience=100,
    counts_as_learning="any gain",
)
