"""Shorter sequences: an easier task. It comes last, because it is another task."""

import math

from vgviewer.diagnosis.edits import dependency, gain_per_hop
from vgviewer.diagnosis.patients import rnn
from vgviewer.diagnosis.remedy import Offer, Patient, Remedy
from vgviewer.settings import Settings

SHARE = 0.5  # the length is halved at least
MARGIN = 2.0  # decades that the gradient may change by over the lag that is left


def offer(patient: Patient) -> Offer | None:
    """As short as the measured gain asks for; lag and length shrink together."""
    task, gain = patient.experiment.task, gain_per_hop(patient)
    share = SHARE
    if gain is not None and gain > 0 and gain != 1:
        reach = MARGIN / abs(math.log10(gain))
        share = min(SHARE, reach / dependency(patient.experiment))
    changes = {
        name: value for name in ("length", "lag", "delay", "window") if (value := _less(task, name, share))
    }
    if not changes:
        return None
    words = ", ".join(f"{name} {value}" for name, value in changes.items())
    fate = "vanishes" if patient.alert.kind == "vanishing" else "explodes"
    return Offer(
        id="shorter",
        title=f"Make the sequences shorter: {words}",
        why=f"Over the {dependency(patient.experiment)} timesteps that the task needs the gradient {fate}; over fewer "
        "it holds.",
        source="Bengio, Simard & Frasconi 1994; curriculum learning, Bengio et al. 2009",
        limits="This changes the task: what is learned on short sequences need not hold on long ones.",
        experiment=patient.experiment.replace(task=task.replace(**changes)),
    )


def _less(task: Settings, name: str, share: float) -> int | None:
    """The field made smaller, at least its least value; None where there is no such field or it is there already."""
    field = type(task).model_fields.get(name)
    value = getattr(task, name, None)
    if field is None or not isinstance(value, int):
        return None
    least = max((int(limit.ge) for limit in field.metadata if hasattr(limit, "ge")), default=1)
    smaller = max(int(value * share), least)
    return smaller if smaller < value else None


REMEDY = Remedy("shorter", offer, rnn("vanishing"))
