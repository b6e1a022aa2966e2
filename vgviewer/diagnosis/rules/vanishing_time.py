"""The signal dies on its way back through time before it reaches what the task needs to remember."""

import numpy as np

from vgviewer.diagnosis.alert import Finding
from vgviewer.diagnosis.rule import Rule
from vgviewer.diagnosis.sight import Sight, power, time_example

THRESHOLD = 1e-3  # what is learned from so far back is drowned by what is near
HORIZON = -2.0  # log10: the memory horizon is where 1 % is left


def judge(sight: Sight, threshold: float) -> Finding | None:
    """Judged on the transport gain, so that a loss at every timestep cannot hide forgetting; over as many
    timesteps as the task needs (all, where nobody knows).

    One recurrent layer that carries the signal is enough: memory then lives there.
    """
    limit = np.log10(threshold)
    worst: tuple[int, np.ndarray] | None = None
    for row in sight.recurrent():
        travelled = sight.travelled(row)
        needed = travelled[: sight.started.dependency]
        if not len(needed):
            continue
        if not needed[-1] < limit:
            return None
        worst = worst or (row, needed)
    if worst is None:
        return None
    row, needed = worst
    layer = sight.started.sites[row].id
    reach = int(np.argmax(needed < HORIZON))
    message = (
        f"Going back {len(needed)} timesteps{_goal(sight, needed)}, {power(needed[-1])} of the signal in {layer} "
        f"is left; after {reach} it is below 1 %."
    )
    timestep = sight.started.timesteps - 1 - int(np.argmax(needed < limit))
    return Finding("vanishing", "time", layer, timestep, float(10 ** needed[-1]), threshold, message)


def _goal(sight: Sight, needed: np.ndarray) -> str:
    if len(needed) >= (sight.started.dependency or 0):
        return ", as far as the task needs"
    return ", as far as truncation lets it" if np.isfinite(needed[-1]) else ""


RULE = Rule(
    kind="vanishing",
    axis="time",
    threshold=THRESHOLD,
    relief=10.0,
    persistence=5,
    only_while_loss_is_high=True,
    judge=judge,
    sick=time_example(0.58),
    healthy=time_example(0.98),
)
