"""What is true at one step: sizes of gradients from an unrolled network in double precision, and units that are dead
on many samples. Nothing here knows of the program's rules, its probe or its frames."""

from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np
import torch
from torch import Tensor

from tests.engine.reference import Unrolled

Arrays = Mapping[str, np.ndarray]
CELLS = {"lstm": "cell"}  # where the memory lives; a state elsewhere


class Reading(NamedTuple):
    """The numbers of one step (before its update); None where there is nothing to measure.

    `depth`: the smallest size of ∂L/∂(output) of a layer that holds weights, over that of the one nearest the loss
    (a sequence counts by its largest timestep); `depth_growth`: the largest. `time`: what is left, after as many
    timesteps as the task needs, of the gradient that enters the state at the last timestep, in the recurrent layer
    that keeps most; `time_growth`: the most that it becomes on its way to the first. `dead`: the share of relu units
    that are 0 on all samples, in the layer where it is largest.
    """

    step: int
    depth: float | None = None
    depth_growth: float | None = None
    time: float | None = None
    time_growth: float | None = None
    dead: float | None = None


def gradients_of(preset: Mapping[str, Any], arrays: Arrays, dependency: int | None) -> Reading:
    """The four ratios; `arrays` holds x, y and all param/… as the program's own gradient files do."""
    net = Unrolled(preset, arrays)
    net.loss.backward(retain_graph=True)
    sizes = layer_sizes(net)
    ratios = [size / sizes[-1] for size in sizes[:-1]] if sizes and sizes[-1] > 0 else []
    left, grown = along_time(net, dependency)
    return Reading(0, min(ratios, default=None), max(ratios, default=None), left, grown)


def layer_sizes(net: Unrolled) -> list[float]:
    """The size of ∂L/∂(output) of each layer that holds weights, from the input on, the head not counted."""
    holding = {key.split("/")[1] for key in net.params}
    return [
        max(size(step) for step in timesteps(net.kept[f"output/{layer['id']}"]))
        for layer in net.network["layers"]
        if layer["id"] in holding
    ]


def along_time(net: Unrolled, dependency: int | None) -> tuple[float | None, float | None]:
    """What is left after `dependency` hops, and the most that it grows to, of what the last timestep alone gives.

    The direct gradient of the last state nearest the loss is sent back anew: no other timestep adds to it.
    """
    recurrent = [layer for layer in net.network["layers"] if layer["id"] in net.along_time]
    if not recurrent:
        return None, None
    entering = net.kept[f"output/{recurrent[-1]['id']}"][-1]
    direct = gradient(entering).clone()
    for tensors in net.kept.values():
        for tensor in tensors:
            tensor.grad = None
    (entering * direct).sum().backward()
    left, grown = [], []
    for layer in recurrent:
        states = net.kept[f"{CELLS.get(layer['type'], 'output')}/{layer['id']}"]
        sizes = [size(gradient(state)) for state in states]
        if sizes[-1] > 0:
            grown.append(max(sizes) / sizes[-1])
            if dependency is not None:
                left.append(sizes[max(len(sizes) - 1 - dependency, 0)] / sizes[-1])
    return max(left, default=None), max(grown, default=None)


def dead_share(preset: Mapping[str, Any], arrays: Arrays) -> tuple[float, float | None]:
    """The loss without its scale, and the share of relu units that are 0 on all samples (and timesteps) of x, in the
    layer where it is largest; None without relus."""
    net = Unrolled(preset, arrays)
    shares = []
    for layer in net.network["layers"]:
        if "relu" in (layer.get("activation"), layer.get("function")):
            outputs = torch.stack(net.kept[f"output/{layer['id']}"]).flatten(0, -2)
            shares.append(float((outputs <= 0).all(0).double().mean()))
    return float(net.loss.detach()) / net.training.get("loss_scale", 1.0), max(shares, default=None)


def timesteps(tensors: list[Tensor]) -> list[Tensor]:
    """The gradients of each timestep: of a recurrent layer's states, or of a layer (B, T, H) applied along time."""
    found = [gradient(tensor) for tensor in tensors]
    return list(found[0].unbind(1)) if len(found) == 1 and found[0].dim() == 3 else found


def gradient(tensor: Tensor) -> Tensor:
    """Zero where none arrived."""
    return torch.zeros_like(tensor) if tensor.grad is None else tensor.grad


def size(tensor: Tensor) -> float:
    """Root mean square; scaled, so that nothing underflows."""
    largest = float(tensor.abs().max())
    return largest * float((tensor / largest).square().mean().sqrt()) if largest > 0 else 0.0
