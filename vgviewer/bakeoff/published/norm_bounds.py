"""torchlens (github.com/johnmarktaylor91/torchlens) and DLCheck (github.com/QEDan/DLCheck): fixed bounds for ‖g‖.

Vanishing: below 1e-7. Exploding: above 1e4 (torchlens) or 1e6 (DLCheck).

Read in their favor: norms of weights alone; an alarm of vanishing must last; a norm that is not finite is seen,
although NaN passes both comparisons.
"""

from functools import partial

from vgviewer.bakeoff.published.record import Bools, Record, Said, Tool, anywhere, lasting

SMALLEST = 1e-7


def judge(record: Record, largest: float) -> dict[Said, Bools]:
    """As the module says."""
    return {
        "vanishing": lasting(anywhere(record.gradient_norm < SMALLEST)),
        "exploding": anywhere(record.gradient_norm > largest),
        "non_finite": record.broken,
    }


TORCHLENS = Tool("torchlens", "github.com/johnmarktaylor91/torchlens", partial(judge, largest=1e4))
DLCHECK = Tool("DLCheck", "github.com/QEDan/DLCheck", partial(judge, largest=1e6))
