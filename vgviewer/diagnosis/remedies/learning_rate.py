"""Smaller steps, or larger ones."""

import math

from vgviewer.diagnosis.causes.signs import LARGE_STEP, RESTLESS, SMALL_STEP
from vgviewer.diagnosis.edits import retrained, weight_norm
from vgviewer.diagnosis.patients import deep
from vgviewer.diagnosis.remedy import Offer, Patient, Remedy

SHARE = 0.003  # of the weights' own norm that a step may change
LARGEST_ADAPTIVE = 1e-3  # Adam's own default: it moves each weight by about that, whatever the gradient is
SMALLEST_FACTOR, LARGEST_FACTOR = 10.0, 100.0  # a rate lower still is best found in a second try
AT_THE_START = 10  # steps: what explodes along depth or time, or is dead, so early was drawn that way


def offer_lower(patient: Patient) -> Offer | None:
    """A tenth, or down to a hundredth where what was measured asks for it."""
    optimizer = patient.experiment.training.optimizer
    found, why = _harmless(patient)
    found = min(max(found, optimizer.lr / LARGEST_FACTOR), optimizer.lr / SMALLEST_FACTOR)
    rate = float(f"{found:.1g}")
    if not _may_be_the_step(patient) or not 0 < rate < optimizer.lr:
        return None
    return Offer(
        id="lower_rate",
        title=f"Lower the learning rate to {rate:g}",
        why=why,
        source="Bengio 2012, Practical recommendations for gradient-based training",
        limits="It learns more slowly, and cures no gradient that explodes at the start already.",
        experiment=retrained(patient.experiment, optimizer=optimizer.replace(lr=rate)),
    )


def was_thrown(patient: Patient) -> bool:
    """Whether one step up to the alert was so large that it may have killed units."""
    return patient.largest_step is not None and patient.largest_step >= LARGE_STEP


def _may_be_the_step(patient: Patient) -> bool:
    """Against vanishing only where nothing at all comes through since a large step killed the units: that a smaller
    step would help a small gradient is wrong."""
    alert, ratio = patient.alert, patient.update_ratio
    match alert.kind:
        case "vanishing":
            return alert.value == 0 and was_thrown(patient)
        case "update_ratio":
            return alert.value >= alert.threshold
        case "not_learning":
            return ratio is not None and ratio > RESTLESS
        case "dead_units" | "saturated":
            return alert.step > AT_THE_START or was_thrown(patient)
        case _:
            return alert.axis is None or alert.step > AT_THE_START


def _harmless(patient: Patient) -> tuple[float, str]:
    """The largest rate whose steps do no harm, +inf where nothing tells; and what the present one does."""
    optimizer, norm = patient.experiment.training.optimizer, patient.gradient_norm
    if optimizer.type != "sgd":
        why = (
            f"{optimizer.type} moves every weight by about {optimizer.lr:g} a step, whatever the gradient is."
        )
        return LARGEST_ADAPTIVE, why
    if patient.alert.kind in ("dead_units", "saturated", "vanishing") and patient.largest_step:
        why = f"At {optimizer.lr:g} one step changed a layer's weights by {patient.largest_step:.2g} of their size."
        return math.inf, why
    if patient.alert.kind == "not_learning" and patient.update_ratio:
        ratio = patient.update_ratio
        why = f"At {optimizer.lr:g} every step changes a layer's weights by {ratio:.2g} of their size; 1e-3 is common."
        return math.inf, why
    if norm is None or norm <= 0:
        return math.inf, f"The steps of {optimizer.lr:g} throw the weights about."
    weights = weight_norm(patient.experiment)
    why = (
        f"A norm of {norm:.3g} times {optimizer.lr:g} changes the weights, whose norm is about {weights:.2g}, by "
        f"{optimizer.lr * norm / weights:.2g} of it in one step."
    )
    return SHARE * weights * (1 - min(optimizer.momentum, 0.99)) / norm, why


def offer_higher(patient: Patient) -> Offer | None:
    """Ten times, where nothing moves although the gradients are fine."""
    optimizer, alert = patient.experiment.training.optimizer, patient.alert
    if alert.kind == "update_ratio" and alert.value > alert.threshold:
        return None
    ratio = patient.update_ratio
    if alert.kind == "not_learning" and optimizer.lr and (ratio is None or ratio >= SMALL_STEP):
        return None
    rate = 10 * optimizer.lr if optimizer.lr else 0.001
    return Offer(
        id="higher_rate",
        title=f"Raise the learning rate to {rate:g}",
        why=f"Gradients arrive, but at a rate of {optimizer.lr:g} the weights hardly move.",
        source="Bengio 2012, Practical recommendations for gradient-based training",
        limits="Too high a rate throws the weights away; it cures no gradient that does not arrive.",
        experiment=retrained(patient.experiment, optimizer=optimizer.replace(lr=rate)),
    )


LOWER = Remedy("lower_rate", offer_lower, deep("relu", "exploding", layers=4, lr=10.0, axis=None))
HIGHER = Remedy("higher_rate", offer_higher, deep("relu", "not_learning", layers=3, lr=1e-6, axis=None))
