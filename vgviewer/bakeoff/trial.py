"""What a judge says about one run, in the form in which all judges are compared; and our own judge's trials."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from vgviewer.bakeoff.labelled import Labelled, Trouble
from vgviewer.diagnosis import Alert
from vgviewer.diagnosis.alert import Axis, Severity
from vgviewer.experiment import AlertKind
from vgviewer.runner.session import Session

OURS = "vgviewer"
Kind = AlertKind | Literal["poor_initialization"]  # ours, and what only others know


@dataclass(frozen=True)
class Report:
    """One alert in short form. `step` is when it was first raised, `until` when it was taken back (None: it stood at
    the end). A judge without severities reports critical ones that nobody takes back."""

    kind: Kind
    axis: Axis | None
    step: int
    until: int | None = None
    severity: Severity = "critical"

    @property
    def troubles(self) -> frozenset[Trouble]:
        """Which of the labels' troubles it can mean: vanishing without an axis means either; none where the labels
        do not speak of its kind."""
        match self.kind:
            case "vanishing" if self.axis is None:
                return frozenset(("vanishing_depth", "vanishing_time"))
            case "vanishing":
                return frozenset(("vanishing_depth",) if self.axis == "depth" else ("vanishing_time",))
            case "exploding" | "non_finite" | "dead_units":
                return frozenset((self.kind,))
            case _:
                return frozenset()

    @property
    def is_critical(self) -> bool:
        """Whether it asks the person to act."""
        return self.severity == "critical"


@dataclass(frozen=True)
class Outcome:
    """What one judge said about one run. `verdict` is None where the judge has no such word. The losses are of the
    first and the last step, as they were: perhaps not finite."""

    run: str
    judge: str
    reports: tuple[Report, ...]
    verdict: str | None = None
    first_loss: float = math.nan
    last_loss: float = math.nan


def trial(run: Labelled) -> Outcome:
    """Trains the run from its start and lets our judge see every frame; needs the engine."""
    from vgviewer.engine import train

    session = Session(run.experiment)
    for message in train(run.experiment):
        session.take(message)
    losses = [] if session.history is None else [float(loss) for loss in session.history.losses]
    return Outcome(
        run=run.name,
        judge=OURS,
        reports=shortened(session.alerts),
        verdict=session.verdict,
        first_loss=losses[0] if losses else math.nan,
        last_loss=losses[-1] if losses else math.nan,
    )


def shortened(alerts: Iterable[Alert]) -> tuple[Report, ...]:
    """Our alerts as reports, in their order."""
    return tuple(Report(alert.kind, alert.axis, alert.step, alert.until, alert.severity) for alert in alerts)
