"""A bound on the step that a large gradient takes."""

import math

from vgviewer.diagnosis.edits import retrained, weight_norm
from vgviewer.diagnosis.patients import rnn
from vgviewer.diagnosis.remedy import Offer, Patient, Remedy
from vgviewer.experiment import Experiment
from vgviewer.experiment.training import ClipNorm
from vgviewer.network.initializers import ScaledNormal

SHARE = 0.03  # of the weights' own norm: so much a clipped step may change


def offer(patient: Patient) -> Offer | None:
    """At the median of the norms before the trouble: half of those steps go as they are. Lower where even that would
    throw the weights about."""
    norm, clip = patient.gradient_norm, patient.experiment.training.clip
    if norm is None or not 0 < norm < 1e30 or _is_divided_out(patient):
        return None
    threshold = float(f"{min(norm, _harmless(patient.experiment)):.2g}")
    if clip is not None and clip.type == "norm" and clip.value <= threshold:
        return None
    return Offer(
        id="clip",
        title=f"Clip the gradient's norm at {threshold:g}",
        why=f"Before that the gradient's norm was about {norm:.3g}. Scaled down to {threshold:g}, a spike keeps its "
        "direction and no longer throws the weights away.",
        source="Pascanu, Mikolov & Bengio 2013, section 3.2: thresholds from 0.5 to 10 times the mean norm",
        limits="It bounds the step, not the gradient on its way: the picture stays red. It does nothing for small "
        "gradients.",
        experiment=retrained(patient.experiment, clip=ClipNorm(value=threshold)),
    )


def _is_divided_out(patient: Patient) -> bool:
    """Whether the steps are too large although the optimizer divides them by the gradient's size: then a smaller
    gradient makes no smaller step."""
    is_adaptive = patient.experiment.training.optimizer.type != "sgd"
    return is_adaptive and patient.alert.axis is None


def _harmless(experiment: Experiment) -> float:
    """The norm with which a step of plain descent changes the weights by a small share of their own."""
    optimizer = experiment.training.optimizer
    if optimizer.type != "sgd" or optimizer.lr == 0:
        return math.inf
    return SHARE * weight_norm(experiment) * (1 - min(optimizer.momentum, 0.99)) / optimizer.lr


REMEDY = Remedy("clip", offer, rnn("exploding", init=ScaledNormal(gain=2.0)))
