"""One forward and backward pass with every gradient kept."""

from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from vgviewer.engine.build.recurrent import RecurrentPart
from vgviewer.engine.loss import batch_first, loss
from vgviewer.engine.net import Net
from vgviewer.experiment import Experiment


@dataclass
class Backward:
    """Gradients of loss_scale · L: of each layer's output (total derivatives), of its weights as they were
    multiplied with, and of what the optimizer changes (the same tensors, unless a layer is parametrized)."""

    outputs: dict[str, Tensor]
    weights: dict[str, dict[str, Tensor]]
    learned: list[Tensor]


def forward(experiment: Experiment, net: Net, x: Tensor, y: Tensor) -> Tensor:
    """The loss L of a batch, without loss_scale; x is time first."""
    return loss(experiment, batch_first(net(x)), y)


def backward(
    experiment: Experiment,
    net: Net,
    value: Tensor,
    capture: bool = True,
    learned: Sequence[Tensor] | None = None,
) -> Backward:
    """All gradients of the last forward pass; without `capture` those of what is learned alone.

    `learned` are the network's, from those who have the list: to gather it takes longer than a small layer's step.
    """
    learned = net.learned() if learned is None else learned
    if not capture:
        return Backward({}, {}, [found.contiguous() for found in _gradients(experiment, value, learned)])
    of: dict[int, Tensor] = {id(tensor): tensor for tensor in learned}
    of |= {id(tensor): tensor for part in net.parts.values() for tensor in part.weights.values()}
    of |= {id(output): output for output in net.outputs.values() if output.requires_grad}
    gradients = dict(zip(of, _gradients(experiment, value, list(of.values())), strict=True))
    weights = {
        place: {name: gradients[id(tensor)] for name, tensor in part.weights.items()}
        for place, part in net.parts.items()
    }
    outputs = {}
    for place, output in net.outputs.items():
        part = net.parts[place]
        gradient = gradients[id(output)] if output.requires_grad else torch.zeros_like(output)
        outputs[place] = part.tape.state_gradient if isinstance(part, RecurrentPart) else gradient
    # contiguous: torch 2.13's fused SGD on the CPU takes a transposed gradient for what its memory looks like
    return Backward(outputs, weights, [gradients[id(tensor)].contiguous() for tensor in learned])


def _gradients(experiment: Experiment, value: Tensor, of: Sequence[Tensor]) -> list[Tensor]:
    if not of:
        return []
    found = torch.autograd.grad(experiment.training.loss_scale * value, of, allow_unused=True)
    return [
        torch.zeros_like(tensor) if gradient is None else gradient
        for tensor, gradient in zip(of, found, strict=True)
    ]
