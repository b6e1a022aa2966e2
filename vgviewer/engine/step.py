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
    """Gradients of loss_scale · L: of each layer's output (total derivatives) and of its parameters, in their order."""

    outputs: dict[str, Tensor]
    parameters: dict[str, list[Tensor]]


def forward(experiment: Experiment, net: Net, x: Tensor, y: Tensor) -> Tensor:
    """The loss L of a batch, without loss_scale; x is time first."""
    return loss(experiment, batch_first(net(x)), y)


def backward(experiment: Experiment, net: Net, value: Tensor, capture: bool = True) -> Backward:
    """All gradients of the last forward pass; without `capture` those of the parameters alone."""
    parameters = [p for part in net.parts.values() for p in part.parameters()]
    outputs = [output for output in net.outputs.values() if output.requires_grad] if capture else []
    found = torch.autograd.grad(
        experiment.training.loss_scale * value, [*parameters, *outputs], allow_unused=True
    )
    gradients = [
        torch.zeros_like(of) if gradient is None else gradient
        for of, gradient in zip([*parameters, *outputs], found, strict=True)
    ]
    waiting = iter(gradients)
    of_parameters = {place: [next(waiting) for _ in part.parameters()] for place, part in net.parts.items()}
    of_outputs: dict[str, Tensor] = {}
    if capture:
        for place, output in net.outputs.items():
            part = net.parts[place]
            gradient = next(waiting) if output.requires_grad else torch.zeros_like(output)
            of_outputs[place] = part.tape.state_gradient if isinstance(part, RecurrentPart) else gradient
    return Backward(of_outputs, of_parameters)
