"""Several experiments trained side by side: whoever looks sees all of them at the same step."""

from collections import deque
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Literal

from vgviewer.experiment import Experiment
from vgviewer.frames import Failed, Finished, Frame, Message
from vgviewer.recording import Recorder
from vgviewer.runner.run import QUEUE_LENGTH, Run
from vgviewer.runner.session import Session

Pace = Literal["idle", "running", "paused", "ended"]


class Entry:
    """One of them: its run, and what has become of it. What it has sent ahead of the others waits."""

    def __init__(self, experiment: Experiment, run: Run, recorder: Recorder | None) -> None:
        self.run, self.recorder = run, recorder
        self.session = Session(experiment, recorder)
        self.waiting: deque[Message] = deque()
        self.reached = -1  # the last step that it has sent

    @property
    def is_over(self) -> bool:
        """Whether its last message has come, taken or not."""
        return self.session.ended is not None or any(isinstance(m, Finished | Failed) for m in self.waiting)

    def fetch(self) -> None:
        """What it has sent since, as much as may wait."""
        room = QUEUE_LENGTH - len(self.waiting)
        for message in self.run.drain(room if self.recorder is None else min(room, self.recorder.room)):
            self.waiting.append(message)
            if isinstance(message, Frame):
                self.reached = message.step

    def take(self, step: float) -> bool:
        """What belongs to that step or one before; whether there was something."""
        taken = False
        while self.waiting and not (isinstance(first := self.waiting[0], Frame) and first.step > step):
            self.session.take(self.waiting.popleft())
            taken = True
        wish = self.session.wish()
        if wish is not None:
            with suppress(ValueError):  # the worker has ended meanwhile: there is nobody to ask
                self.run.inspect(wish.kind)
        return taken


class Race:
    """Each has a worker of its own; who is ahead waits for the others."""

    def __init__(
        self,
        experiments: Sequence[Experiment],
        make_run: Callable[[Experiment], Run] = Run,
        make_recorder: Callable[[Experiment], Recorder | None] | None = None,
    ) -> None:
        made = [make_recorder(one) if make_recorder else None for one in experiments]
        self.entries = [
            Entry(one, make_run(one), recorder) for one, recorder in zip(experiments, made, strict=True)
        ]
        self._is_paused = False
        self._has_begun = False

    @property
    def state(self) -> Pace:
        """`ended` when all of them are."""
        if all(entry.session.ended is not None for entry in self.entries):
            return "ended"
        if not self._has_begun:
            return "idle"
        return "paused" if self._is_paused else "running"

    def start(self) -> None:
        """All at once."""
        self._has_begun = True
        for entry in self.entries:
            entry.run.start()

    def pause(self) -> None:
        """Each finishes the step that it is in."""
        self._is_paused = True
        for entry in self.entries:
            entry.run.pause()

    def resume(self) -> None:
        """Goes on."""
        self._is_paused = False
        for entry in self.entries:
            entry.run.resume()

    def drain(self) -> bool:
        """Takes what all have reached; whether there was something."""
        for entry in self.entries:
            entry.fetch()
        common = min((entry.reached for entry in self.entries if not entry.is_over), default=float("inf"))
        taken = [entry.take(common) for entry in self.entries]
        for entry in self.entries:
            if entry.session.ended is not None and entry.recorder is not None:
                entry.recorder.close(0)
        return any(taken)

    def stop(self) -> None:
        """Ends all of them; what was recorded is written to its end."""
        for entry in self.entries:
            entry.run.stop()
            if entry.recorder is not None:
                entry.recorder.close(0)

    def join(self, timeout_s: float) -> bool:
        """Waits for the workers and recorders to end; False where one still works then."""
        ended = [entry.run.join(timeout_s) for entry in self.entries]
        written = [entry.recorder.close(timeout_s) for entry in self.entries if entry.recorder is not None]
        return all(ended) and all(written)
