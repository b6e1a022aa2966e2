"""torchmortem, a report after the run: github.com/sebseager/torchmortem (detectors/gradient_flow.py, dead_units.py)

Vanishing: the mean ‖g‖ of the last layer more than 100 times that of the first, over the second half of the run, or
the first is 0. Exploding: any ‖g‖ above 1000. Dead: more than 50 % of a layer's units at 0, in at least half of the
second half.

Read in its favor: layers are weight matrices; steps whose norms are not finite are left out of the mean, and reported
as such. Its report comes at the end, so that its delay is that of the run.
"""

import numpy as np

from vgviewer.bakeoff.published.record import Bools, Floats, Record, Said, Tool, anywhere

LAST_OVER_FIRST = 100.0
LARGEST = 1000.0
SUSTAINED = 0.5
SMALLEST = 1e-30  # a mean norm that counts as 0


def judge(record: Record) -> dict[Said, Bools]:
    """As the module says."""
    half = len(record.snapshots) // 2
    norms = record.gradient_norm[half:]
    finite = norms[np.isfinite(norms).all(1)]
    dead = record.mostly([units == 0 for units in record.active])[half:]
    return {
        "vanishing": _at_the_end(record, len(finite) > 0 and _vanishes(finite.mean(0))),
        "exploding": anywhere(record.gradient_norm > LARGEST),
        "non_finite": record.broken,
        "dead_units": _at_the_end(record, bool(dead.mean() >= SUSTAINED)),
    }


def _vanishes(means: Floats) -> bool:
    return bool(means[0] < SMALLEST or means[-1] > LAST_OVER_FIRST * means[0])


def _at_the_end(record: Record, found: bool) -> Bools:
    alarms = np.zeros(len(record.snapshots), bool)
    alarms[-1] = found
    return alarms


TORCHMORTEM = Tool("torchmortem", "github.com/sebseager/torchmortem", judge)
