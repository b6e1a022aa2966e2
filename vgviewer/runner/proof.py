"""Whether a remedy cures: a run as it was beside the same run with the remedy, in figures and in a sentence."""

import math
from dataclasses import dataclass
from typing import Literal

import numpy as np

from vgviewer.diagnosis import Alert
from vgviewer.frames import Finished, Frame, Started
from vgviewer.frames.horizon import memory_horizon
from vgviewer.runner.session import Session

LATEST, LATEST_PART = 20, 10  # the loss is a mean of so many steps at least, and of this part of the run
LEARNED = 0.9  # of the baseline: a loss below it has learned something
FARTHER = 1.5  # times: a horizon that is farther by less may be chance

Help = Literal["yes", "partly", "no"]


@dataclass(frozen=True)
class Standing:
    """How a run stands: `loss` is the mean of its latest steps, `horizon` how many timesteps back its most forgetful
    recurrent layer reaches (None without one), of `timesteps`; `signal` the share of the output's gradient that the
    lowest layer gets (None without readings); `alerts` are those that stand."""

    verdict: str
    step: int
    loss: float
    baseline: float | None
    horizon: int | None
    timesteps: int
    signal: float | None
    alerts: tuple[Alert, ...]
    broke_down: bool

    @property
    def has_learned(self) -> bool | None:
        """Whether it is better than a network that ignores the past; None where nobody knows."""
        return None if self.baseline is None else self.loss <= LEARNED * self.baseline


@dataclass(frozen=True)
class Outcome:
    """What a remedy did, and the sentence that says so."""

    helps: Help
    text: str


def standing(session: Session) -> Standing | None:
    """As it stands now; None before the first step."""
    history = session.history
    if history is None or history.latest is None:
        return None
    losses, frame, started = history.losses, history.latest, history.started
    latest = losses[-max(LATEST, len(losses) // LATEST_PART) :]
    return Standing(
        session.verdict,
        frame.step,
        float(np.mean(latest)) if np.isfinite(latest).all() else math.nan,
        started.baseline,
        horizon_of(started, frame),
        started.timesteps,
        _signal(started, frame),
        tuple(alert for alert in session.alerts if alert.stands),
        isinstance(session.ended, Finished) and session.ended.reason == "non_finite",
    )


def outcome(alert: Alert, before: Standing, after: Standing) -> Outcome:
    """Whether an alert of the run before is cured in the run after; said honestly."""
    if after.broke_down:
        return Outcome("no", "It does not help: the run breaks down, a number is not finite.")
    still = [one for one in after.alerts if (one.kind, one.axis) == (alert.kind, alert.axis)]
    known = {(one.kind, one.axis) for one in before.alerts}
    new = [one for one in after.alerts if one.severity == "critical" and (one.kind, one.axis) not in known]
    told = _told(before, after)
    if still:
        if _reaches_farther(before, after):
            return Outcome("partly", f"It helps in part: “{still[0].title}” still stands, but {told}.")
        return Outcome("no", f"It does not help: “{still[0].title}” still stands, and {told}.")
    if new:
        others = ", ".join(f"“{one.title}”" for one in new)
        return Outcome(
            "partly", f"It helps in part: the alert is gone, but {others} came in its place; {told}."
        )
    if after.has_learned is False:
        return Outcome("partly", f"It helps in part: the alert is gone, but nothing is learned yet; {told}.")
    return Outcome("yes", f"It helps: the alert is gone, and {told}.")


def horizon_of(started: Started, frame: Frame) -> int | None:
    """That of the recurrent layer that forgets first; of an LSTM where its memory lives, in the cell."""
    found = []
    for row in started.recurrent:
        name = "cell_gradient" if started.sites[row].has_cell else "state_gradient"
        sizes = frame.readings.get(name)
        horizon = None if sizes is None else memory_horizon(sizes[row])
        if horizon is not None:
            found.append(horizon.back)
    return min(found, default=None)


def _signal(started: Started, frame: Frame) -> float | None:
    sizes = frame.readings.get("output_gradient")
    if sizes is None or not started.chain:
        return None
    decades = float(sizes[started.chain[0]]) - float(sizes[-1])
    return 10.0**decades if math.isfinite(decades) and abs(decades) < 300 else None


def _reaches_farther(before: Standing, after: Standing) -> bool:
    if before.horizon is None or after.horizon is None:
        return False
    return after.horizon >= max(before.horizon + 1, FARTHER * before.horizon)


def _told(before: Standing, after: Standing) -> str:
    """ "the memory reaches back 53 timesteps instead of 8, the loss is 0.01 instead of 0.17 (baseline 0.17)"."""
    parts = []
    if before.horizon is not None and after.horizon is not None:
        instead = f" instead of {before.horizon}" if after.horizon != before.horizon else ", as before"
        parts.append(f"the memory reaches back {after.horizon} timesteps{instead}")
    base = "" if after.baseline is None else f" (baseline {after.baseline:.3g})"
    parts.append(f"the loss is {after.loss:.3g} instead of {before.loss:.3g}{base}")
    return ", ".join(parts)
