"""The judge of a run: turns what rules find in single frames into alerts that neither flicker nor cry wolf."""

import math
from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from vgviewer.diagnosis.alert import Alert, Finding, Severity
from vgviewer.diagnosis.rule import Rule
from vgviewer.diagnosis.rules import RULES
from vgviewer.diagnosis.sight import Sight
from vgviewer.experiment import AlertKind, Thresholds
from vgviewer.frames import Frame, Started

CALM_FRAMES = 10  # an alert is taken back when its trouble was gone for so many frames in a row
LEARNED = 0.5  # below this share of the baseline (or of the first loss) the loss is no longer high
STALL_FRAMES = 15
CLEAR_FALL = 0.1  # of the mean loss from one 15 frames to the next: such a network is learning
SMOOTHING = 0.1  # weight of the newest loss in the running mean: about the last ten steps


class LossLevel:
    """Whether the loss is still high: against the task's baseline, or the first loss where that is unknown."""

    def __init__(self, baseline: float | None) -> None:
        self._reference = baseline
        self._mean: float | None = None
        self._newest: deque[float] = deque(maxlen=2 * STALL_FRAMES)

    @property
    def has_stalled(self) -> bool:
        """Whether the newest losses are hardly lower than as many before them."""
        losses = list(self._newest)
        if len(losses) < 2 * STALL_FRAMES:
            return False
        return sum(losses[STALL_FRAMES:]) > (1 - CLEAR_FALL) * sum(losses[:STALL_FRAMES])

    def is_high(self, loss: float) -> bool:
        """Takes the next loss. A loss that can be negative has no level: it counts as high."""
        if not math.isfinite(loss):
            return True
        self._mean = loss if self._mean is None else self._mean + SMOOTHING * (loss - self._mean)
        self._newest.append(loss)
        if self._reference is None:
            self._reference = loss
        return self._reference <= 0 or self._mean > LEARNED * self._reference


@dataclass
class _Case:
    """What is known of one rule's trouble; `alert` is its place in the list while it stands."""

    rule: Rule
    threshold: float
    seen: int = 0
    calm: int = 0
    alert: int | None = None


class Watch:
    """Judges every frame of a run; `settings` are the experiment's alerts."""

    def __init__(
        self, started: Started, settings: Mapping[AlertKind, Literal["off"] | Thresholds] | None = None
    ) -> None:
        self._started = started
        self._level = LossLevel(started.baseline)
        self._alerts: list[Alert] = []
        self._cases: list[_Case] = []
        for rule in RULES:
            setting = (settings or {}).get(rule.kind)
            if setting != "off":
                threshold = setting.ratio if isinstance(setting, Thresholds) else rule.threshold
                self._cases.append(_Case(rule, threshold))

    @property
    def alerts(self) -> tuple[Alert, ...]:
        """All alerts so far, in order of the step at which they were raised."""
        return tuple(self._alerts)

    def judge(self, frame: Frame) -> None:
        """Raises, updates and takes back alerts."""
        sight = Sight(self._started, frame, self._level.is_high(frame.loss))
        for case in self._cases:
            self._judge_case(case, sight)

    def _judge_case(self, case: _Case, sight: Sight) -> None:
        rule = case.rule
        finding = None
        if sight.loss_is_high or not rule.only_while_loss_is_high:
            finding = rule.judge(sight, case.threshold)
            if finding is None and case.alert is not None and rule.judge(sight, case.threshold * rule.relief):
                return  # between the two thresholds it stands as it was
        if finding is None:
            case.seen, case.calm = 0, case.calm + 1
            if case.alert is not None and case.calm >= CALM_FRAMES:
                self._alerts[case.alert] = replace(self._alerts[case.alert], until=sight.frame.step)
                case.alert = None
            return
        case.seen, case.calm = case.seen + 1, 0
        is_urgent = not rule.only_while_loss_is_high or self._level.has_stalled
        if case.alert is not None:
            standing = self._alerts[case.alert]
            severity: Severity = "critical" if is_urgent else standing.severity
            self._alerts[case.alert] = _alert(finding, standing.step, severity)
        elif case.seen >= rule.persistence:
            case.alert = len(self._alerts)
            self._alerts.append(_alert(finding, sight.frame.step, "critical" if is_urgent else "warning"))


def _alert(finding: Finding, step: int, severity: Severity) -> Alert:
    return Alert(
        kind=finding.kind,
        axis=finding.axis,
        layer=finding.layer,
        timestep=finding.timestep,
        step=step,
        until=None,
        severity=severity,
        value=finding.value,
        threshold=finding.threshold,
        message=finding.message,
    )


def verdict(alerts: Sequence[Alert]) -> str:
    """The one word for the end of a run: the contract's order, `healthy` where no critical alert stands."""
    if any(alert.kind == "non_finite" for alert in alerts):
        return "non_finite"
    standing = {alert.kind for alert in alerts if alert.stands and alert.severity == "critical"}
    order = ("exploding", "vanishing", "dead_units", "saturated", "not_learning")
    return next((kind for kind in order if kind in standing), "healthy")
