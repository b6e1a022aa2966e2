"""Batch and layer normalization between a dense layer's sum and its activation."""

from vgviewer.diagnosis.edits import (
    MOST_LAYERS,
    VARIANCE,
    is_normalized,
    nonlinearity,
    per_hop,
    sentence,
    with_layers,
)
from vgviewer.diagnosis.patients import deep, normalized_deep
from vgviewer.diagnosis.remedy import Offer, Patient, Remedy
from vgviewer.experiment import Experiment
from vgviewer.network import Network
from vgviewer.network.initializers import Zeros
from vgviewer.network.layer import Layer
from vgviewer.network.layers.activation import Activation
from vgviewer.network.layers.batch_norm import BatchNorm
from vgviewer.network.layers.dense import Dense
from vgviewer.network.layers.layer_norm import LayerNorm
from vgviewer.network.layers.skip import Skip

LEAST_BATCH = 8  # the mean and variance of fewer samples are mostly noise
LEAST_UNITS = 8  # of two units layer norm leaves a sign, of one nothing
MOST_HOPS = 40  # ReLU with batch norm grows by 1.21 a hop at the start: 2,000 times over 40


def offer_batch_norm(patient: Patient) -> Offer | None:
    """Not for batches of a few samples, and not for very deep chains without skips, where it explodes itself."""
    layers = patient.experiment.network.layers
    count = sum(isinstance(layer, Dense) for layer in layers)
    if patient.experiment.training.batch_size < LEAST_BATCH or count > MOST_HOPS:
        return None
    experiment = _normalized(patient.experiment, BatchNorm, 1)
    if experiment is None:
        return None
    return Offer(
        id="batch_norm",
        title="Put batch norm before each activation",
        why=sentence(
            per_hop(patient),
            "Divided by its own deviation, a layer's sum has the same size at every depth, whatever the weights are.",
        ),
        source="Ioffe & Szegedy 2015, Batch normalization",
        limits="Without skips ReLU networks then grow by about 1.21 a layer going back (Yang et al. 2019); "
        "small batches make it noisy.",
        experiment=experiment,
    )


def offer_layer_norm(patient: Patient) -> Offer | None:
    """Works with any batch; not for layers of a few units, nor behind activations that are all positive: their mean
    drowns the differences between samples, and it is these that fade."""
    network = patient.experiment.network
    if any(nonlinearity(patient.experiment, place) not in VARIANCE for place in range(len(network.layers))):
        return None
    experiment = _normalized(patient.experiment, LayerNorm, LEAST_UNITS)
    if experiment is None:
        return None
    return Offer(
        id="layer_norm",
        title="Put layer norm before each activation",
        why="Each sample's sum is divided by its own deviation over the units, so that no layer can shrink or "
        "enlarge it; the batch plays no part.",
        source="Ba, Kiros & Hinton 2016, Layer normalization",
        limits="The differences between samples may still fade with depth, and with them what can be learned.",
        experiment=experiment,
    )


def offer_without(patient: Patient) -> Offer | None:
    """Batch norm itself enlarges the gradient of ReLU networks without skips, at every layer."""
    layers = patient.experiment.network.layers
    norms = [layer for layer in layers if isinstance(layer, BatchNorm)]
    if not norms or any(isinstance(layer, Skip) for layer in layers):
        return None
    chain: list[Layer] = []
    for place, layer in enumerate(layers):
        function = nonlinearity(patient.experiment, place)
        if isinstance(layer, Dense) and function in VARIANCE:
            chain.append(layer.replace(weight_init=VARIANCE[function][0], bias_init=Zeros()))
        elif layer not in norms:
            chain.append(layer)
    return Offer(
        id="without_batch_norm",
        title=f"Take the {len(norms)} batch norms out, and draw the weights with the variance that fits",
        why=sentence(
            per_hop(patient),
            "Batch norm divides by the deviation over the batch, and behind ReLU that enlarges the gradient by 1.21 a "
            "layer at the start.",
        ),
        source="Yang et al. 2019, A mean field theory of batch normalization",
        limits="What batch norm forgives, too large a learning rate above all, is forgiven no longer.",
        experiment=with_layers(patient.experiment, chain),
    )


def _normalized(
    experiment: Experiment, kind: type[BatchNorm] | type[LayerNorm], least: int
) -> Experiment | None:
    """With one behind each dense layer that has none; skips from such a layer then take what its activation gives."""
    network = experiment.network.replace(layers=())
    moved: dict[str, str] = {}
    for place, layer in enumerate(experiment.network.layers):
        is_bare = isinstance(layer, Dense) and not is_normalized(experiment, place)
        if isinstance(layer, Skip) and layer.source in moved:
            network = _add(network, layer.replace(**{"from": moved[layer.source]}))
        elif isinstance(layer, Dense) and is_bare and layer.units >= least:
            network = _add(network, layer.replace(activation="linear"))
            name = kind.model_fields["type"].default
            network = _add(network, kind(id=_free(experiment.network, network, name)))
            if layer.activation != "linear":
                activation = Activation(
                    id=_free(experiment.network, network, "activation"), function=layer.activation
                )
                network = _add(network, activation)
            moved[layer.id] = network.layers[-1].id
        else:
            network = _add(network, layer)
        if len(network.layers) > MOST_LAYERS - 2:
            return None
    return with_layers(experiment, network.layers) if moved else None


def _add(network: Network, layer: Layer) -> Network:
    return network.model_copy(update={"layers": (*network.layers, layer)})


def _free(old: Network, new: Network, kind: str) -> str:
    both = old.model_copy(update={"layers": (*old.layers, *new.layers)})
    return both.fresh_id(kind)


WITHOUT_BATCH_NORM = Remedy("without_batch_norm", offer_without, normalized_deep())
BATCH_NORM = Remedy("batch_norm", offer_batch_norm, deep("sigmoid", "vanishing"))
LAYER_NORM = Remedy("layer_norm", offer_layer_norm, deep("tanh", "vanishing"))
