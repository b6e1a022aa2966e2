"""Recurrent layers: parameters as in torch.nn, gradients by our own back-propagation through time."""

from collections.abc import Mapping

import torch
from torch import Tensor

from vgviewer.engine.build.draw import draw
from vgviewer.engine.build.part import Part, Plan
from vgviewer.engine.recurrent import RECURRENCES, Tape
from vgviewer.network.initializers import Default, Initializer, Values
from vgviewer.network.layers.lstm import Chrono, Lstm
from vgviewer.network.recurrence import Recurrent


class RecurrentPart(Part):
    """After a backward pass `tape` holds every state, gate and total derivative of the batch."""

    def __init__(self, layer: Recurrent, plan: Plan) -> None:
        super().__init__(layer)
        self.tape = Tape(getattr(layer, "activation", "tanh"), plan.truncate)
        self.recurrence = RECURRENCES[layer.type]
        units, gates, features = layer.units, layer.gates, plan.entering.features
        rng = plan.weights_rng
        for name, init, columns in (
            ("weight_ih", layer.weight_init, features),
            ("weight_hh", layer.recurrent_init, units),
        ):
            self.add_parameter(name, _stacked(init, gates, units, columns, columns, rng))
        bias_init: Initializer = layer.bias_init or Default()
        bias_ih = _stacked(bias_init, gates, units, None, units, rng)
        bias_hh = _stacked(Default(), gates, units, None, units, rng)
        if layer.bias_init is not None:
            bias_hh.zero_()
        _set_gate_biases(layer, bias_ih, bias_hh, rng)
        self.add_parameter("bias_ih", bias_ih)
        self.add_parameter("bias_hh", bias_hh)

    def respond(self, x: Tensor, earlier: Mapping[str, Tensor]) -> Tensor:
        output: Tensor = self.recurrence.apply(
            x, *(self.weights[name] for name in ("weight_ih", "weight_hh", "bias_ih", "bias_hh")), self.tape
        )
        return output


def _stacked(
    init: Initializer, gates: int, units: int, columns: int | None, fan_in: int, rng: torch.Generator
) -> Tensor:
    """Each gate's block drawn by itself; exact values are given for the whole stack."""
    tail = () if columns is None else (columns,)
    if isinstance(init, Values):
        return draw(init, (gates * units, *tail), fan_in, units, rng)
    if isinstance(init, Default):  # PyTorch's recurrent layers draw everything within ±1/√units
        fan_in = units
    return torch.cat([draw(init, (units, *tail), fan_in, units, rng) for _ in range(gates)])


def _set_gate_biases(layer: Recurrent, bias_ih: Tensor, bias_hh: Tensor, rng: torch.Generator) -> None:
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
