"""Training as a generator of messages: no thread, no window, usable in a notebook."""

import math
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial

import torch
from torch import Tensor

from vgviewer.engine.loss import batch_first, metric, numbers, time_first
from vgviewer.engine.net import Net
from vgviewer.engine.optimizer import build_optimizer, clip_
from vgviewer.engine.probe import Probe, sites
from vgviewer.engine.step import Backward, backward, forward
from vgviewer.experiment import Experiment
from vgviewer.frames import Finished, Frame, Message, Started
from vgviewer.frames.messages import Reason
from vgviewer.tasks import Array, Pair, batches, test_set

METRIC_READINGS = 20  # parts of a run that begin with a reading; one more ends it


def train(experiment: Experiment, capture: bool = True) -> Iterator[Message]:
    """Started, a Frame for each step, Finished. The experiment must have no problems.

    Sets torch to one thread in the thread that calls it; the same seed gives the same bits.
    """
    return Trainer(experiment, capture).messages()


class Trainer:
    """A run in the making; `net` is the network as it is now, after `step` updates."""

    def __init__(
        self, experiment: Experiment, capture: bool = True, dtype: torch.dtype = torch.float32
    ) -> None:
        torch.set_num_threads(1)  # with two threads on two busy cores small networks are many times slower
        self.experiment = experiment
        self.step = 0
        self.net = Net(experiment, dtype)
        self.dtype = dtype
        self._capture = capture
        training = experiment.training
        self._learned = self.net.learned()
        self._optimizer = build_optimizer(self._learned, training.optimizer) if self._learned else None
        self._batches = batches(experiment.task, training.batch_size, training.seed)
        self._test = test_set(experiment.task)
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
            self._waiting = next(self._batches)
        return self._waiting

    def entering(self, x: Array) -> Tensor:
        """Samples as they enter the network: (T, B, F) or (B, F), in its precision."""
        return time_first(numbers(torch.from_numpy(x), self.experiment.task.inputs().features, self.dtype))

    def messages(self) -> Iterator[Message]:
        """The whole run, from the network as it is now."""
        yield self._started()
        patience = Patience(self.experiment)
        steps = self.experiment.training.steps
        while self.step < steps:
            begins_a_part = self.step * METRIC_READINGS // steps > (self.step - 1) * METRIC_READINGS // steps
            reading = self.measure() if begins_a_part else None
            frame, finite = self.advance()
            yield replace(frame, metric=reading)
            if not finite:
                yield self._finished("non_finite", None)
                return
            if reading is not None and patience.is_over(reading):
                yield self._finished("early_stopping", self.measure())
                return
        last = self.measure()
        if math.isfinite(last):
            yield self._finished("done", last)
        else:  # the last update has thrown the weights too far
            self._restore()
            yield self._finished("non_finite", None)

    def advance(self) -> tuple[Frame, bool]:
        """One step; False where loss or gradient was not finite: then nothing is updated and the weights
        are the last with which the loss was finite."""
        begun = time.perf_counter()
        x, y = self.batch()
        self.net.train()
        self._statistics = [buffer.clone() for buffer in self.net.buffers()]
        value = forward(self.experiment, self.net, self.entering(x), torch.from_numpy(y))
        frame = Frame(self.step, float(value.detach()))
        probe = self._probe(len(x))
        finite = bool(torch.isfinite(value))
        if not finite:
            self._restore()
            self._look(probe.outputs)
        else:
            found = backward(self.experiment, self.net, value, self._capture)
            self._look(probe.outputs, probe.weights, partial(probe.gradients, found))
            finite = all(bool(torch.isfinite(gradient).all()) for gradient in found.learned)
            if finite:
                weights = [
                    w.detach().clone() for part in self.net.parts.values() for w in part.weights.values()
                ]
                struck = self._update(found)
                self._look(partial(probe.updates, weights))
                frame = replace(frame, clipped=struck)
                self.step += 1
        self._seconds["training"] += time.perf_counter() - begun
        return replace(frame, readings=probe.finish() if self._capture else {}), finite

    def measure(self) -> float:
        """The metric on the test set, in evaluation mode; NaN where an output is not finite."""
        self.net.eval()
        x, y = self._test
        with torch.no_grad():
            output = batch_first(self.net(self.entering(x)))
        if not torch.isfinite(output).all():
            return math.nan
        return metric(self.experiment, output, torch.from_numpy(y))

    def _update(self, found: Backward) -> bool:
        """One step of the optimizer; whether clipping struck."""
        self._before = [parameter.detach().clone() for parameter in self.net.parameters()]
        for parameter, gradient in zip(self._learned, found.learned, strict=True):
            parameter.grad = gradient
        struck = clip_(found.learned, self.experiment.training.clip)
        if self._optimizer is not None:
            self._optimizer.step()
        return struck

    def _restore(self) -> None:
        """The parameters as before the last update, if there was one; the buffers as before the last forward pass."""
        with torch.no_grad():
            for parameter, before in zip(self.net.parameters(), self._before, strict=False):
                parameter.copy_(before)
            for buffer, before in zip(self.net.buffers(), self._statistics, strict=True):
                buffer.copy_(before)

    def _look(self, *looks: Callable[[], None]) -> None:
        """Measures, and keeps the time apart from that of training."""
        if not self._capture:
            return
        begun = time.perf_counter()
        for look in looks:
            look()
        spent = time.perf_counter() - begun
        self._seconds["capture"] += spent
        self._seconds["training"] -= spent

    def _probe(self, samples: int) -> Probe:
        factor = 1.0 if self.experiment.loss == "sum" else float(samples)
        return Probe(self.net, self.experiment.task.inputs().timesteps or 0, factor)

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
            dependency=experiment.task.dependency(),
        )

    def _finished(self, reason: Reason, reading: float | None) -> Finished:
        return Finished(self.step, reason, reading, self._seconds["training"], self._seconds["capture"])


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
        self._waited = 0 if goodness > self._best + self._stopping.min_delta else self._waited + 1
        self._best = max(self._best, goodness)
        return self._waited >= self._stopping.patience
