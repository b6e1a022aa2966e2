"""What other tools would see of a run: parameters one by one, and the units of each layer."""

import math

import numpy as np
import torch
from torch import Tensor

from vgviewer.engine.inspections.rehearsal import duplicate
from vgviewer.engine.net import Net
from vgviewer.engine.probe.activity import activation_of
from vgviewer.engine.step import backward, forward
from vgviewer.engine.train import Trainer
from vgviewer.frames.snapshot import Floats, Snapshot

# the ends of the outputs of functions that have two
RANGES = {
    "sigmoid": (0.0, 1.0),
    "tanh": (-1.0, 1.0),
    "hard_tanh": (-1.0, 1.0),
    "softsign": (-1.0, 1.0),
    "erf": (-1.0, 1.0),
}


class Snapshots:
    """Looks at a run before each of its steps, on a copy of the network: the run does not notice."""

    def __init__(self, trainer: Trainer) -> None:
        self._trainer = trainer
        learned = {id(parameter) for parameter in trainer.net.learned()}
        self._names = tuple(
            f"{place}/{name}"
            for place, part in trainer.net.parts.items()
            for name, parameter in part.named_parameters()
            if id(parameter) in learned
        )
        self._before: list[Tensor] = []

    def take(self) -> Snapshot:
        """Of the coming step; the update before it is known where the last snapshot was of the step before."""
        trainer = self._trainer
        x, y = trainer.coming_batch()
        net = duplicate(trainer.net).train()
        learned = net.learned()
        value = forward(trainer.experiment, net, trainer.entering(x), trainer.tensor(y))
        gradients = backward(trainer.experiment, net, value, capture=False, learned=learned).learned
        weights = [parameter.detach().double() for parameter in learned]
        before, self._before = self._before, weights
        gradients = [gradient.double() for gradient in gradients]
        outputs = _hidden_outputs(net)
        return Snapshot(
            step=trainer.step,
            loss=float(value.detach()),
            metric=math.nan,
            names=self._names,
            counts=np.array([weight.numel() for weight in weights]),
            is_weight=np.array([weight.dim() > 1 for weight in weights]),
            mean_gradient=_numbers([gradient.abs().mean() for gradient in gradients]),
            gradient_norm=_numbers([torch.linalg.vector_norm(gradient) for gradient in gradients]),
            zeros=_numbers([(gradient == 0).double().mean() for gradient in gradients]),
            finite=np.array([bool(gradient.isfinite().all()) for gradient in gradients]),
            variance=_numbers([weight.var(correction=0) for weight in weights]),
            update_ratio=_update_ratios(weights, before),
            activity=tuple(_each_unit(rows > 0) for name, rows in outputs if name == "relu"),
            beyond=tuple(_each_unit(rows.abs() >= 1) for name, rows in outputs if name == "tanh"),
            rho=tuple(_rho(name, rows) for name, rows in outputs if name in RANGES),
        )


def _hidden_outputs(net: Net) -> list[tuple[str | None, Tensor]]:
    """Of each layer but the head: the function that gives its output, and the output (rows, units)."""
    return [
        (activation_of(part), net.outputs[place].detach().flatten(0, -2))
        for place, part in net.parts.items()
        if place != "output"
    ]


def _rho(name: str, rows: Tensor) -> Floats:
    low, high = RANGES[name]
    return _each_unit((2 * (rows - low) / (high - low) - 1).abs())


def _each_unit(rows: Tensor) -> Floats:
    means: Floats = rows.double().mean(0).numpy(force=True)
    return means


def _update_ratios(weights: list[Tensor], before: list[Tensor]) -> Floats:
    """Mean |Δw| / mean |w|; NaN where there is no update before, or all of w is 0."""
    if not before:
        return np.full(len(weights), np.nan)
    changed = _numbers([(now - then).abs().mean() for now, then in zip(weights, before, strict=True)])
    size = _numbers([then.abs().mean() for then in before])
    ratios: Floats = np.divide(changed, size, out=np.full(len(weights), np.nan), where=size > 0)
    return ratios


def _numbers(values: list[Tensor]) -> Floats:
    found: Floats = torch.stack(values).numpy(force=True)
    return found
