"""The optimizer's steps are too large for the weights, or so small that nothing can come of them."""

import numpy as np

from vgviewer.diagnosis.alert import Finding
from vgviewer.diagnosis.examples import seen, share_example
from vgviewer.diagnosis.rule import Rule
from vgviewer.diagnosis.sight import Sight, power
from vgviewer.frames import Frame

# A tenth of a layer's weights in one step: ten such steps make another layer of it. 1e-3 is common; the first steps of
# Adam come near it.
THRESHOLD = 0.1
# Times the threshold (more where that is eased): a thousand such steps change the weights by a thousandth, within the
# scatter of their start.
TOO_SMALL = 1e-5
STALE = 20  # frames before small steps are said: a network may start with nothing to learn from


def judge(sight: Sight, threshold: float) -> Finding | None:
    """Judged by the layer that moves most: one layer that hardly learns is told by the rules on vanishing."""
    sites = sight.started.sites
    frozen = np.array([site.frozen for site in sites])
    ratios = sight.reading("update_ratio")
    known = ~(frozen | np.isnan(ratios))
    if not known.any():
        return None
    ratios = np.where(known, ratios, -np.inf)
    most = int(np.argmax(ratios))
    value = float(ratios[most])
    if value > np.log10(threshold):
        message = f"One step changes the weights of {sites[most].id} by {power(value)} times their size."
    elif sight.course.frames >= STALE and value < np.log10(TOO_SMALL * THRESHOLD**2 / threshold):
        message = (
            f"One step changes no layer's weights by more than {power(value)} of their size: nothing is learned at "
            f"that rate."
        )
    else:
        return None
    return Finding(
        "update_ratio",
        None,
        sites[most].id,
        None,
        float(10.0**value),
        threshold,
        message,
        asks_for_action=False,
    )


_WELL = share_example("update_ratio", -3.0, -2.5)

RULE = Rule(
    kind="update_ratio",
    axis=None,
    threshold=THRESHOLD,
    relief=0.5,
    persistence=10,
    only_while_loss_is_high=True,
    judge=judge,
    sick=share_example("update_ratio", -3.0, 0.5),
    healthy=seen(_WELL.started, [Frame(0, 1.0, readings=_WELL.frame.readings)] * STALE),
)
