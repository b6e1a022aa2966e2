"""A run without a thread: messages that were made by hand, handed over a few at a time."""

from collections.abc import Sequence

import numpy as np

from vgviewer.experiment import Experiment
from vgviewer.experiment.knobs import refusal
from vgviewer.frames import Changed, Finished, Frame, InspectionKind, Knob, Message, Site, Started
from vgviewer.network import Network
from vgviewer.network.layers.last_step import LastStep
from vgviewer.network.layers.rnn import Rnn
from vgviewer.runner.run import State
from vgviewer.tasks import Adding

SITES = (
    Site("rnn1", "rnn", recurrent=True, has_weights=True),
    Site("last1", "last_step"),
    Site("output", "output"),
)
TIMESTEPS = 20


def experiment(name: str = "A small network", units: int = 4) -> Experiment:
    """A recurrent layer on the adding problem, without problems."""
    layers = (Rnn(id="rnn1", units=units), LastStep(id="last1"))
    return Experiment(name=name, network=Network(layers=layers), task=Adding(length=TIMESTEPS))


def messages(frames: int = 30, end: Message | None = None) -> list[Message]:
    """Started, so many frames of a signal that vanishes in time, and the end."""
    started = Started(SITES, TIMESTEPS, frames, "mse", 1 / 6, "ignoring the past: 1/6", True)
    return [started, *(frame(step) for step in range(frames)), end or Finished(frames, "done")]


def frame(step: int) -> Frame:
    """The first layer gets 10⁻⁵ of what the head gets, the first timestep 10⁻¹⁹ of the last."""
    sizes = np.array([-6.0, -1.5, -1.0], np.float32)
    state = np.full((3, TIMESTEPS), np.nan, np.float32)
    state[0] = np.arange(TIMESTEPS) - TIMESTEPS
    transport = np.full((3, TIMESTEPS), np.nan, np.float32)
    transport[0, :-1] = -1
    readings = dict.fromkeys(("output_gradient", "weight_gradient", "output", "weight", "update"), sizes)
    times = {"state_gradient": state, "cell_gradient": np.full_like(state, np.nan), "transport": transport}
    return Frame(step, 0.2, readings=readings | times)


class HandRun:
    """Stands in for runner.Run; every drain while it runs gives the next few messages."""

    made: "list[HandRun]" = []  # noqa: RUF012  (emptied by the fixture that offers it)
    script: Sequence[Message] = ()
    per_drain = 4

    def __init__(self, experiment: Experiment) -> None:
        self.experiment = experiment
        self.step_seconds = 0.0
        self.calls: list[str] = []
        self.asked: list[str] = []  # what is to be measured
        self._left = list(self.script)
        self._answers: list[Message] = []
        self._made_steps = 0
        self._runs = False
        self._steps = 0
        HandRun.made.append(self)

    @property
    def state(self) -> State:
        if not self._left or "stop" in self.calls:
            return "finished"
        return "running" if self._runs or self._steps else "paused"

    def start(self) -> None:
        self.calls.append("start")
        self._runs = True

    def start_paused(self) -> None:
        self.calls.append("start_paused")

    def pause(self) -> None:
        self.calls.append("pause")
        self._runs = False

    def resume(self) -> None:
        self.calls.append("resume")
        self._runs = True

    def step(self, count: int = 1) -> None:
        self.calls.append("step")
        self._steps += count

    def change(self, knob: Knob, value: float) -> None:
        sentence = refusal(self.experiment, knob, value)
        if sentence:
            raise ValueError(sentence)
        self.calls.append(f"{knob} {value:g}")
        self._answers.append(Changed(self._made_steps, knob, value))

    def inspect(self, kind: InspectionKind) -> None:
        if self.state == "finished":
            raise ValueError("the run has ended and answers no more; train again")
        self.asked.append(kind)

    def look(self) -> None:
        self.asked.append("details")

    def stop(self) -> None:
        self.calls.append("stop")

    def join(self, timeout_s: float) -> bool:
        return True

    def drain(self, limit: int = 64) -> list[Message]:
        count = self.per_drain if self._runs else self._steps
        if self._left and isinstance(self._left[0], Started) and "stop" not in self.calls:
            count += 1
        self._steps = 0
        drained, self._left = self._left[:count], self._left[count:]
        answers, self._answers = self._answers, []
        self._made_steps += sum(isinstance(message, Frame) for message in drained)
        return [*answers, *drained]
