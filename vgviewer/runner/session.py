"""What has become of a run so far: its history and the alerts, kept up message by message."""

from vgviewer.diagnosis import Alert, Watch, verdict
from vgviewer.experiment import Experiment
from vgviewer.frames import Changed, Failed, Finished, Frame, History, Inspection, Message, Refused, Started


class Session:
    """Fed with every message of a run, painted or not, live or not."""

    def __init__(self, experiment: Experiment) -> None:
        self.experiment = experiment
        self.history: History | None = None
        self.ended: Finished | Failed | None = None
        self._watch: Watch | None = None

    def take(self, message: Message) -> None:
        """Brings history and alerts up to date."""
        match message:
            case Started():
                self.history = History(message)
                self._watch = Watch(message, self.experiment.alerts)
            case Frame() if self.history is not None and self._watch is not None:
                self.history.append(message)
                self._watch.judge(message)
            case Finished() | Failed():
                self.ended = message
            case Changed() if self.history is not None:
                self.history.changes.append(message)
            case Refused() if self.history is not None:
                self.history.refused = message
            case _ if isinstance(message, Inspection) and self.history is not None:
                self.history.inspections[type(message)] = message
            case _:
                raise ValueError(f"a run starts with Started, not with {type(message).__name__}")

    @property
    def verdict(self) -> str:
        """The one word for the run as it stands now, by the contract's order."""
        if isinstance(self.ended, Finished) and self.ended.reason == "non_finite":
            return "non_finite"
        return verdict(self.alerts)

    @property
    def alerts(self) -> tuple[Alert, ...]:
        """All alerts of the run, in order of the step at which they were raised."""
        return () if self._watch is None else self._watch.alerts
