"""How fast a run goes and how long it will still take, from the steps and moments seen so far; and slow motion."""

from collections import deque

SPEEDS = 20  # positions of the speed; the last one is full speed
SLOWEST_STEP_S = 1.0
DECADES = 3  # from the slowest to the fastest slow motion

WINDOW_S = 5.0  # the rate is that of the last seconds, so that it follows a change of speed
SETTLED_SHARE = 0.05  # of the run, before which no time left is promised
SETTLED_S = 2.0
STEADY = 1.5  # how much faster one half of the last seconds may have been than the other


class Pace:
    """Fed with (seconds, step); a pause empties it, so that time spent waiting is not counted as work."""

    def __init__(self) -> None:
        self._marks: deque[tuple[float, int]] = deque()
        self.elapsed_s = 0.0  # of work, without pauses

    def mark(self, seconds: float, step: int) -> None:
        """Notes that `step` was reached at this moment of a monotonic clock."""
        if self._marks and (step < self._marks[-1][1] or seconds < self._marks[-1][0]):
            self._marks.clear()
        if self._marks:
            self.elapsed_s += seconds - self._marks[-1][0]
        self._marks.append((seconds, step))
        while len(self._marks) > 2 and seconds - self._marks[0][0] > WINDOW_S:
            self._marks.popleft()

    def begin(self) -> None:
        """Another run: nothing has been worked yet."""
        self.rest()
        self.elapsed_s = 0.0

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
        return max(0, steps - last) / rate if settled and self._is_steady() else None

    def _is_steady(self) -> bool:
        """Whether the later half of what is remembered went about as fast as the earlier."""
        (began, first), (now, last) = self._marks[0], self._marks[-1]
        middle, reached = min(self._marks, key=lambda mark: abs(mark[0] - (began + now) / 2))
        if not began < middle < now:
            return True  # two marks: there are no halves
        early, late = (reached - first) / (middle - began), (last - reached) / (now - middle)
        return max(early, late) <= STEADY * min(early, late)


def step_seconds(position: int) -> float:
    """The least time of a step at a position of the speed; 0 at full speed."""
    return 0.0 if position >= SPEEDS else float(SLOWEST_STEP_S * 10 ** (-DECADES * position / (SPEEDS - 1)))
