"""The plain recurrent layer, h_t = φ(W_ih x_t + b_ih + W_hh h_{t−1} + b_hh), also with a leak."""

from collections.abc import Callable
from typing import Any

import torch
from torch import Tensor
from torch.autograd.function import once_differentiable

from vgviewer.engine.recurrent.tape import Injection, Tape
from vgviewer.engine.recurrent.timesteps import WeightGradients, chunks, remember, tanh_


def _linear_(x: Tensor) -> None:
    pass


def _tanh_slope(h: Tensor) -> Tensor:
    return 1 - h * h


def _relu_slope(h: Tensor) -> Tensor:
    return (h > 0).to(h.dtype)


def _sigmoid_slope(h: Tensor) -> Tensor:
    return h * (1 - h)


# φ in place, and φ′ from φ's value
ACTIVATIONS: dict[str, tuple[Callable[[Tensor], Any], Callable[[Tensor], Tensor]]] = {
    "tanh": (tanh_, _tanh_slope),
    "relu": (Tensor.relu_, _relu_slope),
    "sigmoid": (Tensor.sigmoid_, _sigmoid_slope),
    "linear": (_linear_, torch.ones_like),
}


class RnnRecurrence(torch.autograd.Function):
    """x (T, B, F) → h (T, B, H). Werbos 1990, Backpropagation through time; with the leak α of echo state networks,
    Jaeger 2001: h_t = (1 − α) h_{t−1} + α φ(…)."""

    @staticmethod
    def forward(
        ctx: Any,
        x: Tensor,
        tape: Tape,
        weight_ih: Tensor,
        weight_hh: Tensor,
        bias_ih: Tensor,
        bias_hh: Tensor,
    ) -> Tensor:
        tape.clear()
        units = len(weight_hh)
        activate, _ = ACTIVATIONS[tape.activation]
        weight = torch.cat([weight_hh, weight_ih, (bias_ih + bias_hh)[:, None]], 1)
        history = remember(x, units)
        states = history[1:, :units]
        activated = states if tape.leak == 1 else torch.empty_like(states)
        for before, now, state in zip(history[:-1], activated, states, strict=True):
            torch.mm(weight, before, out=now)
            activate(now)
            if tape.leak != 1:
                torch.lerp(before[:units], now, tape.leak, out=state)
        ctx.save_for_backward(weight_ih, weight_hh, history, activated)
        ctx.tape = tape
        tape.states = states.transpose(1, 2)
        return tape.states

    @staticmethod
    @once_differentiable
    def backward(ctx: Any, direct: Tensor) -> tuple[Tensor | None, ...]:
        weight_ih, weight_hh, history, activated = ctx.saved_tensors
        tape: Tape = ctx.tape
        _, slope_of = ACTIVATIONS[tape.activation]
        total, delta = (activated.new_empty(activated.shape) for _ in range(2))
        totals, deltas, across = total.unbind(), delta.unbind(), weight_hh.T.contiguous()
        injection = Injection(direct, tape)
        given, apart = list(injection.given), list(injection.arriving)
        gradients = WeightGradients(history, weight_ih, weight_hh, ctx.needs_input_grad[0])
        for span in chunks(total):
            slopes = (tape.leak * slope_of(activated[span])).unbind()
            for t in reversed(range(span.start, span.stop)):
                is_here = injection.is_here[t]
                arriving = apart.pop() if is_here else totals[t]
                if injection.goes_on[t]:
                    torch.mm(across, deltas[t + 1], out=arriving)
                    if tape.leak != 1:
                        arriving.add_(totals[t + 1], alpha=1 - tape.leak)
                if is_here:
                    torch.add(arriving, given.pop(), out=totals[t])
                torch.mul(totals[t], slopes[t - span.start], out=deltas[t])
            gradients.add(span, delta[span])
        tape.injection, tape.state_gradient = injection, total.transpose(1, 2)
        tape.delta_hidden = delta.transpose(1, 2)
        by_bias = gradients.entering[:, -1].contiguous()
        return (
            gradients.input,
            None,
            gradients.entering[:, :-1].contiguous(),
            gradients.hidden,
            by_bias,
            by_bias.clone(),
        )
