"""torchmortem, a report after the run: github.com/sebseager/torchmortem (detectors/gradient_flow.py, dead_units.py,
collectors/activation.py)

Vanishing: the mean ‖g‖ of the last layer more than 1000 times that of the first, over the second half of the run, or
the first is 0; from 100 times on a warning. A warning too, of stalling, where ‖g‖ of any layer is below 1e-8 in 30 % of
the run. Exploding: any ‖g‖ above 1000. Dead: more than 50 % of the entries (samples times units) of a layer's output
within ±1e-6, in at least half of the second half; critical where their mean is above 0.8, else a warning.

Warnings are scored like ours: neither as hits nor as false alarms. Read in its favor: layers are weight matrices, and
only relu layers can be dead; steps whose norms are not finite are left out of the mean, and reported as such. Read
otherwise: entries of relu within ±1e-6 are those that are 0. Its report comes at the end, so that its delay is that of
the run.
"""

import numpy as np

from vgviewer.bakeoff.published.record import Bools, Floats, Record, Said, Tool, anywhere

WEAKER, MUCH_WEAKER = 100.0, 1000.0  # times, the first layer than the last: a warning, critical
LARGEST = 1000.0
STALLED, STALLING = 1e-8, 0.3  # ‖g‖, share of the run
MOSTLY, NEARLY_ALL = 0.5, 0.8  # of a layer's entries: dead at a step; critical in the mean
SUSTAINED = 0.5
SMALLEST = 1e-30  # a mean norm that counts as 0


def judge(record: Record) -> dict[Said, Bools]:
    """What it calls critical."""
    return {
        "vanishing": _at_the_end(record, _times_weaker(record) > MUCH_WEAKER),
        "exploding": anywhere(record.gradient_norm > LARGEST),
        "non_finite": record.broken,
        "dead_units": _at_the_end(record, _dead(record) > NEARLY_ALL),
    }


def warns(record: Record) -> dict[Said, Bools]:
    """What it calls a warning, or more."""
    stalled = ((record.gradient_norm < STALLED).mean(0) >= STALLING).any()
    return {
        "vanishing": _at_the_end(record, bool(stalled) or _times_weaker(record) >= WEAKER),
        "dead_units": _at_the_end(record, _dead(record) > 0),
    }


def _times_weaker(record: Record) -> float:
    """The first layer than the last, in the second half; 0 where nothing there is finite."""
    norms = record.gradient_norm[len(record.snapshots) // 2 :]
    finite = norms[np.isfinite(norms).all(1)]
    if not len(finite):
        return 0.0
    means: Floats = finite.mean(0)
    return float("inf") if means[0] < SMALLEST else float(means[-1] / means[0])


def _dead(record: Record) -> float:
    """The mean share of dead entries in the second half, of the worst layer where most were dead for long; else 0."""
    half = len(record.snapshots) // 2
    shares = [1 - units[half:].mean(1) for units in record.active]
    long = [share.mean() for share in shares if (share > MOSTLY).mean() >= SUSTAINED]
    return float(max(long, default=0.0))


def _at_the_end(record: Record, found: bool) -> Bools:
    alarms = np.zeros(len(record.snapshots), bool)
    alarms[-1] = found
    return alarms


TORCHMORTEM = Tool("torchmortem", "github.com/sebseager/torchmortem", judge, warns)
