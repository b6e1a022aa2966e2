"""The form of a remedy: an edit of the experiment against one kind of trouble, with what it will not cure."""

from collections.abc import Callable
from dataclasses import dataclass

from vgviewer.diagnosis.alert import Alert
from vgviewer.experiment import Experiment


@dataclass(frozen=True)
class Patient:
    """What a remedy looks at: the experiment as it was run, and the alert with its cause. All else is None where it is
    not known.

    `gradient_norm` is that of all gradients together, before clipping: the median of the first steps up to the alert,
    or over the whole run where the alert is that clipping cuts it off. Of the steps, each as a share of the size of the
    weights that it changes (1e-3 is common), in the layer that moves most: `update_ratio` is the median over the run,
    `largest_step` the largest up to the alert.
    """

    experiment: Experiment
    alert: Alert
    gradient_norm: float | None = None
    update_ratio: float | None = None
    largest_step: float | None = None


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
