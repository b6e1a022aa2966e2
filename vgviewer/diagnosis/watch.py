"""The judge of a run: turns what rules find in single frames into alerts that neither flicker nor cry wolf."""

import math
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from statistics import median
from typing import Literal

import numpy as np

from vgviewer.diagnosis.alert import Alert, Cause, Finding, Severity
from vgviewer.diagnosis.course import Course
from vgviewer.diagnosis.rule import Rule
from vgviewer.diagnosis.rules import RULES
from vgviewer.diagnosis.sight import Sight
from vgviewer.experiment import AlertKind, Thresholds
from vgviewer.frames import Frame, Started

EXPLAINED = ("vanishing", "exploding")  # by the engine's account of the hops
CALM_FRAMES = 10  # an alert is taken back when its trouble was gone for so many frames in a row
LEAST_PATIENCE = 10  # frames: also what begins near the end of a run is told from a moment's trouble
TREND_FRAMES, TREND_LEAST = 60, 15  # newest values of a trouble that tell whether it goes away by itself
SOON = 100  # frames
FARTHEST = 60.0  # decades: 0 is as far from any threshold as a number can be


@dataclass
class _Case:
    """What is known of one rule's trouble; `alert` is its place in the list while it stands. `gaps` are the decades by
    which it was beyond the threshold."""

    rule: Rule
    threshold: float
    seen: int = 0
    calm: int = 0
    hopeful: int = 0
    alert: int | None = None
    gaps: deque[float] = field(default_factory=lambda: deque(maxlen=TREND_FRAMES))

    def see(self, value: float) -> None:
        """The trouble was there once more."""
        self.seen, self.calm = self.seen + 1, 0
        far = value > 0 and math.isfinite(value)
        self.gaps.append(min(abs(math.log10(value / self.threshold)), FARTHEST) if far else FARTHEST)

    def forget(self) -> None:
        """The trouble is gone."""
        self.seen, self.alert = 0, None
        self.gaps.clear()

    @property
    def goes_away(self) -> bool:
        """Whether the gap closes, at a rate at which nothing is left of it soon: gates open by themselves."""
        if len(self.gaps) < TREND_LEAST:
            return False
        gaps = np.array(self.gaps)
        time = np.arange(len(gaps)) - (len(gaps) - 1) / 2
        slope = float(time @ gaps / (time @ time))
        return slope < 0 and median(gaps[-5:]) < -slope * SOON


class Watch:
    """Judges every frame of a run; `settings` are the experiment's alerts."""

    def __init__(
        self, started: Started, settings: Mapping[AlertKind, Literal["off"] | Thresholds] | None = None
    ) -> None:
        self._started = started
        self._course = Course(started)
        self._alerts: list[Alert] = []
        self._explained: dict[int, Severity] = {}  # by the alert's place: its severity when it got its cause
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

    def unexplained(self) -> tuple[Alert, ...]:
        """The alerts on vanishing and exploding along an axis that stand without a cause, or whose cause is from before
        they became critical."""
        return tuple(
            alert
            for place, alert in enumerate(self._alerts)
            if alert.stands
            and alert.kind in EXPLAINED
            and alert.axis is not None
            and self._explained.get(place) != alert.severity
        )

    def explain(self, alert: Alert, cause: Cause) -> None:
        """Attaches a cause to the alert of the same kind, axis and step; it stays when the alert is updated."""
        for place, known in enumerate(self._alerts):
            if (known.kind, known.axis, known.step) == (alert.kind, alert.axis, alert.step):
                self._alerts[place] = replace(known, cause=cause)
                self._explained[place] = alert.severity

    def judge(self, frame: Frame) -> None:
        """Raises, updates and takes back alerts."""
        self._course.take(frame)
        sight = Sight(self._started, frame, self._course)
        for case in self._cases:
            standing = frozenset(alert.kind for alert in self._alerts if alert.stands)
            if standing != sight.standing:
                sight = replace(sight, standing=standing)
            self._judge_case(case, sight)

    def _judge_case(self, case: _Case, sight: Sight) -> None:
        rule = case.rule
        finding = None
        if sight.loss_is_high or not rule.only_while_loss_is_high:
            finding = rule.judge(sight, case.threshold)
            if finding is None and case.alert is not None and rule.judge(sight, case.threshold * rule.relief):
                case.calm = 0
                return  # between the two thresholds it stands as it was
        if finding is None:
            case.calm += 1
            if case.alert is not None and case.calm >= CALM_FRAMES:
                self._alerts[case.alert] = replace(self._alerts[case.alert], until=sight.frame.step)
            if case.alert is None or case.calm >= CALM_FRAMES:
                case.forget()
            return
        case.see(finding.value)
        severity: Severity = "critical" if self._asks_for_action(case, finding) else "warning"
        case.hopeful = 0 if severity == "critical" else case.hopeful + 1
        if case.alert is not None:
            standing = self._alerts[case.alert]
            severity = standing.severity if case.hopeful < CALM_FRAMES else severity
            severity = "critical" if case.hopeful == 0 else severity
            updated = _alert(finding, standing.step, severity, sight.frame.step)
            since = standing.critical_since if standing.severity == "critical" else updated.critical_since
            since = since if severity == "critical" else None
            self._alerts[case.alert] = replace(updated, cause=standing.cause, critical_since=since)
        elif case.seen >= rule.persistence:
            case.alert = len(self._alerts)
            self._alerts.append(_alert(finding, sight.frame.step, severity, sight.frame.step))

    def _asks_for_action(self, case: _Case, finding: Finding) -> bool:
        """Whether there is nothing left to hope for."""
        rule = case.rule
        if not finding.asks_for_action:
            return False
        if not rule.only_while_loss_is_high:
            return True
        left = self._started.steps - (self._course.frames - case.seen)
        if case.seen < min(rule.patience, max(left // 2, LEAST_PATIENCE)):
            return False
        match rule.counts_as_learning:
            case "nothing":
                return True
            case "beating the baseline":
                return self._course.is_stuck and not case.goes_away
            case "any gain":
                return self._course.is_stuck and not self._course.has_gained and not case.goes_away
            case "a falling loss":
                return self._course.is_falling() is False and not case.goes_away


def _alert(finding: Finding, step: int, severity: Severity, now: int) -> Alert:
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
        measured=now,
        critical_since=now if severity == "critical" else None,
    )
