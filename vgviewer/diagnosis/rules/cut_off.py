"""The gradient is cut off on purpose or by accident: a zero head, frozen layers, truncation, hard clipping."""

from statistics import median

import numpy as np

from vgviewer.diagnosis.alert import Finding
from vgviewer.diagnosis.examples import layer_example
from vgviewer.diagnosis.rule import Rule
from vgviewer.diagnosis.sight import Sight

THRESHOLD = 10.0  # times the clipping threshold: only a tenth of the gradient's size becomes a step
ALWAYS, WINDOW = 0.9, 50  # share of so many frames in which clipping struck


def judge(sight: Sight, threshold: float) -> Finding | None:
    """The first of these that holds. Each may be meant, so none asks for action."""
    return _silent_head(sight) or _truncated(sight) or _frozen(sight) or _clipped(sight, threshold)


def _silent_head(sight: Sight) -> Finding | None:
    """Exactly nothing enters the chain of layers from the head, although the loss has a gradient."""
    rows, arriving = sight.started.chain, sight.reading("output_gradient")
    if not rows or not np.isneginf(arriving[rows]).all() or not np.isfinite(arriving[-1]):
        return None
    last = sight.started.sites[rows[-1]].id
    return _finding(
        last, 0.0, 0.0, f"No gradient at all enters {last}: what lies above passes exactly 0 back."
    )


def _truncated(sight: Sight) -> Finding | None:
    started = sight.started
    if started.truncate is None or started.dependency is None or started.truncate >= started.dependency:
        return None
    row = next(iter(sight.started.recurrent), None)
    layer = None if row is None else started.sites[row].id
    message = (
        f"Truncation cuts the gradient every {started.truncate} timesteps, the task needs {started.dependency}: "
        f"what lies further back is never learned from."
    )
    return _finding(layer, started.truncate, started.dependency, message)


def _frozen(sight: Sight) -> Finding | None:
    """Said once the loss has stalled: a network that learns needs no word about it."""
    frozen = [site.id for site in sight.started.sites if site.frozen and site.type != "echo_state"]
    if not frozen or not sight.course.is_stuck:
        return None
    names = frozen[-1] if len(frozen) == 1 else f"{len(frozen)} layers, {frozen[-1]} among them,"
    verb = "is" if len(frozen) == 1 else "are"
    message = f"{names} {verb} frozen, and the loss does not fall: what they do cannot adapt."
    return _finding(frozen[-1], len(frozen), 0.0, message)


def _clipped(sight: Sight, threshold: float) -> Finding | None:
    strikes = list(sight.course.strikes)[-WINDOW:]
    limit = sight.started.clip
    if limit is None or len(strikes) < WINDOW or sum(strikes) < ALWAYS * WINDOW:
        return None
    excess = median(list(sight.course.gradient_norms)[-WINDOW:]) / limit
    if not excess > threshold:
        return None
    message = (
        f"Clipping struck at {sum(strikes)} of the last {WINDOW} steps; the gradient was {excess:.3g} times the "
        f"threshold, so its size says nothing any more."
    )
    return _finding(None, excess, threshold, message)


def _finding(layer: str | None, value: float, threshold: float, message: str) -> Finding:
    return Finding("cut_off", None, layer, None, value, threshold, message, asks_for_action=False)


RULE = Rule(
    kind="cut_off",
    axis=None,
    threshold=THRESHOLD,
    relief=0.5,
    persistence=5,
    only_while_loss_is_high=True,
    judge=judge,
    sick=layer_example(-np.inf, -np.inf, -1),
    healthy=layer_example(-2, -1.5, -1),
)
