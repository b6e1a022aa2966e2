"""The signal grows on its way back through time."""

import numpy as np

from vgviewer.diagnosis.alert import Finding
from vgviewer.diagnosis.examples import time_example
from vgviewer.diagnosis.rule import Rule
from vgviewer.diagnosis.sight import Sight, power, size

# LSTMs with wide open forget gates grow by 10 to 100 and train well; from 1e3 on the last timesteps' share of the
# weights' gradient is below a thousandth.
THRESHOLD = 3e3


def judge(sight: Sight, threshold: float) -> Finding | None:
    """Judged on the transport gain; one recurrent layer that explodes is enough."""
    limit = np.log10(threshold)
    most = np.fmax(sight.transport, 0).sum(axis=1)  # no peak is above all hops together that grow
    suspects = np.flatnonzero(most > limit)
    left = sight.left(suspects)
    peaks = np.fmax.reduce(left, axis=1, initial=-np.inf)
    sick = np.flatnonzero((peaks > limit) & ~np.isposinf(peaks))
    if not len(sick):
        return None
    travelled = left[sick[0]]
    layer = sight.started.sites[sight.started.recurrent[suspects[sick[0]]]].id
    timestep = sight.started.timesteps - 1 - int(np.argmax(travelled > limit))
    peak = int(np.nanargmax(travelled))
    message = (
        f"Going back {peak + 1} timesteps the signal in {layer} grows to {power(travelled[peak])} times its size "
        f"({10 ** (travelled[peak] / (peak + 1)):.3g} per timestep)."
    )
    return Finding("exploding", "time", layer, timestep, size(travelled[peak]), threshold, message)


RULE = Rule(
    kind="exploding",
    axis="time",
    threshold=THRESHOLD,
    relief=0.1,
    persistence=5,
    only_while_loss_is_high=True,
    judge=judge,
    sick=time_example(1.3),
    healthy=time_example(1.02),
    patience=50,
)
