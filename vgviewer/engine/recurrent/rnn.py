"""The plain recurrent layer: h_t = φ(W_ih x_t + b_ih + W_hh h_{t−1} + b_hh)."""

from collections.abc import Callable
from itertools import pairwise
from typing import Any

import torch
from torch import Tensor
from torch.autograd.function import once_differentiable

from vgviewer.engine.recurrent.tape import Tape, weight_gradients


def _linear_(x: Tensor) -> Tensor:
    return x


def _tanh_slope(h: Tensor) -> Tensor:
    return 1 - h * h


def _relu_slope(h: Tensor) -> Tensor:
    return (h > 0).to(h.dtype)


def _sigmoid_slope(h: Tensor) -> Tensor:
    return h * (1 - h)


# φ in place, and φ′ from φ's value
ACTIVATIONS: dict[str, tuple[Callable[[Tensor], Tensor], Callable[[Tensor], Tensor]]] = {
    "tanh": (Tensor.tanh_, _tanh_slope),
    "relu": (Tensor.relu_, _relu_slope),
    "sigmoid": (Tensor.sigmoid_, _sigmoid_slope),
    "linear": (_linear_, torch.ones_like),
}


class RnnRecurrence(torch.autograd.Function):
    """x (T, B, F) → h (T, B, H). Werbos 1990, Backpropagation through time."""

    @staticmethod
    def forward(
        ctx: Any,
        x: Tensor,
        weight_ih: Tensor,
        weight_hh: Tensor,
        bias_ih: Tensor,
        bias_hh: Tensor,
        tape: Tape,
    ) -> Tensor:
        activate, _ = ACTIVATIONS[tape.activation]
        states = torch.nn.functional.linear(x, weight_ih, bias_ih + bias_hh)  # (T, B, H)
        slices = states.unbind()
        across = weight_hh.T
        activate(slices[0])
        for before, now in pairwise(slices):
            activate(now.addmm_(before, across))
        ctx.save_for_backward(x, weight_ih, weight_hh, states)
        ctx.tape = tape
        return states

    @staticmethod
    @once_differentiable
    def backward(ctx: Any, direct: Tensor) -> tuple[Tensor | None, ...]:
        x, weight_ih, weight_hh, states = ctx.saved_tensors
        tape: Tape = ctx.tape
        slope = ACTIVATIONS[tape.activation][1](states)
        arriving = torch.zeros_like(states)
        total = torch.empty_like(states)
        delta = torch.empty_like(states)
        arrive, totals, deltas = arriving.unbind(), total.unbind(), delta.unbind()
        enters, slopes = direct.unbind(), slope.unbind()
        last = len(deltas) - 1
        for t in range(last, -1, -1):
            if t < last and not tape.is_cut(t + 1):
                torch.mm(deltas[t + 1], weight_hh, out=arrive[t])
            torch.add(arrive[t], enters[t], out=totals[t])
            torch.mul(totals[t], slopes[t], out=deltas[t])
        tape.state_gradient, tape.arriving = total, arriving
        return (*weight_gradients(delta, delta, x, states, weight_ih), None)
