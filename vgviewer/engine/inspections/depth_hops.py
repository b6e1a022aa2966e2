"""The hops from each layer to the one below, from the output head down."""

from collections.abc import Iterator
from itertools import pairwise
from math import sqrt

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional as f

from vgviewer.engine.build.feed_forward import DensePart, SkipPart
from vgviewer.engine.build.part import Part
from vgviewer.engine.build.recurrent import RecurrentPart
from vgviewer.engine.inspections.rehearsal import Rehearsal
from vgviewer.engine.inspections.sizes import Floats, norms, ratio, shares
from vgviewer.frames.inspections import Hops

Ratios = dict[str, Floats]
# the gradient of one answer is spread over all timesteps
ENDINGS = ("last_step", "mean_over_time", "flatten")


def depth_hops(rehearsal: Rehearsal) -> tuple[Hops, ...]:
    """Sizes are rms over batch, timesteps and units. Where a layer has several consumers their sum is the factor
    `merge`; what a recurrent layer's own later timesteps add is the factor `later timesteps`."""
    places = reversed(list(rehearsal.net.parts))
    return tuple(_hop(rehearsal, start, layer) for start, layer in pairwise(places))


def _hop(rehearsal: Rehearsal, start: str, layer: str) -> Hops:
    total = rehearsal.totals[layer]
    factors, path = _through(rehearsal, start, layer)
    paths = {start: path} | dict(_skips(rehearsal, layer, start))
    direct = sum(paths.values(), torch.zeros_like(path))
    if len(paths) > 1:
        factors["merge"] = ratio(_size(direct), _size(path))
    if layer in rehearsal.recurrent:
        factors["later timesteps"] = ratio(_size(total), _size(direct))
        paths["later timesteps"] = total - direct
    return Hops(
        axis="depth",
        start=start,
        layer=layer,
        state="output",
        timesteps=np.array([], np.int64),
        gain=ratio(_rms(total), _rms(rehearsal.totals[start])),
        factors=factors,
        detour={},
        shares=shares({name: each[None] for name, each in paths.items()}, total[None], kept=1),
    )


def _through(rehearsal: Rehearsal, start: str, layer: str) -> tuple[Ratios, Tensor]:
    """The factors of the layer `start`, and the gradient that it gives to its input, the output of `layer`."""
    part, total = rehearsal.net.parts[start], rehearsal.totals[start]
    entered = rehearsal.net.outputs[layer].detach()
    match part:
        case DensePart():
            delta = _before_activation(part, entered, total)
            return _weighted("activation", delta, total, part.weights["weight"].detach())
        case RecurrentPart():
            tape = part.tape
            gates = list(tape.gate_gradients.values())
            delta = torch.cat(gates, 2) if gates else tape.delta_hidden
            name = "gates" if gates else "activation"
            return _weighted(name, delta, total, part.weights["weight_ih"].detach())
    sources = _sources(rehearsal, part)
    path, *more = _local(part, entered, sources, total)
    if layer in sources:
        path = path + more[0]
    return {_name(part): ratio(_rms(path), _rms(total))}, path


def _weighted(name: str, delta: Tensor, total: Tensor, weight: Tensor) -> tuple[Ratios, Tensor]:
    """Norms first, so that the width is a factor of its own; `delta` (…, G·H) stacks the gates of the H units."""
    path = delta @ weight
    factors = {name: ratio(_size(delta), _size(total)), "weights": ratio(_size(path), _size(delta))}
    units, features = total.shape[-1], weight.shape[1]
    if units != features:
        factors["width"] = np.array([sqrt(units / features)])
    return factors, path


def _before_activation(part: DensePart, entered: Tensor, total: Tensor) -> Tensor:
    z = f.linear(entered, part.weights["weight"], part.weights.get("bias")).detach().requires_grad_()
    return _pulled_back(part.activation(z), [z], total)[0]


def _skips(rehearsal: Rehearsal, layer: str, start: str) -> Iterator[tuple[str, Tensor]]:
    """What each skip from `layer` brings it, by the skip's id, but for `start` itself."""
    for below, place in pairwise(rehearsal.net.parts):
        part = rehearsal.net.parts[place]
        if isinstance(part, SkipPart) and part.source == layer and place != start:
            entered = rehearsal.net.outputs[below].detach()
            sources = _sources(rehearsal, part)
            yield place, _local(part, entered, sources, rehearsal.totals[place])[1]


def _sources(rehearsal: Rehearsal, part: Part) -> dict[str, Tensor]:
    if not isinstance(part, SkipPart):
        return {}
    source = rehearsal.x if part.source == "input" else rehearsal.net.outputs[part.source]
    return {part.source: source.detach()}


def _local(part: Part, entered: Tensor, sources: dict[str, Tensor], total: Tensor) -> tuple[Tensor, ...]:
    """What the layer alone gives back: to its input, then to each source."""
    leaves = [x.clone().requires_grad_() for x in (entered, *sources.values())]
    output = part.respond(leaves[0], dict(zip(sources, leaves[1:], strict=True)))
    return _pulled_back(output, leaves, total)


def _pulled_back(output: Tensor, leaves: list[Tensor], total: Tensor) -> tuple[Tensor, ...]:
    """The vector-Jacobian product, as the gradient of a number: of anything else torch first loads symbolic shapes,
    which takes half a second."""
    return torch.autograd.grad((output * total).sum(), leaves)


def _name(part: Part) -> str:
    kind = part.layer.type if part.layer else "dropout"  # HeldMask stands for a dropout layer
    if kind in ENDINGS:
        return "spread over time"
    return "normalization" if kind.endswith("_norm") else kind


def _size(x: Tensor) -> Floats:
    return norms(x[None], kept=1)


def _rms(x: Tensor) -> Floats:
    return _size(x) / sqrt(x.numel())
