"""What has become of a run so far: its history and the alerts, kept up message by message."""

import numpy as np

from vgviewer.diagnosis import Alert, Watch, reason, verdict
from vgviewer.diagnosis.causes import explain, signs
from vgviewer.diagnosis.remedy import Offer, Patient
from vgviewer.experiment import Experiment
from vgviewer.frames import (
    Changed,
    Failed,
    Finished,
    Frame,
    History,
    Inspect,
    Inspection,
    Message,
    Refused,
    Started,
)
from vgviewer.frames.inspections import HopAccounts
from vgviewer.recording import Recorder
from vgviewer.runner.curiosity import Curiosity
from vgviewer.runner.noting import Noting

FIRST = 5  # finite gradient norms that tell how large the gradient was before anything went wrong


class Session:
    """Fed with every message of a run, painted or not, live or not; what a recorder is there for gets them, too."""

    def __init__(self, experiment: Experiment, recorder: Recorder | None = None) -> None:
        self.experiment = experiment
        self._noting = Noting(recorder) if recorder else None
        self.history: History | None = None
        self.ended: Finished | Failed | None = None
        self._watch: Watch | None = None
        self._curiosity = Curiosity(0)
        self._wish: Inspect | None = None
        self._offers: dict[tuple[object, ...], tuple[Offer, ...]] = {}

    def take(self, message: Message) -> None:
        """Brings history and alerts up to date."""
        self._take(message)
        if self._noting is not None:
            self._noting.take(message, self.alerts)

    def _take(self, message: Message) -> None:
        match message:
            case Started():
                self.history = History(message)
                self._watch = Watch(message, self.experiment.alerts)
                self._curiosity = Curiosity(message.steps)
            case Frame() if self.history is not None and self._watch is not None:
                self.history.append(message)
                self._watch.judge(message)
                self._look_for_causes(self._watch, message)
            case Finished() | Failed():
                self.ended = message
                self._wish = None
                if self.history is not None:
                    self.history.has_ended = True
            case Changed() if self.history is not None:
                self.history.changes.append(message)
            case Refused() if self.history is not None:
                self.history.refused = message
            case _ if isinstance(message, Inspection) and self.history is not None:
                self.history.inspections[type(message)] = message
                if isinstance(message, HopAccounts):
                    self._explain(message)
            case _:
                raise ValueError(f"a run starts with Started, not with {type(message).__name__}")

    def wish(self) -> Inspect | None:
        """What the run should be asked now, so that an alert gets its cause; handed out once. Who has no run to ask
        need not take it: the alerts then stand without one."""
        wish, self._wish = self._wish, None
        return wish

    @property
    def verdict(self) -> str:
        """The one word for the run as it stands now, by the contract's order."""
        if isinstance(self.ended, Finished) and self.ended.reason == "non_finite":
            return "non_finite"
        return verdict(self.alerts)

    @property
    def reason(self) -> str:
        """The verdict's reason in a sentence with its numbers."""
        if not self.alerts:
            if self.verdict == "non_finite":
                return "Training stopped by itself: a number was not finite."
            latest = self.history.latest if self.history else None
            if latest is None or not latest.readings:
                return "The gradients were not looked at."
        return reason(self.alerts)

    @property
    def alerts(self) -> tuple[Alert, ...]:
        """All alerts of the run, in order of the step at which they were raised."""
        return () if self._watch is None else self._watch.alerts

    def offers_for(self, experiment: Experiment, alert: Alert) -> tuple[Offer, ...]:
        """The same for an experiment that has been edited since the run began."""
        from vgviewer.diagnosis.remedies import offers  # loaded when something is to be cured, not at start

        largest = self._largest_step(alert)
        return offers(
            Patient(
                experiment,
                alert,
                self._gradient_norm(alert),
                update_ratio=self._update_ratio(),
                largest_step=None if largest is None else largest[1],
            )
        )

    def offers(self, alert: Alert) -> tuple[Offer, ...]:
        """What may help against an alert of this run, best first; made out when it is first asked for."""
        text = alert.cause.text if alert.cause else ""
        key = (alert.kind, alert.axis, alert.layer, alert.step, alert.severity, text)
        if key not in self._offers:
            self._offers[key] = self.offers_for(self.experiment, alert)
        return self._offers[key]

    def _look_for_causes(self, watch: Watch, frame: Frame) -> None:
        if self._curiosity.asks(watch.unexplained(), frame.step):
            self._wish = Inspect("hops")
        assert self.history is not None
        for alert in watch.alerts:
            if alert.stands and alert.axis is None and alert.cause is None:
                cause = signs(alert, self.history.started, frame, self._largest_step(alert))
                if cause is not None:
                    watch.explain(alert, cause)

    def _explain(self, accounts: HopAccounts) -> None:
        assert self._watch is not None
        assert self.history is not None
        started, frame = self.history.started, self.history.latest
        if frame is None:
            return
        for alert in self._watch.unexplained():
            cause = explain(alert, accounts, self.experiment.network, started, frame)
            if cause is not None:
                self._watch.explain(alert, cause)

    def _gradient_norm(self, alert: Alert) -> float | None:
        """The median before clipping: of the first steps up to the alert, for what diverges has norms without measure
        later on; over the whole run where clipping cuts the gradient off."""
        if self.history is None:
            return None
        norms = self.history.gradient_norms
        known = np.isfinite(norms)
        if alert.kind != "cut_off":
            early = known & (self.history.steps <= alert.step)
            known = early if early.any() else known
            return float(np.median(norms[known][:FIRST])) if known.any() else None
        return float(np.median(norms[known])) if known.any() else None

    def _update_ratio(self) -> float | None:
        """The median over the run of the largest layer's, as a share of its weights."""
        if self.history is None:
            return None
        largest = np.fmax.reduce(self.history.layers("update_ratio"), axis=1, initial=-np.inf)
        known = largest[np.isfinite(largest)].astype(np.float64)
        return float(10 ** np.median(known)) if len(known) else None

    def _largest_step(self, alert: Alert) -> tuple[str, float] | None:
        """The layer and the share of its weights that the largest step up to the alert has changed."""
        if self.history is None:
            return None
        ratios = self.history.layers("update_ratio")[self.history.steps <= alert.step].astype(np.float64)
        ratios[~np.isfinite(ratios)] = -np.inf
        if not np.isfinite(ratios).any():
            return None
        _, row = np.unravel_index(ratios.argmax(), ratios.shape)
        return self.history.started.sites[int(row)].id, float(10 ** ratios.max())
