"""Smaller steps, or larger ones."""

from vgviewer.diagnosis.edits import retrained, weight_norm
from vgviewer.diagnosis.patients import deep
from vgviewer.diagnosis.remedy import Offer, Patient, Remedy

SHARE = 0.003  # of the weights' own norm that a step may change
LARGEST_ADAPTIVE = 1e-3  # Adam's own default: it moves each weight by about that, whatever the gradient is
SMALLEST_FACTOR = 10.0
AT_THE_START = 10  # steps: what explodes along depth or time, or is dead, so early was drawn that way


def offer_lower(patient: Patient) -> Offer | None:
    """A tenth, or less where the measured norm asks for it. Never against vanishing: that a smaller step would help
    a small gradient is wrong."""
    experiment = patient.experiment
    optimizer = experiment.training.optimizer
    alert = patient.alert
    if (alert.axis is not None or alert.kind in ("dead_units", "saturated")) and alert.step <= AT_THE_START:
        return None
    if alert.kind == "vanishing" or (alert.kind == "update_ratio" and alert.value < alert.threshold):
        return None
    rate = optimizer.lr / SMALLEST_FACTOR
    norm = patient.gradient_norm
    why = f"The steps of {optimizer.lr:g} throw the weights about."
    if optimizer.type == "sgd" and norm is not None and norm > 0:
        weights = weight_norm(patient.experiment)
        rate = min(rate, SHARE * weights * (1 - min(optimizer.momentum, 0.99)) / norm)
        why = (
            f"A norm of {norm:.3g} times {optimizer.lr:g} changes the weights, whose norm is about {weights:.2g}, by "
            f"{optimizer.lr * norm / weights:.2g} of it in one step."
        )
    elif optimizer.type != "sgd":
        rate = min(rate, LARGEST_ADAPTIVE)
        why = (
            f"{optimizer.type} moves every weight by about {optimizer.lr:g} a step, whatever the gradient is."
        )
    rate = float(f"{rate:.1g}")
    if not 0 < rate < optimizer.lr:
        return None
    return Offer(
        id="lower_rate",
        title=f"Lower the learning rate to {rate:g}",
        why=why,
        source="Bengio 2012, Practical recommendations for gradient-based training",
        limits="It learns more slowly, and cures no gradient that explodes at the start already.",
        experiment=retrained(experiment, optimizer=optimizer.replace(lr=rate)),
    )


def offer_higher(patient: Patient) -> Offer | None:
    """Ten times, where nothing moves although the gradients are fine."""
    optimizer, alert = patient.experiment.training.optimizer, patient.alert
    if alert.kind == "update_ratio" and alert.value > alert.threshold:
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
