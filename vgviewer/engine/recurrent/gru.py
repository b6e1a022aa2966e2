"""The gated recurrent unit, gate rows r, z, n as in torch.nn.GRU."""

from typing import Any

import numpy as np
import torch
from torch import Tensor
from torch.autograd.function import once_differentiable

from vgviewer.engine.recurrent.tape import Injection, Tape
from vgviewer.engine.recurrent.timesteps import (
    WeightGradients,
    chunk_length,
    chunks,
    operations,
    remember,
    sigmoid_slope,
    tanh_slope,
    views,
)


class GruRecurrence(torch.autograd.Function):
    """x (T, B, F) → h (T, B, H). Cho et al. 2014, in PyTorch's form: n = tanh(W_in x + b_in + r∘(W_hn h + b_hn))."""

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
        units = weight_hh.shape[1]
        both, third = slice(2 * units), slice(2 * units, None)
        bias = torch.cat([bias_ih[both] + bias_hh[both], bias_hh[third]])
        entering = torch.cat([weight_ih[both], torch.zeros_like(weight_ih[third])])
        weight = torch.cat(
            [weight_hh, entering, bias[:, None]], 1
        )  # gives r, z, and n's part from the last state
        history = remember(x, units)
        gates = x.new_empty(len(x), 3 * units, x.shape[1])
        news = torch.baddbmm(
            bias_ih[third][None, :, None], weight_ih[third].expand(len(x), -1, -1), x.transpose(1, 2)
        )
        with np.errstate(all="ignore"):
            _go(weight, history, gates, news)
        ctx.save_for_backward(weight_ih, weight_hh, history, gates, news)
        ctx.tape = tape
        r, z, _ = gates.transpose(1, 2).split(units, 2)
        tape.states, tape.gates = (
            history[1:, :units].transpose(1, 2),
            {"r": r, "z": z, "n": news.transpose(1, 2)},
        )
        return tape.states

    @staticmethod
    @once_differentiable
    def backward(ctx: Any, direct: Tensor) -> tuple[Tensor | None, ...]:
        weight_ih, weight_hh, history, gates, news = ctx.saved_tensors
        tape: Tape = ctx.tape
        units = weight_hh.shape[1]
        both, third = slice(2 * units), slice(2 * units, None)
        total = torch.empty_like(news)
        delta = total.new_empty(
            len(news), 4, *news.shape[1:]
        )  # r, z, n from the last state, n from the input
        injection = Injection(direct, tape)
        rows = torch.cat([weight_ih[both], torch.zeros_like(weight_ih[third]), weight_ih[third]])
        gradients = WeightGradients(history, rows, weight_hh, ctx.needs_input_grad[0])
        with np.errstate(all="ignore"):
            _go_back(weight_hh, injection, history, gates, news, total, delta, gradients)
        r, z, _, n = delta.transpose(2, 3).unbind(1)
        tape.injection, tape.state_gradient = injection, total.transpose(1, 2)
        tape.gate_gradients = {"r": r, "z": z, "n": n}
        tape.delta_hidden = delta[:, :3].flatten(1, 2).transpose(1, 2)
        entering = gradients.entering
        of_input = torch.cat([entering[both], entering[3 * units :]])
        return (
            gradients.input,
            None,
            of_input[:, :-1].contiguous(),
            gradients.hidden,
            of_input[:, -1].contiguous(),
            entering[: 3 * units, -1].contiguous(),
        )


def _go(weight: Tensor, history: Tensor, gates: Tensor, news: Tensor) -> None:
    """Fills in states and gates; `news` holds n's part from the input."""
    units = news.shape[1]
    multiply, add, subtract, tanh = operations(history)
    (spare,) = views(torch.empty_like(news[:1]))
    for before, stack, opened, r, z, inner, new, last, state in zip(
        history[:-1],
        gates,
        gates[:, : 2 * units],
        *(views(part) for part in gates.split(units, 1)),
        views(news),
        views(history[:-1, :units]),
        views(history[1:, :units]),
        strict=True,
    ):
        torch.mm(weight, before, out=stack)
        opened.sigmoid_()
        multiply(r, inner, spare)
        add(new, spare, new)
        tanh(new, new)
        subtract(last, new, spare)
        multiply(z, spare, spare)
        add(new, spare, state)


def _go_back(
    weight_hh: Tensor,
    injection: Injection,
    history: Tensor,
    gates: Tensor,
    news: Tensor,
    total: Tensor,
    delta: Tensor,
    gradients: WeightGradients,
) -> None:
    """Fills in ∂L/∂h (T, H, B) and δ (T, 4, H, B)."""
    units = news.shape[1]
    multiply, add, *_ = operations(total)
    across = weight_hh.T.contiguous()
    tensors, stacks = total.unbind(), delta[:, :3].flatten(1, 2).unbind()
    totals, deltas, carries = views(total), views(delta), views(gates[:, units : 2 * units])
    given, apart, apart_tensors = views(injection.given), views(injection.arriving), list(injection.arriving)
    slopes = total.new_empty(chunk_length(total), *delta.shape[1:])
    slope = views(slopes)
    (spare,) = views(torch.empty_like(total[:1]))
    for span in chunks(total):
        _fill(slopes[: span.stop - span.start], history[span, :units], gates[span], news[span])
        for t in reversed(range(span.start, span.stop)):
            now, is_here = totals[t], injection.is_here[t]
            arriving, tensor = (apart.pop(), apart_tensors.pop()) if is_here else (now, tensors[t])
            if injection.goes_on[t]:
                torch.mm(across, stacks[t + 1], out=tensor)
                multiply(carries[t + 1], totals[t + 1], spare)
                add(arriving, spare, arriving)
            if is_here:
                add(arriving, given.pop(), now)
            multiply(now, slope[t - span.start], deltas[t])
        gradients.add(span, delta[span].flatten(1, 2))


def _fill(slopes: Tensor, before: Tensor, gates: Tensor, n: Tensor) -> None:
    """∂h_t/∂ of r, z, W_hn h + b_hn and n, before the activations, into (t, 4, H, B)."""
    r, z, inner = gates.chunk(3, 1)
    of_r, of_z, of_inner, of_n = slopes.unbind(1)
    tanh_slope(1 - z, n, grad_input=of_n)
    torch.mul(of_n, r, out=of_inner)
    sigmoid_slope(of_n * inner, r, grad_input=of_r)
    sigmoid_slope(before - n, z, grad_input=of_z)
