"""What of the judge's word goes into a run file, beside the messages: the alerts as they stood after each of them."""

from dataclasses import dataclass, replace

from vgviewer.diagnosis import Alert
from vgviewer.diagnosis.alert import Cause
from vgviewer.frames import Message
from vgviewer.recording import Recorder, Recording


@dataclass(frozen=True)
class Judged:
    """All alerts so far, without their causes: these are long and seldom change, and are kept once, under a number.
    `causes` has one for each alert; None where it has no cause."""

    alerts: tuple[Alert, ...]
    causes: tuple[int | None, ...]


class Noting:
    """Hands a recorder the messages of a run, and what has become of the alerts."""

    def __init__(self, recorder: Recorder) -> None:
        self._recorder = recorder
        self._noted: tuple[Alert, ...] = ()
        self._causes: list[Cause] = []

    def take(self, message: Message, alerts: tuple[Alert, ...]) -> None:
        """The message, and the alerts after it."""
        self._recorder.take(message)
        if alerts != self._noted:
            self._noted = alerts
            plain = tuple(replace(alert, cause=None) for alert in alerts)
            self._recorder.note(Judged(plain, tuple(self._number(alert.cause) for alert in alerts)))

    def _number(self, cause: Cause | None) -> int | None:
        if cause is None:
            return None
        for number, kept in enumerate(self._causes):
            if kept is cause:
                return number
        self._causes.append(cause)
        self._recorder.keep(cause)
        return len(self._causes) - 1


def alerts_at(recording: Recording, step: int) -> tuple[Alert, ...]:
    """The alerts as they stood after that step of a file; raises Damaged."""
    judged = recording.note(step, Judged)
    if judged is None:
        return ()
    causes = (None if number is None else recording.kept(number, Cause) for number in judged.causes)
    return tuple(replace(alert, cause=cause) for alert, cause in zip(judged.alerts, causes, strict=False))
