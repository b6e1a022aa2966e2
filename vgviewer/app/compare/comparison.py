"""What is compared, as it goes on: trained together, or read from files; at one step, whichever is chosen."""

from collections.abc import Callable, Sequence

import numpy as np
from PySide6.QtCore import QObject, QTimer, Signal

from vgviewer.app.compare.sides import Side
from vgviewer.app.live import DRAIN_INTERVAL_MS
from vgviewer.app.picture.steps import smoothed
from vgviewer.experiment import Experiment
from vgviewer.recording import BadRun, Damaged, Recorder, Recording
from vgviewer.runner import Race, Run

SMOOTHED_PART = 40  # as the curves do
CLOSING_S = 0.75


class Comparison(QObject):
    """`at` is the step on show, None for the newest; with `by_loss` the others stand where their loss first was as low
    as the first one's there."""

    refreshed = Signal()  # there is something new to see
    said = Signal(str)

    def __init__(
        self, sides: Sequence[Side], race: Race | None = None, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.sides = list(sides)
        self.at: int | None = None
        self.by_loss = False
        self._race = race
        self._timer = QTimer(self, interval=DRAIN_INTERVAL_MS)
        self._timer.timeout.connect(self._drain)

    @property
    def state(self) -> str:
        """As of a run: idle, running, paused, ended."""
        return self._race.state if self._race else "ended"

    @property
    def steps(self) -> int:
        """The last step that one of them has come to."""
        return max(side.steps for side in self.sides)

    @property
    def can_rewind(self) -> bool:
        """Whether all of them are kept."""
        return all(side.recording is not None for side in self.sides)

    def train_or_pause(self) -> None:
        """Begins, pauses or goes on, all together."""
        match self.state, self._race:
            case "idle", Race() as race:
                race.start()
                self._timer.start()
            case "running", Race() as race:
                race.pause()
            case "paused", Race() as race:
                race.resume()
        self.refreshed.emit()

    def go_to(self, step: int | None) -> None:
        """Shows all of them at a step; None for the newest."""
        self.at = None if step is None or step >= self.steps else max(0, step)
        self._show()

    def align(self, by_loss: bool) -> None:
        """By the step, or by the loss."""
        self.by_loss = by_loss
        self._show()

    def close(self) -> bool:
        """Ends what trains, and lets go of the files; False where a worker is still inside torch."""
        self._timer.stop()
        ended = True
        if self._race is not None:
            self._race.stop()
            ended = self._race.join(CLOSING_S)
        for side in self.sides:
            if side.recording is not None:
                side.recording.close()
        return ended

    def _drain(self) -> None:
        if self._race is None or not self._race.drain():
            return
        for side, entry in zip(self.sides, self._race.entries, strict=True):
            if side.recording is None and entry.recorder is not None and side.steps > 0:
                side.recording = _opened(entry.recorder)
        if self.state == "ended":
            self._timer.stop()
        if self.at is None:
            self._show()
        self.refreshed.emit()

    def _show(self) -> None:
        steps = self._steps()
        try:
            for side, step in zip(self.sides, steps, strict=True):
                side.go_to(step)
        except (Damaged, OSError) as error:
            self.said.emit(f"That step cannot be read: {error}.")
        self.refreshed.emit()

    def _steps(self) -> list[int | None]:
        """Where each is looked at."""
        if not self.by_loss:
            return [self.at] * len(self.sides)
        first = self.sides[0]
        trend, steps = _trend(first)
        if not len(trend):
            return [self.at] * len(self.sides)
        place = (
            len(trend) - 1 if self.at is None else max(0, int(np.searchsorted(steps, self.at, "right")) - 1)
        )
        return [self.at, *(_first_as_low(side, float(trend[place])) for side in self.sides[1:])]


def raced(
    named: Sequence[tuple[str, Experiment]],
    make_run: Callable[[Experiment], Run],
    make_recorder: Callable[[Experiment], Recorder | None],
    parent: QObject | None = None,
) -> Comparison:
    """Experiments that are trained together, all with the seed of the first."""
    seed = named[0][1].training.seed
    alike = [one.replace(training=one.training.replace(seed=seed)) for _, one in named]
    race = Race(alike, make_run, make_recorder)
    sides = [
        Side(name, one, entry.session)
        for (name, _), one, entry in zip(named, alike, race.entries, strict=True)
    ]
    return Comparison(sides, race, parent)


def _opened(recorder: Recorder) -> Recording | None:
    try:
        return Recording(recorder.path)
    except BadRun:
        return None  # its first records are still on their way


def _trend(side: Side) -> tuple[np.ndarray, np.ndarray]:
    """Its smoothed loss, and the steps of it."""
    history = side.session.history
    if history is None:
        return np.empty(0), np.empty(0, np.int64)
    return smoothed(history.losses, max(1, len(history.losses) // SMOOTHED_PART)), history.steps


def _first_as_low(side: Side, loss: float) -> int | None:
    """The first step at which its loss was that low; its newest where it never was."""
    trend, steps = _trend(side)
    low = np.flatnonzero(trend <= loss)
    return int(steps[low[0]]) if len(low) else None
