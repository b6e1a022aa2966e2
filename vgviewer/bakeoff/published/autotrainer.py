"""AutoTrainer: Zhang, Zhai, Ma & Shen, AUTOTRAINER: An automatic DNN training problem detection and repair system,
ICSE 2021; github.com/shiningrain/AUTOTRAINER (monitor.py).

Vanishing: ‖g_first‖/‖g_last‖ < 1e-3 and ‖g_first‖ < 1e-4. Exploding: the ratio > 70, the loss above 1e3, or anything
not finite. Dying ReLU: at least 0.7 of all entries of all gradients exactly 0. The gradient's rules ask whether the
accuracy is low, and begin after 30 % of the run, as in its program.

Read in its favor: it looks at every step, not every few epochs; it goes on after its first finding and may have
several; a ratio of 0 to 0 is 0; what it finds must hold while the accuracy is low, not once at any time before.
Without an accuracy, low means a loss above half of the task's baseline, or of the first loss.

Other than in its program: monitor.py takes a test loss of 1e5 or more for exploded, here it is a training loss above
1e3, which alarms sooner; it asks whether the largest accuracy of the run is low, here it is the last reading.
Left out: its rules for oscillation and slow convergence, of which no label speaks.
"""

import numpy as np

from vgviewer.bakeoff.published.record import Bools, Floats, Record, Said, Tool, lasting

RATIO_LOW, NORM_LOW, RATIO_HIGH = 1e-3, 1e-4, 70.0
LOSS_HIGH = 1e3
ZEROS = 0.7
ACCURACY = 0.7
BEGINS = 0.3  # share of the run


def judge(record: Record) -> dict[Said, Bools]:
    """As the module says."""
    steps = np.arange(len(record.snapshots))
    judged = (steps >= BEGINS * len(steps)) & _is_low(record)
    ratio, first = record.first_to_last, record.gradient_norm[:, 0]
    return {
        "vanishing": judged & lasting((ratio < RATIO_LOW) & (first < NORM_LOW)),
        "exploding": (judged & (ratio > RATIO_HIGH)) | (record.loss > LOSS_HIGH),
        "non_finite": record.broken,
        "dead_units": judged & lasting(record.zero_share >= ZEROS),
    }


def _is_low(record: Record) -> Bools:
    if record.has_accuracy:
        return np.asarray(_held(record.metric) < ACCURACY)
    asked = record.loss[0] if record.baseline is None else record.baseline
    return ~(record.loss < asked / 2)


def _held(readings: Floats) -> Floats:
    """The last reading at each step; 0 before the first."""
    held = np.zeros(len(readings))
    known = 0.0
    for step, reading in enumerate(readings):
        known = known if np.isnan(reading) else reading
        held[step] = known
    return held


AUTOTRAINER = Tool("AutoTrainer", "ICSE 2021; github.com/shiningrain/AUTOTRAINER", judge)
