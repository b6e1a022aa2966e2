"""The form of a remedy: an edit of the experiment against one kind of trouble, with what it will not cure."""

from collections.abc import Callable
from dataclasses import dataclass

from vgviewer.diagnosis.alert import Alert
from vgviewer.experiment import Experiment


@dataclass(frozen=True)
class Patient:
    """What a remedy looks at: the experiment as it was run, and the alert with its cause. `gradient_norm` is the median
    of the norm of all gradients together, before clipping (None where it is not known)."""

    experiment: Experiment
    alert: Alert
    gradient_norm: float | None = None


@dataclass(frozen=True)
class Offer:
    """One remedy made out for one patient: `experiment` is the edited one, without problems.

    `title` says what is done ("Initialize with He's variance"), `why` why that helps here, `source` the paper,
    `limits` what it will not cure.
    """

    id: str
    title: str
    why: str
    source: str
    limits: str
    experiment: Experiment


@dataclass(frozen=True)
class Remedy:
    """`offer` makes it out, or returns None where it does not apply: nothing is offered that changes nothing or that
    cannot help. `sick` is a patient by hand whom it helps."""

    id: str
    offer: Callable[[Patient], Offer | None]
    sick: Patient
