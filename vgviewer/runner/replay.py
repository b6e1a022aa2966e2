"""A recorded run as it stood after one of its steps: what a live session knew then."""

from vgviewer.diagnosis import Alert
from vgviewer.recording import Recording
from vgviewer.runner.noting import alerts_at
from vgviewer.runner.session import Session


class Replay(Session):
    """Of a file; raises Damaged where that step cannot be read, KeyError where there is none."""

    def __init__(self, recording: Recording, step: int) -> None:
        super().__init__(recording.experiment)
        self.history = recording.history(step)
        self.ended = recording.end if self.history.has_ended else None
        self._alerts = alerts_at(recording, step)

    @property
    def alerts(self) -> tuple[Alert, ...]:
        """All alerts up to that step, as they were judged then."""
        return self._alerts
