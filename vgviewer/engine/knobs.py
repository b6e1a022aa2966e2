"""Turning knobs between two steps."""

import torch

from vgviewer.engine.build.feed_forward import DropoutPart
from vgviewer.engine.build.recurrent import RecurrentPart
from vgviewer.engine.net import Net
from vgviewer.experiment import Experiment
from vgviewer.experiment.knobs import refusal
from vgviewer.experiment.training import Clip, ClipNorm
from vgviewer.frames.wishes import Change


class Knobs:
    """As they stand: `clip` is read at every step, the others are turned in the network and the optimizer."""

    def __init__(self, experiment: Experiment, net: Net, optimizer: torch.optim.Optimizer | None) -> None:
        self.clip: Clip | None = experiment.training.clip
        self._experiment = experiment
        self._net = net
        self._optimizer = optimizer
        self._gain = 1.0

    def turn(self, change: Change) -> None:
        """Raises ValueError where there is nothing to act on, or the value is out of its limits."""
        sentence = refusal(self._experiment, change.knob, change.value)
        if sentence:
            raise ValueError(sentence)
        match change.knob:
            case "lr":
                for group in self._optimizer.param_groups if self._optimizer else ():
                    group["lr"] = change.value
            case "clip":
                kind = self._experiment.training.clip or ClipNorm()
                self.clip = kind.replace(value=change.value) if change.value > 0 else None
            case "recurrent_gain":
                self._scale(change.value / self._gain)
                self._gain = change.value
            case "dropout":
                for part in self._net.parts.values():
                    if isinstance(part, DropoutPart):
                        part.p = change.value

    def _scale(self, factor: float) -> None:
        with torch.no_grad():
            for part in self._net.parts.values():
                if isinstance(part, RecurrentPart) and getattr(part.layer, "parametrization", None) is None:
                    part.get_parameter("weight_hh").mul_(factor)
