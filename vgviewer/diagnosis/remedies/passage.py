"""Where the gradient is cut off: let it through again."""

from dataclasses import replace

from vgviewer.diagnosis.edits import (
    VARIANCE,
    dependency,
    each_layer,
    nonlinearity,
    retrained,
    timesteps,
    with_layers,
)
from vgviewer.diagnosis.patients import deep, rnn
from vgviewer.diagnosis.remedy import Offer, Patient, Remedy
from vgviewer.experiment import Experiment
from vgviewer.experiment.training import ClipNorm
from vgviewer.network.initializers import Constant, Default, Initializer, Zeros
from vgviewer.network.layer import Layer
from vgviewer.network.layers.dense import Dense
from vgviewer.network.layers.gru import Gru
from vgviewer.network.layers.lstm import Lstm
from vgviewer.network.layers.rnn import Rnn
from vgviewer.network.layers.skip import Skip

HEADROOM = 10.0  # times the median norm: the upper end of what Pascanu et al. found good
# A usual threshold for a loss near 1; what is so many times above it is not for want of a larger one.
USUAL, HELD = 0.1, 1000.0


def offer_unfreezing(patient: Patient) -> Offer | None:
    """All frozen layers learn again; a reservoir is frozen by its nature."""
    frozen = [layer.id for layer in patient.experiment.network.layers if _is_frozen(layer)]
    if not frozen:
        return None
    names = ", ".join(frozen)
    return Offer(
        id="unfreeze",
        title=f"Unfreeze {names}",
        why=f"The optimizer leaves {names} as drawn: {len(frozen)} of the layers never learn.",
        source="Yosinski et al. 2014, How transferable are features in deep neural networks?",
        limits="Where weights were frozen to keep what they know, they lose it.",
        experiment=each_layer(
            patient.experiment, lambda layer: layer.replace(frozen=False) if _is_frozen(layer) else layer
        ),
    )


def offer_drawn_head(patient: Patient) -> Offer | None:
    """A head of equal weights, zero above all, sends back nothing that tells the units apart."""
    network = patient.experiment.network
    if not _is_equal(network.output.weight_init):
        return None
    output = network.output.replace(weight_init=Default())
    return Offer(
        id="drawn_head",
        title="Draw the weights of the output at random",
        why=f"The output starts with {network.output.weight_init.type}: what it sends back is 0, or the same for "
        "every unit.",
        source="Glorot & Bengio 2010; Zhang, Dauphin & Ma 2019, Fixup, on heads that start at 0",
        limits="The first answers are then random.",
        experiment=patient.experiment.replace(network=network.replace(output=output)),
    )


def offer_drawn_weights(patient: Patient) -> Offer | None:
    """Layers of equal weights all at once: one alone that is drawn anew still sends its gradient into the next. Not
    where there are skips: branches that start at 0 beside them are meant to."""
    experiment = patient.experiment
    network = experiment.network
    equal = [
        place
        for place, layer in enumerate(network.layers)
        if isinstance(layer, Dense | Rnn | Lstm | Gru) and _is_equal(layer.weight_init)
    ]
    if not equal or any(isinstance(layer, Skip) for layer in network.layers):
        return None
    names = [network.layers[place].id for place in equal]
    output = network.output
    if _is_equal(output.weight_init):
        output = output.replace(weight_init=Default())
        names.append("output")
    chain = (
        _drawn(experiment, place) if place in equal else layer for place, layer in enumerate(network.layers)
    )
    drawn = with_layers(experiment, chain)
    return Offer(
        id="drawn_weights",
        title=f"Draw the weights of {', '.join(names)} at random",
        why=f"{len(names)} layers start with weights that are all the same: they pass back 0, or the same for every "
        "unit, and no step tells the units apart. Drawing one of them alone leaves the others as they are.",
        source="Glorot & Bengio 2010, Understanding the difficulty; He et al. 2015, Delving deep into rectifiers",
        limits="The first answers are then random.",
        experiment=drawn.replace(network=drawn.network.replace(output=output)),
    )


def _is_equal(init: Initializer) -> bool:
    return isinstance(init, Zeros | Constant) or init.gain == 0


def _drawn(experiment: Experiment, place: int) -> Layer:
    """The layer with the variance that fits its activation, or PyTorch's own where there is none."""
    layer, function = experiment.network.layers[place], nonlinearity(experiment, place)
    if isinstance(layer, Dense) and function in VARIANCE:
        return layer.replace(weight_init=VARIANCE[function][0])
    recurrent = {} if isinstance(layer, Dense) else {"recurrent_init": Default()}
    return layer.replace(weight_init=Default(), **recurrent)


def offer_later_cut(patient: Patient) -> Offer | None:
    """No cut within what the task needs."""
    truncate, lag = patient.experiment.training.truncate, dependency(patient.experiment)
    if truncate is None or truncate >= timesteps(patient.experiment):
        return None
    return Offer(
        id="no_truncation",
        title="Do not cut the gradient through time",
        why=f"It is cut every {truncate} timesteps, and the task needs {lag}: nothing is learned across a cut.",
        source="Tallec & Ollivier 2017, Unbiasing truncated backpropagation through time",
        limits="The step costs memory for all timesteps, and a gradient that explodes explodes all the way.",
        experiment=retrained(patient.experiment, truncate=None),
    )


def offer_wider_clip(patient: Patient) -> Offer | None:
    """A threshold that strikes at spikes alone. Not where a usual one strikes at a gradient a thousand times its size:
    then the gradient is too large, and the threshold is what still holds it."""
    clip, norm = patient.experiment.training.clip, patient.gradient_norm
    if clip is None or norm is None or not 0 < norm < 1e29 or clip.value >= HEADROOM * norm:
        return None
    if clip.value >= USUAL * patient.experiment.training.loss_scale and norm > HELD * clip.value:
        return None
    threshold = float(f"{HEADROOM * norm:.2g}")
    return Offer(
        id="wider_clip",
        title=f"Clip at {threshold:g}",
        why=f"At {clip.value:g} clipping strikes nearly always: the median norm is {norm:.3g}. At ten times that it "
        "strikes at spikes alone.",
        source="Pascanu, Mikolov & Bengio 2013, section 3.2: thresholds from 0.5 to 10 times the mean norm",
        limits="Steps become larger: the learning rate may have to come down.",
        experiment=retrained(patient.experiment, clip=clip.replace(value=threshold)),
    )


def _all_zero() -> Patient:
    """A patient of which nothing was drawn at all."""
    sick = deep("tanh", "cut_off", layers=2, init=Zeros(), axis=None)
    network = sick.experiment.network
    network = network.replace(output=network.output.replace(weight_init=Zeros()))
    return replace(sick, experiment=sick.experiment.replace(network=network))


def _is_frozen(layer: Layer) -> bool:
    return "frozen" in type(layer).model_fields and bool(getattr(layer, "frozen", False))


def _cut_off() -> Patient:
    """A patient whose gradient is cut off: frozen first layer, zero head, truncation, clipping far too low."""
    sick = rnn("cut_off", axis=None)
    experiment = retrained(sick.experiment, truncate=5, clip=ClipNorm(value=1e-4))
    network = experiment.network
    head = network.output.replace(weight_init=Zeros())
    frozen = network.layers[0].replace(frozen=True)
    network = network.replace(layers=(frozen, *network.layers[1:]), output=head)
    return replace(sick, experiment=experiment.replace(network=network))


UNFREEZE = Remedy("unfreeze", offer_unfreezing, _cut_off())
DRAWN_HEAD = Remedy("drawn_head", offer_drawn_head, _cut_off())
DRAWN_WEIGHTS = Remedy("drawn_weights", offer_drawn_weights, _all_zero())
NO_TRUNCATION = Remedy("no_truncation", offer_later_cut, _cut_off())
WIDER_CLIP = Remedy("wider_clip", offer_wider_clip, _cut_off())
