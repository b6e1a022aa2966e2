"""What can be turned while a network trains: where each knob stands at the start, and what it needs to act on."""

from typing import Annotated, get_args

from pydantic import Field, ValidationError

from vgviewer.experiment.experiment import Experiment
from vgviewer.experiment.problems import sentences
from vgviewer.experiment.training import LearningRate
from vgviewer.frames.wishes import Knob
from vgviewer.network.layers.dropout import Dropout
from vgviewer.settings import Note, Settings

KNOBS: tuple[Knob, ...] = get_args(Knob)


class Knobs(Settings):
    """Limits, titles and help are those of the file's fields; None where the network has nothing to act on."""

    lr: LearningRate
    clip: Annotated[float | None, Note(formula="g ← θ g / ‖g‖ where ‖g‖ > θ", term="clipping")] = Field(
        default=None,
        ge=0,
        le=1e30,
        title="Clip",
        description="Threshold θ of clipping; turns on clipping by norm where there was none, and 0 turns it off.",
    )
    recurrent_gain: Annotated[float | None, Note(formula="W_hh ← gain · W_hh", term="hop-gain")] = Field(
        default=None,
        gt=0,
        le=1e6,
        title="Gain on W_hh",
        description="Factor on the recurrent weights, against those without it. Above 1 the gradient grows in time.",
    )
    dropout: Annotated[float | None, Note(formula="y = mask ∘ x / (1 − p)", term="dropout")] = Field(
        default=None,
        ge=0,
        lt=1,
        title="Dropout p",
        description="Share of numbers that every dropout layer sets to 0.",
    )


def knobs(experiment: Experiment) -> Knobs:
    """As a run of this experiment starts."""
    training, layers = experiment.training, experiment.network.layers
    is_free = any(layer.recurrent and getattr(layer, "parametrization", None) is None for layer in layers)
    return Knobs(
        lr=training.optimizer.lr,
        clip=training.clip.value if training.clip else None,
        recurrent_gain=1.0 if is_free else None,
        dropout=next((layer.p for layer in layers if isinstance(layer, Dropout)), None),
    )


def idle(experiment: Experiment, knob: Knob) -> str:
    """Why this knob has nothing to act on; empty where it has."""
    if knob == "recurrent_gain" and knobs(experiment).recurrent_gain is None:
        has_recurrence = any(layer.recurrent for layer in experiment.network.layers)
        return "its W_hh stays orthogonal" if has_recurrence else "no recurrent layer"
    if knob == "dropout" and knobs(experiment).dropout is None:
        return "no dropout layer"
    return ""


def acting_on(experiment: Experiment, place: str) -> Knob | None:
    """The knob that acts on a layer; a W_hh that stays orthogonal has no gain."""
    layer = next((layer for layer in experiment.network.layers if layer.id == place), None)
    if isinstance(layer, Dropout):
        return "dropout"
    is_free = layer is not None and layer.recurrent and getattr(layer, "parametrization", None) is None
    return "recurrent_gain" if is_free else None


def refusal(experiment: Experiment, knob: Knob, value: float) -> str:
    """Why this knob cannot be set to `value`, as a sentence; empty where it can."""
    reason = idle(experiment, knob)
    if reason:
        return f"{knob}: has nothing to act on, {reason}"
    settings = {"lr": experiment.training.optimizer.lr, knob: value}
    try:
        Knobs.model_validate(settings)
    except ValidationError as error:
        return "; ".join(
            f"{problem.path}: {problem.message}" for problem in sentences(error, Knobs, settings)
        )
    return ""
