"""SageMaker Debugger's built-in rules with their default thresholds:
docs.aws.amazon.com/sagemaker/latest/dg/debugger-built-in-rules.html

VanishingGradient: mean |g| < 1e-7 in any tensor. ExplodingTensor: NaN or infinity. DeadRelu: a unit that is above 0
less than 1 % of the time, in more than 50 % of a layer. SaturatedActivation: a unit whose input stays within ±9.5
less than 1 % of the time, in more than 50 % of a tanh layer. WeightUpdateRatio: above 10 or below 1e-8.
PoorWeightInitialization: the variance of one layer's weights more than 10 times another's.

Read in its favor: gradients of weights alone, not of biases; "the time" is that of the last ten batches; in float32
tanh is ±1 beyond ±9.01 already, taken for 9.5; it looks at every step, and an alarm must last.
"""

import numpy as np

from vgviewer.bakeoff.published.record import Bools, Record, Said, Tool, anywhere, lasting

SMALLEST = 1e-7
RARELY = 0.01
UPDATES = 1e-8, 10.0
VARIANCES = 10.0


def judge(record: Record) -> dict[Said, Bools]:
    """As the module says."""
    update, variance = record.update_ratio, record.variance
    return {
        "vanishing": lasting(anywhere(record.mean_gradient < SMALLEST)),
        "non_finite": record.broken,
        "dead_units": lasting(record.mostly([units < RARELY for units in record.lately_active])),
        "saturated": lasting(record.mostly([1 - units < RARELY for units in record.beyond])),
        "update_ratio": lasting(anywhere((update < UPDATES[0]) | (update > UPDATES[1]))),
        "poor_initialization": lasting(np.asarray(variance.max(1) > VARIANCES * variance.min(1))),
    }


SAGEMAKER = Tool("SageMaker Debugger", "docs.aws.amazon.com/sagemaker, Debugger's built-in rules", judge)
