"""One batch's exact gradients and all that is needed to recompute them: the contract's `.npz`."""

from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from vgviewer.engine.build.feed_forward import DropoutPart
from vgviewer.engine.build.recurrent import RecurrentPart
from vgviewer.engine.loss import batch_first, numbers, time_first
from vgviewer.engine.step import backward, forward
from vgviewer.engine.train import Trainer
from vgviewer.experiment import Experiment

Arrays = dict[str, NDArray[Any]]


class Diverged(Exception):
    """Training came to a loss or gradient that is not finite, after `step` updates."""

    def __init__(self, step: int) -> None:
        super().__init__(f"after {step} steps a number is not finite")
        self.step = step


def gradients(experiment: Experiment, steps: int = 0, float64: bool = False) -> Arrays:
    """Trains `steps` steps, then keeps everything of the next batch, by the contract's keys (section 4).

    Floating arrays are float32, or float64 when asked; batch first; of loss_scale · L, before clipping. Training
    is done in that precision; the batch itself always in float64 and then rounded: where a network is chaotic,
    float32 states would go their own way within some tens of timesteps, and nobody could recompute them.
    Raises Diverged when training does not get that far.
    """
    trainer = Trainer(experiment, capture=(), dtype=torch.float64 if float64 else torch.float32)
    for _ in range(steps):
        if not trainer.advance()[1]:
            raise Diverged(trainer.step)
    arrays = everything(trainer, torch.float64)
    return arrays if float64 else {key: _single(array) for key, array in arrays.items()}


def everything(trainer: Trainer, dtype: torch.dtype) -> Arrays:
    """All arrays of the trainer's next batch, computed in `dtype`, to which the network is changed."""
    experiment = trainer.experiment
    x, y = (trainer.tensor(array) for array in trainer.batch())
    entering = numbers(x, experiment.task.inputs().features, dtype)
    first = next(iter(experiment.network.layers), None)
    x = x if first is not None and first.takes_symbols else entering
    y = y.to(dtype) if y.is_floating_point() else y
    trainer.net.settle()
    net = trainer.net.to(dtype).train()
    value = forward(experiment, net, time_first(entering), y)
    found = backward(experiment, net, value)
    arrays = {"x": _array(x), "y": _array(y), "loss": _array(experiment.training.loss_scale * value)}
    for place, part in net.parts.items():
        arrays[f"output/{place}"] = _outgoing(net.outputs[place])
        arrays[f"output_grad/{place}"] = _outgoing(found.outputs[place])
        for name, weight in part.weights.items():
            arrays[f"param/{place}/{name}"] = _array(weight)
            arrays[f"grad/{place}/{name}"] = _array(found.weights[place][name])
        if isinstance(part, RecurrentPart):
            arrays |= _of_recurrent(place, part)
        if isinstance(part, DropoutPart) and part.mask is not None:
            arrays[f"mask/{place}"] = _outgoing(part.mask)
    return arrays


def _of_recurrent(place: str, part: RecurrentPart) -> Arrays:
    tape = part.tape
    arrays: Arrays = {}
    if tape.cell is not None and tape.cell_gradient is not None:
        arrays[f"cell/{place}"] = _outgoing(tape.cell)
        arrays[f"cell_grad/{place}"] = _outgoing(tape.cell_gradient)
    for gate, values in tape.gates.items():
        arrays[f"gate/{place}/{gate}"] = _outgoing(values)
        arrays[f"gate_grad/{place}/{gate}"] = _outgoing(tape.gate_gradients[gate])
    return arrays


def _single(array: NDArray[Any]) -> NDArray[Any]:
    with np.errstate(over="ignore"):  # what float32 cannot hold becomes infinite
        return array.astype(np.float32) if array.dtype == np.float64 else array


def _outgoing(x: Tensor) -> NDArray[Any]:
    return np.ascontiguousarray(_array(batch_first(x)))


def _array(x: Tensor) -> NDArray[Any]:
    array: NDArray[Any] = x.detach().cpu().numpy().copy()
    return array
