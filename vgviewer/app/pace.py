"""How fast a run goes and how long it will still take, from the steps and moments seen so far."""

from collections import deque

WINDOW_S = 5.0  # the rate is that of the last seconds, so that it follows a change of speed
SETTLED_SHARE = 0.05  # of the run, before which no time left is promised
SETTLED_S = 2.0


class Pace:
    """Fed with (seconds, step); a pause empties it, so that time spent waiting is not counted as work."""

    def __init__(self) -> None:
        self._marks: deque[tuple[float, int]] = deque()

    def mark(self, seconds: float, step: int) -> None:
        """Notes that `step` was reached at this moment of a monotonic clock."""
        if self._marks and (step < self._marks[-1][1] or seconds < self._marks[-1][0]):
            self._marks.clear()
        self._marks.append((seconds, step))
        while len(self._marks) > 2 and seconds - self._marks[0][0] > WINDOW_S:
            self._marks.popleft()

    def rest(self) -> None:
        """Forgets what was seen: the run waits, or another one begins."""
        self._marks.clear()

    @property
    def steps_per_second(self) -> float | None:
        """None until it can be told."""
        if len(self._marks) < 2:
            return None
        (began, first), (now, last) = self._marks[0], self._marks[-1]
        return (last - first) / (now - began) if now > began and last > first else None

    def seconds_left(self, steps: int) -> float | None:
        """Until `steps` steps are made; None until the rate has settled."""
        rate = self.steps_per_second
        if rate is None:
            return None
        (began, _), (now, last) = self._marks[0], self._marks[-1]
        settled = now - began >= SETTLED_S or last >= SETTLED_SHARE * steps
        return max(0, steps - last) / rate if settled else None
