"""Another activation: one whose slope reaches 1."""

from vgviewer.diagnosis.edits import VARIANCE, each_layer, per_hop, sentence
from vgviewer.diagnosis.patients import deep
from vgviewer.diagnosis.remedy import Offer, Patient, Remedy
from vgviewer.experiment import Experiment
from vgviewer.network.activations import Activation as Function
from vgviewer.network.initializers import Zeros
from vgviewer.network.layer import Layer
from vgviewer.network.layers.activation import Activation
from vgviewer.network.layers.dense import Dense
from vgviewer.network.layers.rnn import Rnn

LEAKY = ("relu", "hard_tanh")  # exactly flat over a whole stretch: a unit there gets no gradient at all


def offer_tanh(patient: Patient) -> Offer | None:
    """In place of the activations that no variance suits; the two linear ends of a sigmoid unit stay saturated."""
    found = _functions(patient.experiment) - set(VARIANCE)
    if not found:
        return None
    names = " and ".join(sorted(found))
    slope = "Sigmoid's slope is 1/4 at most" if "sigmoid" in found else f"{names} has no variance that holds"
    return Offer(
        id="tanh",
        title=f"Take tanh in place of {names}, with Xavier's variance",
        why=sentence(
            per_hop(patient),
            f"{slope}; tanh's reaches 1 at 0, and its outputs have the mean 0.",
        ),
        source="LeCun et al. 1998, Efficient backprop; Glorot & Bengio 2010",
        limits="tanh saturates too where its input leaves ±3; answers of the layer may now be negative.",
        experiment=each_layer(patient.experiment, lambda layer: _with(layer, found, "tanh")),
    )


def offer_leaky(patient: Patient) -> Offer | None:
    """For units that are flat on all data."""
    found = _functions(patient.experiment) & set(LEAKY)
    if not found:
        return None
    names = " and ".join(sorted(found))
    return Offer(
        id="leaky",
        title=f"Take leaky ReLU in place of {names}, with He's variance",
        why=f"A {names} unit that is flat on all data gets the gradient 0 for good; a leaky one keeps a hundredth.",
        source="Maas, Hannun & Ng 2013, Rectifier nonlinearities improve neural network acoustic models",
        limits="A leak of 0.01 revives a unit slowly; what drove it there, often one step too large, stays.",
        experiment=each_layer(patient.experiment, lambda layer: _with(layer, found, "leaky_relu")),
    )


def _functions(experiment: Experiment) -> set[Function]:
    layers = experiment.network.layers
    dense: set[Function] = {layer.activation for layer in layers if isinstance(layer, Dense | Rnn)}
    return dense | {layer.function for layer in layers if isinstance(layer, Activation)}


def _with(layer: Layer, old: set[Function], new: Function) -> Layer:
    if isinstance(layer, Activation) and layer.function in old:
        return layer.replace(function=new)
    if isinstance(layer, Dense) and layer.activation in old:
        return layer.replace(activation=new, weight_init=VARIANCE[new][0], bias_init=Zeros())
    if isinstance(layer, Rnn) and layer.activation in old and new == "tanh":
        return layer.replace(activation=new, weight_init=VARIANCE[new][0])
    return layer


TANH = Remedy("tanh", offer_tanh, deep("sigmoid", "vanishing"))
LEAKY_RELU = Remedy("leaky", offer_leaky, deep("relu", "dead_units", axis=None))
