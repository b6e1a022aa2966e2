"""Drawing the parameters of recurrent layers, by PyTorch's names and in the contract's order."""

import math

import torch
from torch import Generator, Tensor

from vgviewer.engine.build.draw import draw
from vgviewer.network.initializers import Default, Initializer, Uniform, Values
from vgviewer.network.layers.echo_state import EchoState
from vgviewer.network.layers.lstm import Chrono, Lstm
from vgviewer.network.recurrence import LearnedRecurrent

Drawn = dict[str, Tensor]


def draw_learned(layer: LearnedRecurrent, features: int, rng: Generator) -> Drawn:
    """The parameters of a layer that trains; an explicit bias_init leaves bias_hh zero."""
    units, gates = layer.units, layer.gates
    weight_ih = _stacked(layer.weight_init, gates, units, features, features, rng)
    weight_hh = _stacked(layer.recurrent_init, gates, units, units, units, rng)
    bias_ih = _stacked(layer.bias_init or Default(), gates, units, None, units, rng)
    bias_hh = _stacked(Default(), gates, units, None, units, rng)
    if layer.bias_init is not None:
        bias_hh.zero_()
    _set_gate_biases(layer, bias_ih, bias_hh, rng)
    drawn = {"weight_ih": weight_ih, "weight_hh": weight_hh, "bias_ih": bias_ih, "bias_hh": bias_hh}
    if isinstance(layer, Lstm) and layer.peephole:
        drawn["weight_peephole"] = draw(Default(), (3, units), units, units, rng)
    return drawn


def draw_reservoir(layer: EchoState, features: int, rng: Generator) -> Drawn:
    """The parameters of an echo state network. Jaeger 2001, The "echo state" approach."""
    inputs = Uniform(limit=1 / math.sqrt(features))
    return {
        "weight_ih": draw(inputs, (layer.units, features), features, layer.units, rng),
        "weight_hh": _reservoir(layer.units, layer.sparsity, layer.spectral_radius, rng),
        "bias_ih": torch.zeros(layer.units),
        "bias_hh": torch.zeros(layer.units),
    }


def _reservoir(units: int, sparsity: float, radius: float, rng: Generator) -> Tensor:
    """Uniform entries at random places, scaled to the spectral radius; at least one entry is not 0."""
    count = max(units * units - round(sparsity * units * units), 1)
    places = torch.randperm(units * units, generator=rng, dtype=torch.int32)[:count].long()
    matrix = torch.zeros(units * units)
    matrix[places] = 2 * torch.rand(count, generator=rng) - 1
    matrix = matrix.reshape(units, units)
    found = _spectral_radius(matrix)
    if found == 0:  # no way leads back to where it began (nilpotent): one entry becomes a loop
        row, column = divmod(int(places[0]), units)
        matrix[row, column] = 0
        matrix[row, row] = 1
        found = _spectral_radius(matrix)
    return matrix * (radius / found)


def _spectral_radius(matrix: Tensor) -> float:
    return float(torch.linalg.eigvals(matrix).abs().max())


def _stacked(
    init: Initializer, gates: int, units: int, columns: int | None, fan_in: int, rng: Generator
) -> Tensor:
    """Each gate's block drawn by itself; exact values are given for the whole stack."""
    tail = () if columns is None else (columns,)
    if isinstance(init, Values):
        return draw(init, (gates * units, *tail), fan_in, units, rng)
    if isinstance(init, Default):  # PyTorch's recurrent layers draw everything within ±1/√units
        fan_in = units
    return torch.cat([draw(init, (units, *tail), fan_in, units, rng) for _ in range(gates)])


def _set_gate_biases(layer: LearnedRecurrent, bias_ih: Tensor, bias_hh: Tensor, rng: Generator) -> None:
    """The gate biases of the contract go to bias_ih; bias_hh of these gates becomes 0."""
    units = layer.units
    second = slice(units, 2 * units)  # the forget gate of i, f, g, o; the update gate of r, z, n
    if isinstance(layer, Lstm) and isinstance(layer.forget_bias, Chrono):
        # Tallec & Ollivier 2018, arXiv 1804.11188, eq. 16
        lag = 1 + (layer.forget_bias.t_max - 2) * torch.rand(units, generator=rng)
        bias_ih[second] = lag.log()
        bias_ih[:units] = -lag.log()
        bias_hh[: 2 * units] = 0
    else:
        value: float | None = getattr(
            layer, "forget_bias" if isinstance(layer, Lstm) else "update_bias", None
        )
        if value is not None:
            bias_ih[second] = value
            bias_hh[second] = 0
