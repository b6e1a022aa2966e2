"""The signal grows on its way back through time."""

import numpy as np

from vgviewer.diagnosis.alert import Finding
from vgviewer.diagnosis.rule import Rule
from vgviewer.diagnosis.sight import Sight, power, time_example

THRESHOLD = 1e3  # LSTMs with wide open forget gates grow by 10 to 100 and train well


def judge(sight: Sight, threshold: float) -> Finding | None:
    """Judged on the transport gain; one recurrent layer that explodes is enough."""
    limit = np.log10(threshold)
    for row in sight.recurrent():
        travelled = sight.travelled(row)
        if not len(travelled) or np.isposinf(travelled).any() or not travelled.max() > limit:
            continue
        layer = sight.started.sites[row].id
        first = int(np.argmax(travelled > limit))
        timestep = sight.started.timesteps - 1 - first
        peak = int(np.argmax(travelled))
        message = (
            f"Going back {peak + 1} timesteps the signal in {layer} grows to {power(travelled[peak])} times its size "
            f"({10 ** (travelled[peak] / (peak + 1)):.3g} per timestep)."
        )
        return Finding("exploding", "time", layer, timestep, float(10 ** travelled[peak]), threshold, message)
    return None


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
)
