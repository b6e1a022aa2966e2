"""Training as a generator of messages: no thread, no window, usable in a notebook."""

import math
import time
from collections import deque
from collections.abc import Callable, Collection, Iterator
from dataclasses import replace
from functools import partial

import torch
from torch import Tensor

from vgviewer.engine.device import device
from vgviewer.engine.knobs import Knobs
from vgviewer.engine.loss import batch_first, metric, numbers, time_first
from vgviewer.engine.net import Net
from vgviewer.engine.norms import norms, together
from vgviewer.engine.omega import add_omega_
from vgviewer.engine.optimizer import build_optimizer, clip_, plain_rate, plain_step, step_
from vgviewer.engine.probe import Probe, sites
from vgviewer.engine.step import Backward, backward, forward
from vgviewer.experiment import Experiment
from vgviewer.experiment.training import ClipNorm
from vgviewer.frames import (
    QUANTITIES,
    Change,
    Changed,
    Finished,
    Frame,
    Inspect,
    Look,
    Message,
    Refused,
    Started,
    Wish,
)
from vgviewer.frames.messages import Reason
from vgviewer.tasks import Array, Pair, batches, test_set

METRIC_READINGS = 20  # parts of a run that begin with a reading; one more ends it


def train(
    experiment: Experiment,
    capture: Collection[str] = tuple(QUANTITIES),
    wishes: deque[Wish] | None = None,
    details: bool = False,
) -> Iterator[Message]:
    """Started, a Frame for each step, Finished. The experiment must have no problems.

    What is put into `wishes`, from any thread, is served before the next step; the same wishes at the same steps give
    the same bits. Raises NoDevice.

    `capture` names the quantities that frames shall hold; what is not named is not measured and costs nothing.
    With `details` every frame has them, otherwise those that are wished for.

    Sets torch to one thread in the thread that calls it; the same seed gives the same bits.
    """
    return Trainer(experiment, capture, details=details).messages(wishes)


class Trainer:
    """A run in the making; `net` is the network as it is now, after `step` updates. The metric is taken on `test`, so
    many rows at once as `test_rows` says."""

    def __init__(
        self,
        experiment: Experiment,
        capture: Collection[str] = tuple(QUANTITIES),
        dtype: torch.dtype = torch.float32,
        details: bool = False,
    ) -> None:
        torch.set_num_threads(1)  # with two threads on two busy cores small networks are many times slower
        experiment = experiment.settled()
        self.experiment = experiment
        self.step = 0
        self.closely = False  # whether the next frame shall hold its details
        self.device = device(experiment.training.device)
        self.net = Net(experiment, dtype).to(self.device)
        self.dtype = dtype
        self._capture = capture
        self._details = details
        training = experiment.training
        self._learned = self.net.learned()
        self._buffers = list(self.net.buffers())
        self._probe = Probe(self.net, experiment.task.inputs().timesteps or 0, capture)
        self._optimizer = build_optimizer(self._learned, training.optimizer) if self._learned else None
        self._knobs = Knobs(experiment, self.net, self._optimizer)
        self._clipped = 0
        self.batches = batches(experiment.task, training.batch_size, training.seed)
        self.test = test_set(experiment.task)
        self.test_rows = experiment.memory.test_rows
        self._waiting: Pair | None = None
        self._before: list[Tensor] = []
        self._statistics: list[Tensor] = []
        self._seconds = {"training": 0.0, "capture": 0.0}

    def batch(self) -> Pair:
        """The next batch, batch first; the run goes on behind it."""
        batch, self._waiting = self.coming_batch(), None
        return batch

    def coming_batch(self) -> Pair:
        """The batch of the step that comes next, to look at; the run still takes it."""
        if self._waiting is None:
            self._waiting = next(self.batches)
        return self._waiting

    def entering(self, x: Array) -> Tensor:
        """Samples as they enter the network: (T, B, F) or (B, F), in its precision."""
        return time_first(numbers(self.tensor(x), self.experiment.task.inputs().features, self.dtype))

    def tensor(self, array: Array) -> Tensor:
        """An array as it comes from a task, where the network is."""
        return torch.from_numpy(array).to(self.device)

    def messages(self, wishes: deque[Wish] | None = None) -> Iterator[Message]:
        """The whole run, from the network as it is now.

        Before a step, and before the end, all wishes that wait are served, each with one message but for Look: whoever
        has wished for an answer gets it as the next message, without a step. A run that ends because a number is not
        finite ends at once: no wish is served any more.
        """
        wishes = deque() if wishes is None else wishes
        yield self._started()
        patience = Patience(self.experiment)
        steps = self.experiment.training.steps
        reason: Reason = "done"
        while self.step < steps:
            yield from self._serve(wishes)
            begins_a_part = self.step * METRIC_READINGS // steps > (self.step - 1) * METRIC_READINGS // steps
            reading = self.measure() if begins_a_part else None
            frame, finite = self.advance()
            yield replace(frame, metric=reading)
            if not finite:
                yield self._finished("non_finite", None)
                return
            if reading is not None and patience.is_over(reading):
                reason = "early_stopping"
                break
        yield from self._serve(wishes)
        last = self.measure()
        if math.isfinite(last):
            yield self._finished(reason, last)
        else:  # the last update has thrown the weights too far
            self._restore()
            yield self._finished("non_finite", None)

    def advance(self) -> tuple[Frame, bool]:
        """One step; False where loss or gradient was not finite: then nothing is updated and the weights
        are the last with which the loss was finite."""
        begun = time.perf_counter()
        x, y = self.batch()
        if not self.net.training:
            self.net.train()
        self._statistics = [buffer.clone() for buffer in self._buffers]
        value = forward(self.experiment, self.net, self.entering(x), self.tensor(y))
        frame = Frame(self.step, float(value.detach()))
        self._probe.begin(1.0 if self.experiment.loss == "sum" else float(len(x)))
        finite = math.isfinite(frame.loss)
        if finite:
            frame, finite = self._learn(frame, value)
        else:
            self._restore()
            self._look(self._probe.outputs)
        self._seconds["training"] += time.perf_counter() - begun
        return replace(frame, readings=self._probe.finish()), finite

    def _learn(self, frame: Frame, value: Tensor) -> tuple[Frame, bool]:
        """The backward pass and, where all gradients are finite, the update; the frame with what that tells."""
        probe, closely = self._probe, self._details or self.closely
        found = backward(self.experiment, self.net, value, bool(self._capture) or closely, self._learned)
        each = norms(found.learned)
        self._look(probe.outputs, probe.weights, partial(probe.gradients, found, each))
        if closely:
            self._look(partial(probe.look_closely, found))
            self.closely = False
            frame = replace(frame, details=probe.details)
        if self.experiment.training.omega is not None:
            add_omega_(self.experiment, self.net, self._learned, found.learned)
            each = norms(found.learned)
        size = together(each)
        if not math.isfinite(size):
            return frame, False
        struck = self._update(found, size)
        rate = None if struck else plain_rate(self._optimizer)
        before = dict(zip(map(id, self._learned), self._before, strict=True))
        self._look(partial(probe.updates, before, None if rate is None else rate * each))
        self.step += 1
        return replace(frame, clipped=struck, gradient_norm=size), True

    def measure(self) -> float:
        """The metric on the test set, in evaluation mode; NaN where an output is not finite."""
        self.net.eval()
        x, y = self.test
        total = 0.0
        for start in range(0, len(x), self.test_rows):
            rows = slice(start, start + self.test_rows)
            with torch.no_grad():
                output = batch_first(self.net(self.entering(x[rows])))
            if not torch.isfinite(output).all():
                return math.nan
            total += metric(self.experiment, output, self.tensor(y[rows])) * len(output)
        return total / len(x)

    def _update(self, found: Backward, size: float) -> bool:
        """One step of the optimizer; whether clipping struck. `size` is the norm of all gradients together."""
        struck = clip_(found.learned, self._knobs.clip, size)
        self._clipped += struck
        rate = plain_rate(self._optimizer)
        self._before = []  # makes room: the weights as they are have proved to be good
        if rate is not None:
            self._before = plain_step(self._learned, found.learned, rate)
        elif self._optimizer is not None:
            self._before = [parameter.detach().clone() for parameter in self._learned]
            for parameter, gradient in zip(self._learned, found.learned, strict=True):
                parameter.grad = gradient
            step_(self._optimizer)
        for parameter in self._learned:
            parameter.grad = None  # the next backward pass needs the room
        return struck

    def _restore(self) -> None:
        """The parameters as before the last update, if there was one; the buffers as before the last forward pass."""
        with torch.no_grad():
            for parameter, before in zip(self._learned, self._before, strict=False):
                parameter.copy_(before)
            for buffer, before in zip(self._buffers, self._statistics, strict=True):
                buffer.copy_(before)

    def _look(self, *looks: Callable[[], None]) -> None:
        """Measures, and keeps the time apart from that of training."""
        if not self._capture and not self._details and not self.closely:
            return
        begun = time.perf_counter()
        for look in looks:
            look()
        spent = time.perf_counter() - begun
        self._seconds["capture"] += spent
        self._seconds["training"] -= spent

    def _serve(self, wishes: deque[Wish]) -> Iterator[Message]:
        while wishes:
            match wishes.popleft():
                case Change() as change:
                    self._knobs.turn(change)
                    yield Changed(self.step, change.knob, change.value)
                case Inspect(kind=kind):
                    from vgviewer.engine.inspections import INSPECTIONS  # which look at trainers

                    try:
                        yield INSPECTIONS[kind](self)
                    except (RuntimeError, MemoryError) as error:  # torch's, of memory and of linear algebra
                        yield Refused(self.step, kind, str(error))
                case Look():
                    self.closely = True

    def _started(self) -> Started:
        experiment = self.experiment
        baseline = experiment.baseline
        return Started(
            sites=sites(self.net),
            timesteps=experiment.task.inputs().timesteps or 0,
            steps=experiment.training.steps,
            metric_name=experiment.metric,
            baseline=baseline.loss if baseline else None,
            baseline_text=baseline.text if baseline else "",
            baseline_is_good=baseline is not None and baseline.is_good,
            dependency=experiment.dependency,
            truncate=experiment.training.truncate,
            goal=experiment.task.goal(),
            clip=clip.value if isinstance(clip := experiment.training.clip, ClipNorm) else None,
        )

    def _finished(self, reason: Reason, reading: float | None) -> Finished:
        spent = self._seconds
        return Finished(self.step, reason, reading, spent["training"], spent["capture"], self._clipped)


class Patience:
    """Early stopping: over when the metric has not improved for so many readings."""

    def __init__(self, experiment: Experiment) -> None:
        self._stopping = experiment.training.early_stopping
        self._sign = 1 if experiment.metric == "accuracy" else -1
        self._best = -float("inf")
        self._waited = 0

    def is_over(self, reading: float) -> bool:
        """Takes the next reading of the metric."""
        if self._stopping is None:
            return False
        goodness = self._sign * reading
        if goodness > self._best + self._stopping.min_delta:
            self._best, self._waited = goodness, 0
        else:
            self._waited += 1
        return self._waited >= self._stopping.patience
