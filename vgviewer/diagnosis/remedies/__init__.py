"""The catalogue of remedies: what is offered against which trouble, best first.

First comes the smallest edit that is likely to do it, although a larger one may have cured a larger share of the runs
(docs/remedies.md); then larger edits and those that do it less often or bring another trouble. Against vanishing
nothing is offered that bounds or shrinks the step or cuts the gradient.
"""

from vgviewer.diagnosis.alert import Axis
from vgviewer.diagnosis.edits import is_drawn_large, plain_layers
from vgviewer.diagnosis.remedies import (
    activation,
    clipping,
    gates,
    initialization,
    learning_rate,
    normalization,
    omega,
    passage,
    recurrent_weights,
    shorter,
    skips,
    truncation,
)
from vgviewer.diagnosis.remedies.learning_rate import was_thrown
from vgviewer.diagnosis.remedy import Offer, Patient, Remedy
from vgviewer.experiment import AlertKind
from vgviewer.network.initializers import Default

REMEDIES: dict[tuple[AlertKind, Axis | None], tuple[Remedy, ...]] = {
    ("vanishing", "depth"): (
        activation.TANH,
        initialization.REMEDY,
        normalization.BATCH_NORM,
        skips.SKIPS,
        normalization.LAYER_NORM,
    ),
    ("vanishing", "time"): (
        gates.CHRONO,
        gates.UPDATE_BIAS,
        gates.LSTM,
        recurrent_weights.RECURRENT_TANH,
        recurrent_weights.PARAMETRIZATION,
        gates.GRU,
        gates.FORGET_BIAS,
        recurrent_weights.ORTHOGONAL,
        recurrent_weights.IDENTITY,
        omega.REMEDY,
        shorter.REMEDY,
    ),
    ("exploding", "depth"): (
        skips.SCALED_BRANCHES,
        initialization.REMEDY,
        skips.SKIPS_AROUND_NORMS,
        normalization.WITHOUT_BATCH_NORM,
        normalization.BATCH_NORM,
        activation.TANH,
        normalization.LAYER_NORM,
        learning_rate.LOWER,
        clipping.REMEDY,
    ),
    ("exploding", "time"): (
        recurrent_weights.ORTHOGONAL,
        recurrent_weights.PARAMETRIZATION,
        gates.CALMED,
        gates.LSTM,
        recurrent_weights.IDENTITY,
        clipping.REMEDY,
        truncation.REMEDY,
        learning_rate.LOWER,
        shorter.REMEDY,
    ),
    ("exploding", None): (
        learning_rate.LOWER,
        clipping.REMEDY,
        initialization.REMEDY,
        recurrent_weights.ORTHOGONAL,
        normalization.BATCH_NORM,
    ),
    ("non_finite", None): (
        learning_rate.LOWER,
        skips.SCALED_BRANCHES,
        activation.TANH,
        initialization.REMEDY,
        gates.CALMED,
        gates.LSTM,
        recurrent_weights.ORTHOGONAL,
        normalization.BATCH_NORM,
        clipping.REMEDY,
    ),
    ("dead_units", None): (
        activation.LEAKY_RELU,
        initialization.REMEDY,
        normalization.BATCH_NORM,
        learning_rate.LOWER,
    ),
    ("saturated", None): (
        initialization.REMEDY,
        initialization.SMALLER,
        normalization.BATCH_NORM,
        recurrent_weights.ORTHOGONAL,
        gates.CALMED,
        learning_rate.LOWER,
    ),
    ("not_learning", None): (
        passage.DRAWN_WEIGHTS,
        passage.DRAWN_HEAD,
        passage.UNFREEZE,
        learning_rate.HIGHER,
        learning_rate.LOWER,
        initialization.REMEDY,
        activation.TANH,
        normalization.BATCH_NORM,
    ),
    ("update_ratio", None): (learning_rate.LOWER, learning_rate.HIGHER),
    ("weights_growing", None): (learning_rate.LOWER, clipping.REMEDY),
    ("cut_off", None): (
        passage.UNFREEZE,
        passage.DRAWN_WEIGHTS,
        passage.DRAWN_HEAD,
        passage.NO_TRUNCATION,
        passage.WIDER_CLIP,
    ),
}

DRAWN = (  # against weights that were drawn too large
    skips.SCALED_BRANCHES,
    initialization.REMEDY,
    recurrent_weights.ORTHOGONAL,
    gates.CALMED,
    gates.LSTM,
    normalization.BATCH_NORM,
)
STEP_SIZE = (learning_rate.LOWER, clipping.REMEDY)
LASTING = (activation.TANH, normalization.BATCH_NORM)  # a fresh start does not keep units from dying again


def offers(patient: Patient) -> tuple[Offer, ...]:
    """What can be done for this patient, best first: edited experiments without problems, each another one."""
    found: list[Offer] = []
    for remedy in _suited(patient):
        offer = remedy.offer(patient)
        known = [patient.experiment, *(other.experiment for other in found)]
        if offer is not None and offer.experiment not in known and not offer.experiment.problems:
            found.append(offer)
    return tuple(found)


def _suited(patient: Patient) -> list[Remedy]:
    """In the order for this trouble, and for its cause where that turns the order over: whether a run diverges by the
    weights as drawn or by its steps, whether nothing at all is left of a signal because units are dead, and whether a
    large step killed them."""
    alert = patient.alert
    remedies = list(REMEDIES.get((alert.kind, alert.axis), ()))
    if alert.axis is None and alert.kind in ("exploding", "non_finite"):
        if is_drawn_large(patient):
            by_time = any(layer.recurrent_init != Default() for layer in plain_layers(patient.experiment))
            first = recurrent_weights.ORTHOGONAL if by_time else None
            return sorted(remedies, key=lambda remedy: (remedy is not first, remedy in STEP_SIZE))  # stable
        return [remedy for remedy in remedies if remedy not in DRAWN]
    is_cut = alert.kind == "vanishing" and alert.value == 0
    if is_cut:
        remedies.sort(key=lambda remedy: remedy not in LASTING)
    if was_thrown(patient) and ((is_cut and alert.axis == "depth") or alert.kind == "dead_units"):
        return [learning_rate.LOWER, *(remedy for remedy in remedies if remedy != learning_rate.LOWER)]
    return remedies
