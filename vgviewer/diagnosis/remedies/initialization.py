"""Weights drawn with the variance that fits the activation."""

from vgviewer.diagnosis.edits import (
    VARIANCE,
    is_normalized,
    nonlinearity,
    per_hop,
    sentence,
    with_layers,
)
from vgviewer.diagnosis.patients import deep
from vgviewer.diagnosis.remedy import Offer, Patient, Remedy
from vgviewer.experiment import Experiment
from vgviewer.network.initializers import (
    Constant,
    Initializer,
    Normal,
    Orthogonal,
    Uniform,
    XavierNormal,
    Zeros,
)
from vgviewer.network.layer import Layer
from vgviewer.network.layers.dense import Dense
from vgviewer.network.layers.rnn import Rnn
from vgviewer.network.layers.skip import Skip

SIGMOID = 4.0  # times Xavier's deviation: 1 over the slope at 0


def offer(patient: Patient) -> Offer | None:
    """Not where one activation has no variance that fits: sigmoid shrinks whatever the others do. Nor against skips
    that add up, which full variance in their branches makes worse."""
    experiment = patient.experiment
    layers = experiment.network.layers
    used = [
        nonlinearity(experiment, place)
        for place, layer in enumerate(layers)
        if isinstance(layer, Dense | Rnn)
    ]
    adds_up = patient.alert.kind == "exploding" and any(isinstance(layer, Skip) for layer in layers)
    if not used or adds_up or not set(used) <= set(VARIANCE):
        return None
    chief = max(used, key=used.count)
    _, name, source = VARIANCE[chief]
    return Offer(
        id="initialization",
        title=f"Initialize with {name} variance" if chief != "linear" else "Initialize orthogonally",
        why=sentence(
            per_hop(patient),
            f"With {name} variance for {chief} a layer neither shrinks nor enlarges the signal at the start.",
        ),
        source=source,
        limits="It sets the start only: training may leave it, and narrow layers scatter around the mean.",
        experiment=with_layers(experiment, (_drawn(experiment, place) for place in range(len(layers)))),
    )


def _drawn(experiment: Experiment, place: int) -> Layer:
    """The layer with the variance that fits; as it was where a normalization follows, which divides the scale out."""
    layer = experiment.network.layers[place]
    if isinstance(layer, Dense) and not is_normalized(experiment, place):
        return layer.replace(weight_init=VARIANCE[nonlinearity(experiment, place)][0], bias_init=Zeros())
    if isinstance(layer, Rnn):
        return layer.replace(weight_init=VARIANCE[layer.activation][0], recurrent_init=Orthogonal())
    return layer


def offer_smaller(patient: Patient) -> Offer | None:
    """Where weights set by hand saturate activations that no variance suits: no variance holds there, but small sums
    leave the flat ends."""
    experiment = patient.experiment
    layers = experiment.network.layers
    large = [place for place in range(len(layers)) if _is_by_hand(experiment, place)]
    if all(nonlinearity(experiment, place) in VARIANCE for place in large):
        return None
    names = ", ".join(layers[place].id for place in large)
    return Offer(
        id="smaller_weights",
        title=f"Draw the weights of {names} smaller, with Xavier's variance",
        why="The weights as they were set push the sums to where the activation is flat. With Xavier's variance the "
        "sums start in its middle, where its slope is steepest.",
        source="Glorot & Bengio 2010, Understanding the difficulty",
        limits="It sets the start only; where the slope is 1/4 at most, as sigmoid's is, depth still shrinks the "
        "gradient.",
        experiment=with_layers(
            experiment,
            (_smaller(experiment, place) if place in large else layer for place, layer in enumerate(layers)),
        ),
    )


def _is_by_hand(experiment: Experiment, place: int) -> bool:
    layer = experiment.network.layers[place]
    if not isinstance(layer, Dense | Rnn) or is_normalized(experiment, place):
        return False
    drawn = [layer.weight_init, *([layer.recurrent_init] if isinstance(layer, Rnn) else [])]
    return any(_may_be_large(init) for init in drawn)


def _may_be_large(init: Initializer) -> bool:
    return isinstance(init, Constant | Normal | Uniform) or abs(init.gain) > 1


def _smaller(experiment: Experiment, place: int) -> Layer:
    """Sigmoid's slope of 1/4 is made good by 4 times the deviation."""
    layer, function = experiment.network.layers[place], nonlinearity(experiment, place)
    init = (
        VARIANCE[function][0]
        if function in VARIANCE
        else XavierNormal(gain=SIGMOID if function == "sigmoid" else 1)
    )
    recurrent = {"recurrent_init": Orthogonal()} if isinstance(layer, Rnn) else {}
    return layer.replace(weight_init=init, bias_init=Zeros(), **recurrent)


REMEDY = Remedy("initialization", offer, deep("relu", "vanishing"))
SMALLER = Remedy(
    "smaller_weights", offer_smaller, deep("sigmoid", "saturated", layers=2, init=Normal(std=10.0), axis=None)
)
