"""NeuroLens: its checks while training, pypi.org/project/neurolens

Vanishing: a norm of about 0. Exploding: above 100. Dead: more than 50 % of a ReLU layer 0 for all inputs. Update
ratio above 5e-2 or below 1e-6. NaN or infinity.

Read in its favor: "about 0" is below 1e-7, the bound of its neighbors; norms of weights alone; the inputs are those
of the last ten batches; what is judged at one step must last, an explosion not.
"""

from vgviewer.bakeoff.published.record import Bools, Record, Said, Tool, anywhere, lasting

SMALLEST, LARGEST = 1e-7, 100.0
UPDATES = 1e-6, 5e-2


def judge(record: Record) -> dict[Said, Bools]:
    """As the module says."""
    update = record.update_ratio
    return {
        "vanishing": lasting(anywhere(record.gradient_norm < SMALLEST)),
        "exploding": anywhere(record.gradient_norm > LARGEST),
        "non_finite": record.broken,
        "dead_units": lasting(record.mostly([units == 0 for units in record.lately_active])),
        "update_ratio": lasting(anywhere((update < UPDATES[0]) | (update > UPDATES[1]))),
    }


NEUROLENS = Tool("NeuroLens", "pypi.org/project/neurolens", judge)
