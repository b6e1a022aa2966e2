"""The signal dies on its way back through time before it reaches what the task needs to remember."""

import numpy as np

from vgviewer.diagnosis.alert import Finding
from vgviewer.diagnosis.examples import time_example
from vgviewer.diagnosis.rule import Rule
from vgviewer.diagnosis.sight import Sight, Sizes, power

THRESHOLD = 1e-3  # what is learned from so far back is drowned by what is near
HORIZON = -2.0  # log10: the memory horizon is where 1 % is left


def judge(sight: Sight, threshold: float) -> Finding | None:
    """Judged on the transport gain, so that a loss at every timestep cannot hide forgetting; over as many
    timesteps as the task needs. Where nobody knows its need, forgetting the window is no proof of trouble: it is said
    only of a loss that has stalled at what can be reached without a memory, and asks for nothing.

    One recurrent layer that carries the signal is enough: memory then lives there.
    """
    if sight.started.dependency is None and not _has_learned_nothing(sight):
        return None
    counts, left = sight.left_after(sight.started.dependency)
    known = np.flatnonzero(counts)
    limit = np.log10(threshold)
    if not len(known) or not (left[known] < limit).all():
        return None
    row = sight.started.recurrent[known[0]]
    needed = sight.left(known[0])[: counts[known[0]]]
    return Finding(
        "vanishing",
        "time",
        sight.started.sites[row].id,
        sight.started.timesteps - 1 - int(np.argmax(needed < limit)),
        float(10.0 ** float(needed[-1])),
        threshold,
        _message(sight, row, needed),
        asks_for_action=sight.started.dependency is not None,
    )


def _has_learned_nothing(sight: Sight) -> bool:
    untaught = sight.course.untaught
    return untaught is not None and sight.course.mean > untaught and sight.course.is_falling() is False


def _message(sight: Sight, row: int, needed: Sizes) -> str:
    kept = int(np.argmax(needed < HORIZON))  # timesteps back with 1 % or more, as pictures count them
    fallen = f"beyond {kept} it is" if kept else "one timestep back it is already"
    dependency = sight.started.dependency
    goal = ""
    if dependency is not None and len(needed) >= dependency:
        goal = ", the least that the task needs"
    elif np.isfinite(needed[-1]) and len(needed) < sight.started.timesteps - 1:
        goal = ", as far as truncation lets it"
    doubt = "" if dependency is not None else " Nobody knows whether the task needs more."
    return (
        f"Going back {len(needed)} timesteps{goal}, {power(needed[-1])} of the signal in {sight.started.sites[row].id} "
        f"is left; {fallen} below 1\u00a0%.{doubt}"
    )


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
    patience=200,
    counts_as_learning="beating the baseline",
)
