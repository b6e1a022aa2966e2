"""The alerts of an experiment as the inspector edits them: a field for each kind, made from the rules. No Qt."""

from typing import Annotated, Any, Literal

from pydantic import Field, create_model

from vgviewer.app.editor.forms import Named
from vgviewer.app.numerals import localized
from vgviewer.diagnosis.alert import TITLES
from vgviewer.diagnosis.rules import RULES
from vgviewer.experiment import AlertKind, Experiment, Thresholds
from vgviewer.settings import Note, Settings

WITHOUT_THRESHOLD: tuple[AlertKind, ...] = ("non_finite",)
MEANINGS: dict[AlertKind, tuple[str, str]] = {
    "vanishing": (
        "Said when less than this share of the gradient is left: along time after as many timesteps as the task "
        "needs, with depth on the way from the last layer back.",
        "size far from the loss / size near the loss < threshold",
    ),
    "exploding": (
        "Said when the gradient grows to more than so many times its size along time or depth, or the loss to so many "
        "times what it was at the start. One threshold of your own holds for all three.",
        "size far from the loss / size near the loss > threshold",
    ),
    "non_finite": (
        "Said when a loss, an output or a gradient is infinite or NaN.",
        "|x| > 3.4 · 10³⁸ or NaN",
    ),
    "dead_units": (
        "Said when more than this share of a layer's units give 0 for every sample. In a recurrent layer at least "
        "95 % must do so.",
        "silent units / all units > threshold",
    ),
    "saturated": (
        "Said when more than this share of a layer's outputs lie where the activation's slope is below a hundredth of "
        "the steepest.",
        "flat outputs / all outputs > threshold",
    ),
    "not_learning": (
        "Said when the loss stays above so many times that of a network that has learned nothing, although gradients "
        "arrive and the weights move.",
        "loss / loss of knowing nothing > threshold",
    ),
    "update_ratio": (
        "Said when one step changes the weights of a layer by more than this share of their size; also when no layer's "
        "change by more than about a millionth.",
        "‖Δw‖ / ‖w‖ > threshold",
    ),
    "weights_growing": (
        "Said when the weights of a layer have grown to more than so many times their size at the start.",
        "‖w‖ / ‖w at the start‖ > threshold",
    ),
    "cut_off": (
        "Said when the gradient is so many times the threshold of clipping nearly always; also when truncation is "
        "shorter than the task needs, and where exactly nothing arrives.",
        "‖g‖ / θ > threshold",
    ),
}


def _field(kind: AlertKind) -> Any:
    """By default as the rule has it, off, or a threshold of one's own, with the limits of the file's."""
    own = list(dict.fromkeys(rule.threshold for rule in RULES if rule.kind == kind))
    meaning, formula = MEANINGS[kind]
    numbers = " and ".join(localized(f"{threshold:g}") for threshold in own)
    has_threshold = kind not in WITHOUT_THRESHOLD
    as_it_is: Any = Annotated[
        Literal["default"], Named(f"default: {numbers}" if has_threshold else "on", "default")
    ]
    forms = as_it_is | Literal["off"]
    if has_threshold:
        limits = Thresholds.model_fields["ratio"].metadata
        forms |= Annotated[(float, *limits, Named("own threshold", own[0]))]
        meaning = f"{meaning} By default {numbers.replace(' and ', ' and, for the loss, ')}."
    note = Note(formula=formula, term=kind.replace("_", "-"))
    return Annotated[forms, note], Field(default="default", title=TITLES[kind], description=meaning)


AlertSettings: type[Settings] = create_model(
    "AlertSettings",
    __base__=Settings,
    __doc__="What is said, and from which size on.",
    **{kind: _field(kind) for kind in TITLES},
)


def alert_settings(experiment: Experiment) -> Settings:
    """What the experiment says of its alerts."""
    said = {
        kind: each.ratio if isinstance(each, Thresholds) else each
        for kind, each in experiment.alerts.items()
        if not (isinstance(each, Thresholds) and kind in WITHOUT_THRESHOLD)
    }
    return AlertSettings.model_validate(said)


def with_alerts(experiment: Experiment, settings: Settings) -> Experiment:
    """The experiment with other alerts; what is not changed stays as the file has it."""
    before, alerts = alert_settings(experiment), dict(experiment.alerts)
    for kind in TITLES:
        said = getattr(settings, kind)
        if said == getattr(before, kind):
            continue
        alerts.pop(kind, None)
        if said != "default":
            alerts[kind] = "off" if said == "off" else Thresholds(ratio=said)
    return experiment.replace(alerts=alerts)
