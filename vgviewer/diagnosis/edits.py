"""Edits of an experiment and facts about it that several remedies share."""

import math
from collections.abc import Callable, Iterable

from vgviewer.diagnosis.remedy import Patient
from vgviewer.experiment import Experiment
from vgviewer.network.activations import Activation as Function
from vgviewer.network.initializers import (
    Default,
    Initializer,
    KaimingNormal,
    LecunNormal,
    Orthogonal,
    XavierNormal,
)
from vgviewer.network.layer import Layer
from vgviewer.network.layers.activation import Activation
from vgviewer.network.layers.batch_norm import BatchNorm
from vgviewer.network.layers.dense import Dense
from vgviewer.network.layers.dropout import Dropout
from vgviewer.network.layers.embedding import Embedding
from vgviewer.network.layers.layer_norm import LayerNorm
from vgviewer.network.layers.rnn import Rnn
from vgviewer.network.layers.skip import Skip
from vgviewer.network.recurrence import Recurrent

FEW_SKIPS = 10
LARGE = 10.0  # times the norm of the weights; a network drawn well has a gradient of about 0.1 of it
MOST_LAYERS = 256  # what a preset may hold
NORMS = (BatchNorm, LayerNorm)

# The variance with which the signal neither grows nor shrinks, by activation. Kaiming's 2/fan_in is for ReLU; for SiLU
# and GELU the gain makes good what their slope of 1/2 at 0 costs (1/E[φ(z)²] = 2.81 and 2.35, z standard normal); erf
# has the slope 2/√π at 0. Sigmoid, softplus, softmax and exponential have none: their outputs are all positive.
VARIANCE: dict[Function, tuple[Initializer, str, str]] = {
    "relu": (KaimingNormal(), "He's", "He et al. 2015, Delving deep into rectifiers"),
    "leaky_relu": (KaimingNormal(), "He's", "He et al. 2015, Delving deep into rectifiers"),
    "elu": (KaimingNormal(gain=0.88), "He's", "He et al. 2015, Delving deep into rectifiers"),
    "gelu": (KaimingNormal(gain=1.08), "He's", "He et al. 2015, Delving deep into rectifiers"),
    "silu": (KaimingNormal(gain=1.19), "He's", "He et al. 2015, Delving deep into rectifiers"),
    "selu": (LecunNormal(), "LeCun's", "Klambauer et al. 2017, Self-normalizing neural networks"),
    "tanh": (XavierNormal(), "Xavier's", "Glorot & Bengio 2010, Understanding the difficulty"),
    "hard_tanh": (XavierNormal(), "Xavier's", "Glorot & Bengio 2010, Understanding the difficulty"),
    "softsign": (XavierNormal(), "Xavier's", "Glorot & Bengio 2010, Understanding the difficulty"),
    "erf": (XavierNormal(gain=0.89), "Xavier's", "Glorot & Bengio 2010, Understanding the difficulty"),
    "linear": (Orthogonal(), "orthogonal", "Saxe et al. 2014, Exact solutions to deep linear networks"),
}


def with_layers(experiment: Experiment, layers: Iterable[Layer]) -> Experiment:
    """The same with another chain."""
    return experiment.replace(network=experiment.network.replace(layers=tuple(layers)))


def each_layer(experiment: Experiment, change: Callable[[Layer], Layer]) -> Experiment:
    """With every layer of the chain changed in its place."""
    return with_layers(experiment, map(change, experiment.network.layers))


def retrained(experiment: Experiment, **changes: object) -> Experiment:
    """With other settings of the training."""
    return experiment.replace(training=experiment.training.replace(**changes))


def nonlinearity(experiment: Experiment, place: int) -> Function:
    """What is applied to the layer's sum: its own activation, or for a linear one the first behind its normalization;
    linear for layers that have none."""
    layers = experiment.network.layers
    layer = layers[place]
    if isinstance(layer, Dense) and layer.activation == "linear":
        for follower in layers[place + 1 :]:
            if isinstance(follower, Activation):
                return follower.function
            if not isinstance(follower, (*NORMS, Dropout, Skip)):
                break
    return layer.activation if isinstance(layer, Dense | Rnn) else "linear"


def is_normalized(experiment: Experiment, place: int) -> bool:
    """Whether a normalization comes directly behind the layer: then the scale of its weights is nothing to it."""
    followers = experiment.network.layers[place + 1 : place + 2]
    return any(isinstance(follower, NORMS) for follower in followers)


def plain_layers(experiment: Experiment) -> list[Rnn]:
    """The plain (Elman) recurrent layers, from the input on."""
    return [layer for layer in experiment.network.layers if isinstance(layer, Rnn)]


def depth(experiment: Experiment) -> int:
    """How many hops there are from the last layer that holds weights back to the first; the head does not count."""
    kinds = (Dense, Recurrent, Embedding)
    return max(sum(isinstance(layer, kinds) for layer in experiment.network.layers) - 1, 1)


def timesteps(experiment: Experiment) -> int:
    """Of one sample; 0 for a vector."""
    return experiment.task.inputs().timesteps or 0


def dependency(experiment: Experiment) -> int:
    """How many timesteps back the task needs the network to remember; the whole sequence where nobody knows."""
    return max(experiment.task.dependency() or timesteps(experiment) - 1, 1)


def weight_norm(experiment: Experiment) -> float:
    """Of all weights as PyTorch draws them: a row of any layer has the norm 1/√3 on the average."""
    weights = experiment.flow.weights
    rows = sum(shape[0] for shapes in weights.values() for shape in shapes.values() if len(shape) == 2)
    return math.sqrt(max(rows, 1) / 3)


def is_drawn_large(patient: Patient) -> bool:
    """Whether it is the weights as drawn that explode, and not how far a step moves them: the gradients are far larger
    than the weights, and these were not left to PyTorch, which draws them small, or many skips add up. So too where
    there never was a finite gradient."""
    norm, experiment = patient.gradient_norm, patient.experiment
    if norm is None:
        return patient.alert.step == 0
    if norm < LARGE * experiment.training.loss_scale * weight_norm(experiment):
        return False
    layers = experiment.network.layers
    inits = [
        getattr(layer, field, Default()) for layer in layers for field in ("weight_init", "recurrent_init")
    ]
    return (
        any(init != Default() for init in inits)
        or sum(isinstance(layer, Skip) for layer in layers) > FEW_SKIPS
    )


def gain_per_hop(patient: Patient) -> float | None:
    """What a hop back does to the size of the gradient, as a geometric mean; None where the alert does not tell.

    Along time from the timestep at which the size passed the threshold, along depth from the whole ratio.
    """
    alert = patient.alert
    if alert.axis == "time" and alert.timestep is not None and alert.threshold > 0:
        hops = timesteps(patient.experiment) - alert.timestep
        return alert.threshold ** (1 / hops) if hops > 0 else None
    if alert.axis == "depth" and math.isfinite(alert.value) and alert.value > 0:
        return float(alert.value ** (1 / depth(patient.experiment)))
    return None


def per_hop(patient: Patient) -> str:
    """The gain as a sentence of its own, with the step of its number; empty where the alert does not tell."""
    gain, step = _accounted(patient) or (gain_per_hop(patient), patient.alert.measured)
    if gain is None:
        return ""
    hop = "timestep" if patient.alert.axis == "time" else "layer"
    at = "" if step is None else f" (step {step:,})"
    if gain < 1:
        return f"Going back, each {hop} passes on {gain:.2g} of the gradient{at}."
    return f"Going back, the gradient grows by {gain:.3g} at each {hop}{at}."


def _accounted(patient: Patient) -> tuple[float, int | None] | None:
    """The mean hop through time by the account of the cause, which is shown beside it; None where that has none."""
    cause = patient.alert.cause
    if cause is None or patient.alert.axis != "time" or not cause.hops:
        return None
    passed = [hop.gain / hop.factors.get("injection", 1.0) if hop.gain > 0 else 0.0 for hop in cause.hops]
    if not all(0 < gain < math.inf for gain in passed):
        return None
    return math.exp(sum(map(math.log, passed)) / len(passed)), cause.step


def sentence(*parts: str) -> str:
    """Sentences side by side, without those that are empty."""
    return " ".join(part for part in parts if part)
