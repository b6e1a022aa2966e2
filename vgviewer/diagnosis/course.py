"""How a run has gone so far: whether its loss is high, falls or runs away, against the run's own beginning."""

import math
from collections import deque
from collections.abc import Sequence
from statistics import median

import numpy as np
from numpy.typing import NDArray

from vgviewer.frames import Frame, Started

LEARNED = 0.5  # below this share of the baseline (or of the first loss) the loss is no longer high
# Of the baseline: only below it has a network learned something. Where nobody knows what has to be remembered, the
# baseline is a good answer already (the newest value, the newest character), and little below it is much.
BELOW_BASELINE, BELOW_GOOD = 0.9, 0.98
SMOOTHING = 0.1  # weight of the newest loss in the running mean: about the last ten steps
# Frames that tell whether a loss falls: half of those there are, within these bounds.
SHORTEST, LONGEST = 20, 100
CLEAR_FALL = 0.05  # of the loss, from the older half of those frames to the newer: less than that nobody sees
DOUBT = 2.0  # standard errors: a fall below them may be noise
FIRST = 5  # frames that tell what the loss and the gradient were to start from: one alone may be an odd batch
KEPT = 200  # frames

Sizes = NDArray[np.float32]


class Course:
    """Kept up frame by frame. Losses are without loss_scale; readings are float32 (L,), log10."""

    def __init__(self, started: Started) -> None:
        self.frames = 0
        self.before: Frame | None = None
        self.newest: Frame | None = None
        self.losses: deque[float] = deque(maxlen=KEPT)
        self.gradient_norms: deque[float] = deque(maxlen=KEPT)
        self.strikes: deque[bool] = deque(maxlen=KEPT)
        self.first_losses: list[float] = []
        self.first_norms: list[float] = []
        self.first_weights: Sizes | None = None
        self.moved = (
            0.0  # all steps together, each over the size of its weights, in the layer that moves most
        )
        self._baseline = started.baseline
        self.baseline_is_weak = not started.baseline_is_good
        self._mean: float | None = None
        self._falling: dict[int, bool] = {}  # what was found at the newest frame, by the number of frames

    def take(self, frame: Frame) -> None:
        """The next frame."""
        self.before, self.newest = self.newest, frame
        self.frames += 1
        self._falling.clear()
        self.strikes.append(frame.clipped)
        self.losses.append(frame.loss)
        if math.isfinite(frame.loss):
            self._mean = (
                frame.loss if self._mean is None else self._mean + SMOOTHING * (frame.loss - self._mean)
            )
            if len(self.first_losses) < FIRST:
                self.first_losses.append(frame.loss)
        if frame.gradient_norm is not None:
            self.gradient_norms.append(frame.gradient_norm)
            if len(self.first_norms) < FIRST:
                self.first_norms.append(frame.gradient_norm)
        if self.first_weights is None:
            self.first_weights = frame.readings.get("weight")
        ratios = frame.readings.get("update_ratio")
        if ratios is not None:
            self.moved += 10 ** min(float(np.fmax.reduce(ratios, initial=-np.inf)), 300.0)

    @property
    def reference(self) -> float | None:
        """The baseline, or the first loss where that is unknown; None before there is any."""
        return self._baseline if self._baseline is not None else next(iter(self.first_losses), None)

    @property
    def start(self) -> float | None:
        """What the loss was before the first step, or the baseline where that is larger. Where that is not known the
        first batch alone is too odd a measure."""
        if not self.first_losses:
            return self._baseline
        return (
            median(self.first_losses) if self._baseline is None else max(self._baseline, self.first_losses[0])
        )

    @property
    def mean(self) -> float:
        """The running mean of the loss."""
        return math.nan if self._mean is None else self._mean

    @property
    def loss_is_high(self) -> bool:
        """False once the network has learned. A loss that can be negative has no level: it counts as high."""
        reference = self.reference
        if reference is None or reference <= 0 or not math.isfinite(self.losses[-1]):
            return True
        return self.mean > LEARNED * reference

    def is_falling(self, frames: int | None = None) -> bool | None:
        """Whether the loss falls, clearly and not by chance, over the newest frames (or over so many); None where
        there are too few."""
        count = min(max(self.frames // 2, SHORTEST), LONGEST) if frames is None else frames
        if self.frames < count:
            return None
        if count not in self._falling:
            losses = list(self.losses)[-count:]
            self._falling[count] = falls(losses[: count // 2], losses[count // 2 :])
        return self._falling[count]

    @property
    def is_stuck(self) -> bool:
        """Whether the loss does not fall, or only falls to what can be reached without the input or the past."""
        falling = self.is_falling()
        if falling is None:
            return False
        return not falling or self.is_at_baseline

    @property
    def has_gained(self) -> bool:
        """Whether the network is clearly better than one that has learned nothing of the task."""
        return self.untaught is not None and self.mean < self.untaught

    @property
    def untaught(self) -> float | None:
        """The loss down to which the network is no better than one that has learned nothing of the task; None where
        a loss has no level."""
        reference = self.reference
        if reference is None or reference <= 0:
            return None
        return (BELOW_BASELINE if self.baseline_is_weak else BELOW_GOOD) * reference

    @property
    def is_at_baseline(self) -> bool:
        """Whether the network is no better than a baseline that takes no learning."""
        if self._baseline is None or not self.baseline_is_weak:
            return False
        return self.untaught is not None and self.mean > self.untaught


def falls(older: Sequence[float], newer: Sequence[float]) -> bool:
    """Whether the newer losses are clearly lower, by more than their scatter explains (a batch of one is noisy)."""
    before, after = np.array(older), np.array(newer)
    fall = before.mean() - after.mean()
    if not math.isfinite(fall):
        return False
    error = math.sqrt(before.var() / len(before) + after.var() / len(after))
    return bool(fall > max(CLEAR_FALL * abs(before.mean()), DOUBT * error))
