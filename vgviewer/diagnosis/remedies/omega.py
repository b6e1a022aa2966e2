"""Pascanu's Ω: W_hh is pulled to where a hop back in time keeps the gradient's size."""

from vgviewer.diagnosis.edits import per_hop, retrained, sentence
from vgviewer.diagnosis.patients import rnn
from vgviewer.diagnosis.remedy import Offer, Patient, Remedy
from vgviewer.experiment.training import Omega

WEIGHT = 4.0  # theirs, for the temporal order problem


def offer(patient: Patient) -> Offer | None:
    """For plain layers that learn W_hh freely."""
    experiment = patient.experiment
    if experiment.training.omega is not None or not experiment.regularized:
        return None
    return Offer(
        id="omega",
        title=f"Add Ω with weight {WEIGHT:g}",
        why=sentence(
            per_hop(patient),
            "Ω adds a gradient on W_hh that pulls this towards 1, where the loss itself sends none.",
        ),
        source="Pascanu, Mikolov & Bengio 2013, section 3.3",
        limits="It takes many steps to act, and can push W_hh into explosion: it wants clipping beside it.",
        experiment=retrained(experiment, omega=Omega(weight=WEIGHT)),
    )


REMEDY = Remedy("omega", offer, rnn("vanishing"))
