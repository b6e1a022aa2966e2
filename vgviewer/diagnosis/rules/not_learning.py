"""The loss stays at what can be reached without learning, although gradients arrive and the weights move."""

from statistics import fmean

from vgviewer.diagnosis.alert import Finding
from vgviewer.diagnosis.course import KEPT, LONGEST
from vgviewer.diagnosis.examples import loss_example
from vgviewer.diagnosis.rule import Rule
from vgviewer.diagnosis.sight import Sight

THRESHOLD = 1.0  # times the loss of a network that has learned nothing
# Sum of all steps over the size of the weights: if they all went one way, the weights would be others by now. A small
# learning rate has not yet had the time.
MOVED = 0.5
# Parity and memory tasks sit at the baseline for a long time and then learn within a few steps: the verdict is spoken
# late.
LEAST, SHARE = 400, 0.95  # frames, and share of the run
OTHERS = frozenset(("vanishing", "exploding", "non_finite", "dead_units", "saturated"))  # which explain it


def judge(sight: Sight, threshold: float) -> Finding | None:
    """Silent where another alert stands that explains it. Asks for nothing where the baseline is a good answer."""
    course = sight.course
    if sight.standing & OTHERS or course.frames < LONGEST or course.moved < MOVED:
        return None
    untaught = course.untaught
    if untaught is None or course.is_falling(LONGEST) is not False:
        return None
    newest = list(course.losses)[-LONGEST:]
    level = min(fmean(newest[: LONGEST // 2]), fmean(newest[LONGEST // 2 :]))
    if not level > threshold * untaught:
        return None
    what = "first loss" if sight.started.baseline is None else "baseline"
    message = (
        f"For {LONGEST} steps the loss has stayed at {level:.3g} (the {what} is {course.reference:.3g}), although "
        f"gradients arrive and the weights move: the network or its steps do not suit the task."
    )
    late = course.frames >= max(LEAST, SHARE * sight.started.steps) and course.is_falling(KEPT) is False
    return Finding(
        "not_learning",
        None,
        None,
        None,
        level / untaught,
        threshold,
        message,
        asks_for_action=late and course.baseline_is_weak,
    )


RULE = Rule(
    kind="not_learning",
    axis=None,
    threshold=THRESHOLD,
    relief=0.9,
    persistence=5,
    only_while_loss_is_high=True,
    judge=judge,
    sick=loss_example([1.02, 0.98] * 60),
    healthy=loss_example([2.0 * 0.99**step for step in range(120)]),
    patience=0,
)
