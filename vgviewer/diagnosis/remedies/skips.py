"""Short ways for the gradient: skips, with a scale that keeps them from exploding."""

import math

from vgviewer.diagnosis.edits import (
    MOST_LAYERS,
    VARIANCE,
    gain_per_hop,
    nonlinearity,
    per_hop,
    sentence,
    with_layers,
)
from vgviewer.diagnosis.patients import deep, normalized_deep
from vgviewer.diagnosis.remedy import Offer, Patient, Remedy
from vgviewer.experiment import Experiment
from vgviewer.network.activations import Activation as Function
from vgviewer.network.initializers import Initializer
from vgviewer.network.layer import Layer
from vgviewer.network.layers.activation import Activation
from vgviewer.network.layers.batch_norm import BatchNorm
from vgviewer.network.layers.dense import Dense
from vgviewer.network.layers.dropout import Dropout
from vgviewer.network.layers.layer_norm import LayerNorm
from vgviewer.network.layers.skip import Skip
from vgviewer.network.recurrence import Recurrent

BEHIND = (BatchNorm, LayerNorm, Activation, Dropout)  # what belongs to the layer before


def offer_skips(patient: Patient) -> Offer | None:
    """Against vanishing: with s² + γ² = 1, γ the measured gain of a layer, the sum of both ways keeps the size."""
    gain = gain_per_hop(patient)
    if patient.alert.kind != "vanishing":
        return None
    branch = min(gain or 0.0, 0.9)
    scale = round(math.sqrt(1 - branch**2), 3)
    experiment = _with_skips(patient.experiment, scale)
    if experiment is None:
        return None
    return Offer(
        id="skips",
        title=f"Add a skip around each layer, scaled by {scale:g}",
        why=f"A layer by itself passes on about {branch:.2g} of the gradient; the skip passes {scale:g} beside it, "
        f"and √({branch:.2g}² + {scale:g}²) = 1: nothing is lost and nothing piles up.",
        source="He et al. 2016, Deep residual learning; Balduzzi et al. 2017, Shattered gradients",
        limits="Layers that change the size of what flows keep their loss; trained weights may outgrow the scale.",
        experiment=experiment,
    )


def offer_skips_around_norms(patient: Patient) -> Offer | None:
    """Against explosion in networks with batch norm: what flows by the skips grows, and the normalized branches weigh
    less and less beside it."""
    layers = patient.experiment.network.layers
    if not any(isinstance(layer, BatchNorm) for layer in layers):
        return None
    experiment = _with_skips(patient.experiment, 1.0)
    if experiment is None:
        return None
    return Offer(
        id="skips_around_norms",
        title="Add a skip around each layer and its batch norm",
        why=sentence(
            per_hop(patient),
            "Batch norm enlarges the gradient behind ReLU at every layer. Beside a skip its branch is one of "
            "many summands, and the growth with depth is no longer exponential.",
        ),
        source="He et al. 2016, Deep residual learning; De & Smith 2020, Batch normalization biases residual blocks",
        limits="Without the batch norms, the same skips would explode.",
        experiment=experiment,
    )


def offer_scaled_branches(patient: Patient) -> Offer | None:
    """Where skips add up without a scale: L branches that are drawn smaller by L grow the sum by e at most, also where
    they end in a ReLU and all add with the same sign (else √L would do)."""
    experiment = patient.experiment
    layers = experiment.network.layers
    count = sum(isinstance(layer, Skip) for layer in layers)
    if not count:
        return None
    places = {_branch_end(layers, place) for place, layer in enumerate(layers) if isinstance(layer, Skip)}
    factor = 1 / count
    chain = [
        layer.replace(weight_init=_smaller(layer.weight_init, nonlinearity(experiment, place), factor))
        if place in places and isinstance(layer, Dense)
        else layer.replace(scale=max(min(layer.scale, 1.0), -1.0))
        if isinstance(layer, Skip)
        else layer
        for place, layer in enumerate(layers)
    ]
    return Offer(
        id="scaled_branches",
        title=f"Draw the {count} branches beside the skips smaller by {count}",
        why=f"Every skip adds its branch's gradient to its own, {count} times in a row. Branches smaller by "
        f"{count} make it grow by e = 2.7 in all, at most.",
        source="Hanin & Rolnick 2018, How to start training; Zhang, Dauphin & Ma 2019, Fixup initialization",
        limits="It sets the start only; a learning rate too high makes the branches grow again.",
        experiment=with_layers(experiment, chain),
    )


def _with_skips(experiment: Experiment, scale: float) -> Experiment | None:
    """Around each layer whose input is as large as its output; None where there are skips, or no such layer."""
    layers, shapes = experiment.network.layers, experiment.flow.shapes
    chain: list[Layer] = []
    source, entering, number = "input", shapes["input"], 0
    for place, layer in enumerate(layers):
        chain.append(layer)
        if place + 1 < len(layers) and isinstance(layers[place + 1], BEHIND):
            continue
        if isinstance(_owner(layers, place), Dense | Recurrent) and entering == shapes[layer.id]:
            number += 1
            chain.append(Skip.model_validate({"id": f"skip{number}", "from": source, "scale": scale}))
        source, entering = chain[-1].id, shapes[layer.id]
    clashes = {f"skip{index}" for index in range(1, number + 1)} & {layer.id for layer in layers}
    has_skips = any(isinstance(layer, Skip) for layer in layers)
    if not number or has_skips or clashes or len(chain) > MOST_LAYERS:
        return None
    return with_layers(experiment, chain)


def _owner(layers: tuple[Layer, ...], place: int) -> Layer:
    """The layer to which this normalization, activation or dropout belongs."""
    while place > 0 and isinstance(layers[place], BEHIND):
        place -= 1
    return layers[place]


def _branch_end(layers: tuple[Layer, ...], place: int) -> int:
    """The last layer with weights before the skip, which closes its branch."""
    before = [index for index in range(place) if isinstance(layers[index], Dense)]
    return before[-1] if before else -1


def _smaller(init: Initializer, function: Function, factor: float) -> Initializer:
    """From the variance that fits where there is one, else from that drawn now."""
    fitting = VARIANCE[function][0] if function in VARIANCE else init
    return fitting.replace(gain=fitting.gain * factor)


SKIPS = Remedy("skips", offer_skips, deep("tanh", "vanishing"))
SKIPS_AROUND_NORMS = Remedy("skips_around_norms", offer_skips_around_norms, normalized_deep())
SCALED_BRANCHES = Remedy("scaled_branches", offer_scaled_branches, deep("relu", "exploding", skips=True))
