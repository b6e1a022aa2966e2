"""One forward and backward pass with every gradient kept."""

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


def backward(experiment: Experiment, net: Net, value: Tensor, capture: bool = True) -> Backward:
    """All gradients of the last forward pass; without `capture` those of what is learned alone."""
    of: dict[int, Tensor] = {id(tensor): tensor for tensor in net.learned()}
    if capture:
        of |= {id(tensor): tensor for part in net.parts.values() for tensor in part.weights.values()}
        of |= {id(output): output for output in net.outputs.values() if output.requires_grad}
    scaled = experiment.training.loss_scale * value
    found = torch.autograd.grad(scaled, list(of.values()), allow_unused=True) if of else ()
    gradients = {
        key: torch.zeros_like(tensor) if gradient is None else gradient
        for (key, tensor), gradient in zip(of.items(), found, strict=True)
    }
    learned = [gradients[id(tensor)] for tensor in net.learned()]
    if not capture:
        return Backward({}, {}, learned)
    weights = {
        place: {name: gradients[id(tensor)] for name, tensor in part.weights.items()}
        for place, part in net.parts.items()
    }
    outputs = {}
    for place, output in net.outputs.items():
        part = net.parts[place]
        gradient = gradients[id(output)] if output.requires_grad else torch.zeros_like(output)
        outputs[place] = part.tape.state_gradient if isinstance(part, RecurrentPart) else gradient
    return Backward(outputs, weights, learned)
