"""Where the gradient is cut off: let it through again."""

from dataclasses import replace

from vgviewer.diagnosis.edits import dependency, each_layer, retrained, timesteps
from vgviewer.diagnosis.patients import rnn
from vgviewer.diagnosis.remedy import Offer, Patient, Remedy
from vgviewer.experiment.training import ClipNorm
from vgviewer.network.initializers import Constant, Default, Zeros
from vgviewer.network.layer import Layer

HEADROOM = 10.0  # times the median norm: the upper end of what Pascanu et al. found good


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
    if not isinstance(network.output.weight_init, Zeros | Constant) and network.output.weight_init.gain != 0:
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
    """A threshold that strikes at spikes alone."""
    clip, norm = patient.experiment.training.clip, patient.gradient_norm
    if clip is None or norm is None or not 0 < norm < 1e29 or clip.value >= HEADROOM * norm:
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
NO_TRUNCATION = Remedy("no_truncation", offer_later_cut, _cut_off())
WIDER_CLIP = Remedy("wider_clip", offer_wider_clip, _cut_off())
