"""ReLU units that are silent whatever the input is: no gradient passes them any more."""

import numpy as np

from vgviewer.diagnosis.alert import Finding
from vgviewer.diagnosis.examples import share_example
from vgviewer.diagnosis.rule import Rule
from vgviewer.diagnosis.sight import Sight

# Of a layer's units. In a healthy sparse layer each unit is silent for most samples but hardly one for all; deep
# networks with He's variance lose up to half of a layer and learn.
THRESHOLD = 0.6
ALL = 0.95  # of a recurrent layer's: with an identity W_hh half of them are silent by design (IRNN), and it learns


def judge(sight: Sight, threshold: float) -> Finding | None:
    """Names the layer nearest the loss with too many: what lies below starves first because of it."""
    shares = sight.reading("dead")
    limits = [max(threshold, ALL) if site.recurrent else threshold for site in sight.started.sites]
    sick = np.flatnonzero(shares > limits)
    if not len(sick):
        return None
    place = int(sick[-1])
    layer, worst = sight.started.sites[place].id, float(shares[sick].max())
    others = "" if len(sick) == 1 else f" {len(sick)} layers are like that; at worst {worst:.0%}."
    message = (
        f"{shares[place]:.0%} of the units of {layer} give 0 for every sample: "
        f"nothing is learned through them.{others}"
    )
    return Finding("dead_units", None, layer, None, worst, threshold, message)


RULE = Rule(
    kind="dead_units",
    axis=None,
    threshold=THRESHOLD,
    relief=0.8,
    persistence=1,  # what is read looks back over enough samples itself
    only_while_loss_is_high=True,
    judge=judge,
    sick=share_example("dead", 0.1, 0.9),
    healthy=share_example("dead", 0.3, 0.0),
    patience=200,
    counts_as_learning="any gain",
)
