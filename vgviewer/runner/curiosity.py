"""When a run is asked to account for its hops: seldom, for an account costs the time of a few steps."""

from collections.abc import Sequence

from vgviewer.diagnosis import Alert

# At most, but for an alert that is critical: an account takes the time of three to four steps.
EVERY_STEPS = 50


class Curiosity:
    """Asks at most once for each alert and each severity, whatever becomes of the answer."""

    def __init__(self, steps: int) -> None:
        self._steps = steps
        self._next = 0
        self._asked: set[tuple[object, ...]] = set()

    def asks(self, unexplained: Sequence[Alert], step: int) -> bool:
        """Whether to ask now, after training step `step`; before the end nothing is put off."""
        wanted = {(alert.kind, alert.axis, alert.step, alert.severity) for alert in unexplained} - self._asked
        urgent = any("critical" in trouble for trouble in wanted)
        if not wanted or (self._next > step < self._steps - 1 and not urgent):
            return False
        self._asked |= wanted
        self._next = step + EVERY_STEPS
        return True
