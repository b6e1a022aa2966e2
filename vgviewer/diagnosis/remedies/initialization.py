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
from vgviewer.network.initializers import Orthogonal, Zeros
from vgviewer.network.layer import Layer
from vgviewer.network.layers.dense import Dense
from vgviewer.network.layers.rnn import Rnn
from vgviewer.network.layers.skip import Skip


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


REMEDY = Remedy("initialization", offer, deep("relu", "vanishing"))
