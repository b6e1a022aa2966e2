"""Truncated backpropagation through time: shorter against explosion, longer where it cuts what is needed."""

import math

from vgviewer.diagnosis.edits import dependency, gain_per_hop, retrained, timesteps
from vgviewer.diagnosis.patients import rnn
from vgviewer.diagnosis.remedy import Offer, Patient, Remedy
from vgviewer.network.initializers import ScaledNormal

GROWTH = 10.0  # what may be left of the explosion between two cuts


def offer(patient: Patient) -> Offer | None:
    """Against explosion only: against vanishing it would cut what little is left."""
    gain = gain_per_hop(patient)
    if patient.alert.kind != "exploding" or gain is None or gain <= 1:
        return None
    after = max(int(math.log(GROWTH) / math.log(gain)), 1)
    truncate = patient.experiment.training.truncate
    if after >= timesteps(patient.experiment) or (truncate is not None and truncate <= after):
        return None
    lag = dependency(patient.experiment)
    return Offer(
        id="truncate",
        title=f"Cut the gradient every {after} timesteps",
        why=f"It grows by {gain:.3g} per timestep: after {after} timesteps by {gain**after:.2g}, then it is cut.",
        source="Williams & Peng 1990; Werbos 1990, Backpropagation through time",
        limits=f"Nothing is learned across a cut: the task needs {lag} timesteps. The gradient that is left is biased.",
        experiment=retrained(patient.experiment, truncate=after),
    )


REMEDY = Remedy("truncate", offer, rnn("exploding", init=ScaledNormal(gain=2.0)))
