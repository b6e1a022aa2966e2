"""One run in one worker thread, the only door between the threads: messages come out, wishes go in."""

import queue
import threading
import time
import traceback
from collections import deque
from collections.abc import Iterator
from typing import Literal, get_args

from vgviewer.experiment import Experiment, NoDevice
from vgviewer.experiment.knobs import refusal
from vgviewer.frames import (
    Change,
    Changed,
    Failed,
    Frame,
    Inspect,
    Inspection,
    InspectionKind,
    Knob,
    Look,
    Message,
    Refused,
    Wish,
)
from vgviewer.runner.libraries import load_libraries

NAME = "vgviewer-run"  # of the thread
QUEUE_LENGTH = 128  # frames; when the window is slower than training, training waits and no frame is lost
POLL_SECONDS = 0.05  # how long a full queue may keep a stop waiting

NO_MEMORY = (
    "There was not enough memory. Take fewer or narrower layers, shorter sequences or a smaller batch."
)
TORCH_HAS_NO_MEMORY = "can't allocate memory"  # torch says it as a RuntimeError

State = Literal["loading", "running", "paused", "finished"]


class Run:
    """Trains an experiment in a daemon thread. Nothing here imports torch in the caller's thread."""

    def __init__(self, experiment: Experiment) -> None:
        self.experiment = experiment
        self.step_seconds = 0.0  # slow motion: the least time from one step to the next
        self._messages: queue.Queue[Message] = queue.Queue(QUEUE_LENGTH)
        self._wishes: deque[Wish] = deque()
        self._answers_due = 0
        self._goes = False
        self._step_granted = False
        self._next_step_at = 0.0  # on the monotonic clock
        self._steps_left: int | None = None
        self._turn = threading.Condition()  # guards the five above, and tells the worker of their changes
        self._stopping = threading.Event()
        self._ready = threading.Event()
        self._thread = threading.Thread(target=self._work, name=NAME, daemon=True)

    @property
    def state(self) -> State:
        """`finished` also before all messages are drained, and after a stop."""
        if not self._thread.is_alive() and self._thread.ident is not None:
            return "finished"
        if not self._goes:
            return "paused"
        return "running" if self._ready.is_set() else "loading"

    def start(self) -> None:
        """Starts the worker; it trains until it is paused, stopped or done."""
        self._goes = True
        self._thread.start()

    def start_paused(self) -> None:
        """Starts the worker; it waits for `step` or `resume`."""
        self._thread.start()

    def pause(self) -> None:
        """The step under way is finished first; steps asked for and not yet made are forgotten."""
        with self._turn:
            self._steps_left = None
            self._goes = False

    def resume(self) -> None:
        """Goes on from where it was paused."""
        with self._turn:
            self._steps_left = None
            self._goes = True
            self._turn.notify()

    def step(self, count: int = 1) -> None:
        """Makes `count` steps and pauses again."""
        with self._turn:
            self._steps_left = (self._steps_left or 0) + count
            self._goes = True
            self._turn.notify()

    def change(self, knob: Knob, value: float) -> None:
        """Turns a knob before the next step, also while paused; `Changed` answers.

        Raises ValueError, with the sentence to show, where nothing is there to act on or the value is out of limits.
        """
        sentence = refusal(self.experiment, knob, value)
        if sentence:
            raise ValueError(sentence)
        self._ask(Change(knob, value))

    def inspect(self, kind: InspectionKind) -> None:
        """Looks closely at the network as it is before the next step, also while paused; an inspection answers, or
        `Refused`. Raises ValueError for a kind that there is not."""
        if kind not in get_args(InspectionKind):
            raise ValueError(
                f"there is no inspection {kind}; take one of {', '.join(get_args(InspectionKind))}"
            )
        self._ask(Inspect(kind))

    def look(self) -> None:
        """Asks the next frame for its details."""
        self._wishes.append(Look())

    def stop(self) -> None:
        """Asks the worker to end; it sends nothing more."""
        self._stopping.set()
        with self._turn:
            self._turn.notify()

    def join(self, timeout_s: float) -> bool:
        """Waits for the worker to end; False when it is still inside torch after `timeout_s` seconds."""
        if self._thread.ident is not None:
            self._thread.join(timeout_s)
        return not self._thread.is_alive()

    def drain(self, limit: int = QUEUE_LENGTH) -> list[Message]:
        """The messages that came since the last call, at most `limit`, oldest first; never waits."""
        drained: list[Message] = []
        while len(drained) < limit:
            try:
                drained.append(self._messages.get_nowait())
            except queue.Empty:
                break
        return drained

    def _work(self) -> None:
        try:
            for message in self._train():
                if not self._hand_over(message):
                    return
        except NoDevice as error:
            self._hand_over(Failed(str(error)))
        except Exception as error:  # whatever torch says becomes a message: a worker must not die silently
            text = NO_MEMORY if lacks_memory(error) else f"Training stopped: {error}"
            self._hand_over(Failed(text, traceback.format_exc()))

    def _train(self) -> Iterator[Message]:
        load_libraries()
        from vgviewer.engine import train

        self._ready.set()
        messages = train(self.experiment, wishes=self._wishes)
        yield next(messages)  # Started makes no step
        while self._may_go():
            begun = time.monotonic()
            try:
                message = next(messages)
            except StopIteration:
                return
            with self._turn:
                if isinstance(message, Frame):
                    self._step_granted = False
                    self._next_step_at = begun + self.step_seconds
                elif isinstance(message, Changed | Inspection | Refused):
                    self._answers_due -= 1
            yield message

    def _ask(self, wish: Change | Inspect) -> None:
        if self.state == "finished":
            raise ValueError("the run has ended and answers no more; train again")
        with self._turn:
            self._wishes.append(wish)
            self._answers_due += 1
            self._turn.notify()

    def _may_go(self) -> bool:
        """Waits for a step that is granted or a wish that is to be answered; False when asked to stop."""
        with self._turn:
            while not (self._stopping.is_set() or self._answers_due or self._step_granted):
                left = self._next_step_at - time.monotonic()
                if self._goes and left <= 0:
                    self._grant_step()
                else:
                    self._turn.wait(left if self._goes else None)
        return not self._stopping.is_set()

    def _grant_step(self) -> None:
        self._step_granted = True
        if self._steps_left is not None:
            self._steps_left -= 1
            if self._steps_left <= 0:
                self._steps_left = None
                self._goes = False

    def _hand_over(self, message: Message) -> bool:
        while not self._stopping.is_set():
            try:
                self._messages.put(message, timeout=POLL_SECONDS)
                return True
            except queue.Full:
                continue
        return False


def lacks_memory(error: Exception) -> bool:
    """Whether a network was too large for this machine."""
    return isinstance(error, MemoryError) or TORCH_HAS_NO_MEMORY in str(error)


def warm_up() -> threading.Thread:
    """Imports torch in a daemon thread, so that the first run starts at once while the window stays alive."""
    thread = threading.Thread(target=_import_engine, name="vgviewer-warm-up", daemon=True)
    thread.start()
    return thread


def _import_engine() -> None:
    load_libraries()
    from vgviewer.engine import warm_up as warm_engine

    if all(thread.name != NAME for thread in threading.enumerate()):  # a run that has begun warms by itself
        warm_engine()
