"""Recurrent weights that keep the length of a gradient: drawn so, or held so."""

from collections.abc import Callable

from vgviewer.diagnosis.edits import dependency, each_layer, per_hop, plain_layers, sentence
from vgviewer.diagnosis.patients import rnn
from vgviewer.diagnosis.remedy import Offer, Patient, Remedy
from vgviewer.experiment import Experiment
from vgviewer.network.initializers import Identity, Normal, Orthogonal, XavierNormal, Zeros
from vgviewer.network.layer import Layer
from vgviewer.network.layers.rnn import Rnn

SMALL = Normal(std=0.001)
KEEPING = ("tanh", "linear")  # slope 1 at 0


def offer_orthogonal(patient: Patient) -> Offer | None:
    """For tanh and linear units, whose slope is 1 at 0; biases 0 keep them there. Against explosion for ReLU too, of
    whose units half are off: that shrinks."""
    suited = KEEPING if patient.alert.kind == "vanishing" else (*KEEPING, "relu")
    if not _has(patient.experiment, *suited):
        return None
    return Offer(
        id="orthogonal",
        title="Draw W_hh orthogonal, biases 0",
        why=sentence(
            per_hop(patient),
            "An orthogonal W_hh keeps the length of every gradient; only the slopes of the units, 1 at most, take "
            "something away.",
        ),
        source="Saxe et al. 2014; Henaff, Szlam & LeCun 2016, Recurrent orthogonal networks",
        limits="Training moves W_hh away, and large states flatten tanh: over hundreds of timesteps some still fades.",
        experiment=_plain(
            patient.experiment,
            lambda layer: (
                layer.replace(recurrent_init=Orthogonal(), **_quiet(layer))
                if layer.activation in suited
                else layer
            ),
        ),
    )


def offer_parametrization(patient: Patient) -> Offer | None:
    """The same, kept while it trains. Not for ReLU, of whose units half are off, nor for sigmoid."""
    if not _has(patient.experiment, *KEEPING):
        return None

    def held(layer: Rnn) -> Rnn:
        changed = {"recurrent_init": Orthogonal(), "parametrization": "orthogonal"}
        return layer.replace(**changed, **_quiet(layer)) if layer.activation in KEEPING else layer

    return Offer(
        id="parametrization",
        title="Keep W_hh orthogonal while it trains, biases 0",
        why=f"The task needs {dependency(patient.experiment)} timesteps: a W_hh that stays orthogonal passes every "
        "one of them on at full length, after any number of steps.",
        source="Arjovsky et al. 2016, Unitary evolution RNNs; Helfrich et al. 2018; Lezcano-Casado 2019",
        limits="The units' slope still takes its part, and a W_hh that cannot shrink cannot forget what is of no use.",
        experiment=_plain(patient.experiment, held),
    )


def offer_identity(patient: Patient) -> Offer | None:
    """IRNN: for ReLU, which at the identity passes everything on."""
    if not _has(patient.experiment, "relu"):
        return None
    return Offer(
        id="identity",
        title="Draw W_hh as the identity, biases 0 (IRNN)",
        why="A ReLU unit that is on passes the gradient on as it is, and the identity keeps it in its place: "
        "1 per timestep at the start.",
        source="Le, Jaitly & Hinton 2015, A simple way to initialize recurrent networks of rectified linear units",
        limits="It stands on the edge: an eigenvalue a little above 1 explodes, so it wants a small learning rate "
        "and clipping.",
        experiment=_plain(
            patient.experiment,
            lambda layer: (
                layer.replace(
                    recurrent_init=Identity(),
                    weight_init=SMALL,
                    bias_init=Zeros(),
                    parametrization=None,
                )
                if layer.activation == "relu"
                else layer
            ),
        ),
    )


def offer_tanh_orthogonal(patient: Patient) -> Offer | None:
    """For sigmoid units, whose slope is 1/4 at most: no W_hh makes that good without saturating."""
    if not _has(patient.experiment, "sigmoid"):
        return None
    return Offer(
        id="recurrent_tanh",
        title="Take tanh in place of sigmoid, with W_hh orthogonal and biases 0",
        why="Sigmoid lets a quarter through at most, at every timestep; tanh lets up to all of it, and an orthogonal "
        "W_hh takes nothing away.",
        source="Saxe et al. 2014; Pascanu, Mikolov & Bengio 2013",
        limits="States now have both signs; training moves W_hh away from where it starts.",
        experiment=_plain(
            patient.experiment,
            lambda layer: (
                layer.replace(activation="tanh", recurrent_init=Orthogonal(), **_quiet(layer))
                if layer.activation == "sigmoid"
                else layer
            ),
        ),
    )


def _has(experiment: Experiment, *activations: str) -> bool:
    return any(layer.activation in activations for layer in plain_layers(experiment))


def _plain(experiment: Experiment, change: Callable[[Rnn], Layer]) -> Experiment:
    return each_layer(experiment, lambda layer: change(layer) if isinstance(layer, Rnn) else layer)


def _quiet(layer: Rnn) -> dict[str, object]:
    """Biases 0, and input weights of the usual size where they were set by hand."""
    usual = layer.weight_init if layer.weight_init.type == "default" else XavierNormal()
    return {"bias_init": Zeros(), "weight_init": usual}


ORTHOGONAL = Remedy("orthogonal", offer_orthogonal, rnn("vanishing"))
PARAMETRIZATION = Remedy("parametrization", offer_parametrization, rnn("vanishing"))
IDENTITY = Remedy("identity", offer_identity, rnn("vanishing", "relu"))
RECURRENT_TANH = Remedy("recurrent_tanh", offer_tanh_orthogonal, rnn("vanishing", "sigmoid"))
