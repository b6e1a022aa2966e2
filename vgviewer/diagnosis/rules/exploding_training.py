"""Training runs away: the loss leaves its beginning far behind, or the gradient's norm keeps jumping."""

import math
from statistics import fmean, median

import numpy as np

from vgviewer.diagnosis.alert import Finding
from vgviewer.diagnosis.course import Course
from vgviewer.diagnosis.examples import loss_example
from vgviewer.diagnosis.rule import Rule
from vgviewer.diagnosis.sight import Sight, power

# Times what the loss was to start from (or the baseline): an unlucky batch doubles it, the first large steps of a good
# run may triple it.
THRESHOLD = 5.0
FRAMES = 5  # in a row: a single batch is no trend
AT_ONCE, FEW = 20.0, 2  # times the threshold, for so many frames: by then nothing is left to wait for
# Of the loss, from the older half of so many frames to the newer: it passes by itself.
FALLING_BACK, TREND = 0.8, 20
GROWN = 100.0  # times the gradient's norm at the start; small batches scatter by a factor of ten or so
WINDOW, SPIKES = 50, 3  # so many jumps within so many frames are more than bad luck


def judge(sight: Sight, threshold: float) -> Finding | None:
    """Everything is measured against the run's own beginning, so that the loss's scale cancels."""
    return _loss(sight.course, threshold) or _norms(sight.course)


def _loss(course: Course, threshold: float) -> Finding | None:
    if not course.start or course.start <= 0 or course.frames < FEW or min(course.losses) < 0:
        return None  # a loss that can be negative has no size to grow from
    losses = [math.inf if math.isnan(loss) else loss for loss in list(course.losses)[-TREND:]]
    newest = min(losses[-FEW:]) / course.start
    lasting = min(losses[-FRAMES:]) / course.start if len(losses) >= FRAMES else 0.0
    if not (lasting > threshold or newest > AT_ONCE * threshold):
        return None
    half = len(losses) // 2
    passes = fmean(losses[half:]) < FALLING_BACK * fmean(losses[:half])
    message = (
        f"The loss has run away to {power(np.log10(newest))} times what it was at the start, and "
        f"{'falls back' if passes else 'stays there'}: the steps are too large."
    )
    return Finding("exploding", None, None, None, newest, threshold, message, asks_for_action=not passes)


def _norms(course: Course) -> Finding | None:
    norms = list(course.gradient_norms)
    if len(norms) < 2 * FRAMES or not course.first_norms:
        return None
    usual = max(median(course.first_norms), median(norms))
    grown = median(norms[-2 * FRAMES :]) / usual if usual else 0.0
    jumps = [norm for norm in norms[-WINDOW:] if norm > GROWN * usual]
    if not usual or (grown <= GROWN and len(jumps) < SPIKES):
        return None
    worst = max([*jumps, grown * usual]) / usual
    message = (
        f"The norm of the gradient jumps to {power(np.log10(worst))} times its usual size: {len(jumps)} times in the "
        f"last {min(WINDOW, len(norms))} steps."
    )
    return Finding("exploding", None, None, None, worst, GROWN, message, asks_for_action=False)


RULE = Rule(
    kind="exploding",
    axis=None,
    threshold=THRESHOLD,
    relief=0.5,
    persistence=1,
    only_while_loss_is_high=True,
    judge=judge,
    sick=loss_example([1.0, 1.1, 0.9, 1.0, 1.1, 4, 9, 20, 40, 80, 160]),
    healthy=loss_example([1.0, 1.1, 0.9, 1.0, 1.1, 2, 9, 2, 1, 1, 0.9]),
    patience=10,
    counts_as_learning="nothing",
)
