"""Long short-term memory, gate rows i, f, g, o as in torch.nn.LSTM, also with peepholes."""

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

GATES = ("i", "f", "g", "o")


class LstmRecurrence(torch.autograd.Function):
    """x (T, B, F) → h (T, B, H). Hochreiter & Schmidhuber 1997 with the forget gate of Gers et al. 2000, and with the
    peepholes of Gers, Schraudolph & Schmidhuber 2002: rows i and f see c_{t−1}, row o sees c_t."""

    @staticmethod
    def forward(
        ctx: Any,
        x: Tensor,
        tape: Tape,
        weight_ih: Tensor,
        weight_hh: Tensor,
        bias_ih: Tensor,
        bias_hh: Tensor,
        weight_peephole: Tensor | None = None,
    ) -> Tensor:
        tape.clear()
        timesteps, batch, units = len(x), x.shape[1], weight_hh.shape[1]
        history = remember(x, units)
        opened = x.new_empty(timesteps, 3, units, batch)  # i, f, o
        partners = x.new_empty(timesteps + 1, 3, units, batch)  # what they multiply: g_t, c_{t−1}, tanh(c_t)
        partners[0, 1] = 0
        weight = torch.cat([weight_hh, weight_ih, (bias_ih + bias_hh)[:, None]], 1)
        i, f, g, o = weight.chunk(4)
        with np.errstate(all="ignore"):
            _go(torch.cat([i, f, o, g]), weight_peephole, history, opened, partners)
        ctx.save_for_backward(weight_ih, weight_hh, weight_peephole, history, opened, partners)
        ctx.tape = tape
        tape.states, tape.cell = history[1:, :units].transpose(1, 2), partners[1:, 1].transpose(1, 2)
        i, f, o = opened.transpose(2, 3).unbind(1)
        tape.gates = dict(zip(GATES, (i, f, partners[:-1, 0].transpose(1, 2), o), strict=True))
        return tape.states

    @staticmethod
    @once_differentiable
    def backward(ctx: Any, direct: Tensor) -> tuple[Tensor | None, ...]:
        weight_ih, weight_hh, weight_peephole, history, opened, partners = ctx.saved_tensors
        tape: Tape = ctx.tape
        units = weight_hh.shape[1]
        gradients = WeightGradients(history, weight_ih, weight_hh, ctx.needs_input_grad[0])
        injection = Injection(direct, tape)
        with np.errstate(all="ignore"):
            total, total_cell, delta = _go_back(
                weight_hh, weight_peephole, injection, opened, partners, gradients
            )
        tape.injection, tape.state_gradient = injection, total.transpose(1, 2)
        tape.cell_gradient, tape.delta_hidden = total_cell.transpose(1, 2), delta.transpose(1, 2)
        tape.gate_gradients = dict(zip(GATES, tape.delta_hidden.split(units, 2), strict=True))
        by_bias = gradients.entering[:, -1].contiguous()
        of_weights = (gradients.entering[:, :-1].contiguous(), gradients.hidden, by_bias, by_bias.clone())
        if weight_peephole is None:
            return gradients.input, None, *of_weights
        return gradients.input, None, *of_weights, _of_peepholes(delta, partners)


def _go(
    weight: Tensor, weight_peephole: Tensor | None, history: Tensor, opened: Tensor, partners: Tensor
) -> None:
    """Fills in states, gates and cells; `weight` (4H, H+F+1) has the gates in the order i, f, o, g."""
    units = opened.shape[2]
    multiply, add, _, tanh = operations(history)
    entering = weight.new_empty(4, units, opened.shape[3])
    flat, to_open, to_o = entering.flatten(0, 1), entering[:3], entering[2:3]
    (to_if,), (to_g,) = views(entering[None, :2]), views(entering[3:])
    (products,) = views(torch.empty_like(entering[None, :2]))
    new, kept = products
    peep = None if weight_peephole is None else views(weight_peephole[None, :, :, None])[0]
    for before, gates, pair, partner, g, o, squashed, cell, state in zip(
        history[:-1],
        opened,
        views(opened[:, :2]),
        views(partners[:-1, :2]),
        views(partners[:-1, 0]),
        views(opened[:, 2]),
        views(partners[:-1, 2]),
        views(partners[1:, 1]),
        views(history[1:, :units]),
        strict=True,
    ):
        torch.mm(weight, before, out=flat)
        if peep is not None:
            multiply(peep[:2], partner[1], products)
            add(to_if, products, to_if)
        torch.sigmoid(to_open, out=gates)
        tanh(to_g, g)
        multiply(pair, partner, products)
        add(new, kept, cell)
        if peep is not None:
            multiply(peep[2], cell, new)
            torch.sigmoid(to_o.add_(torch.as_tensor(new)), out=gates[2:])
        tanh(cell, squashed)
        multiply(o, squashed, state)


def _go_back(
    weight_hh: Tensor,
    weight_peephole: Tensor | None,
    injection: Injection,
    opened: Tensor,
    partners: Tensor,
    gradients: WeightGradients,
) -> tuple[Tensor, Tensor, Tensor]:
    """∂L/∂h and ∂L/∂c (T, H, B), δ (T, 4H, B); the only part that goes timestep by timestep."""
    total, total_cell = torch.empty_like(opened[:, 0]), torch.empty_like(opened[:, 0])
    delta = total.new_empty(len(total), 4, *total.shape[1:])
    multiply, add, *_ = operations(total)
    across = weight_hh.T.contiguous()
    tensors, stacks = total.unbind(), delta.flatten(1, 2).unbind()
    totals, cells, of_cell, of_output = (
        views(total),
        views(total_cell),
        views(delta[:, :3]),
        views(delta[:, 3]),
    )
    given, apart = views(injection.given), views(injection.arriving)
    kept = opened[:, 1] if weight_peephole is None else torch.empty_like(total)  # ∂c_t/∂c_{t−1}
    keeping = views(kept)
    slopes = total.new_empty(chunk_length(total), 5, *total.shape[1:])
    from_cell, from_state, to_cell = views(slopes[:, :3]), views(slopes[:, 3]), views(slopes[:, 4])
    (spare,) = views(torch.empty_like(total[:1]))
    for span in chunks(total):
        _fill(slopes[: span.stop - span.start], opened[span], partners[span])
        if weight_peephole is not None:
            _add_peepholes(weight_peephole, slopes[: span.stop - span.start], opened[span], kept[span])
        for t in reversed(range(span.start, span.stop)):
            k = t - span.start
            now, cell, is_here = totals[t], cells[t], injection.is_here[t]
            arriving = apart.pop() if is_here else cell
            if injection.goes_on[t]:
                torch.mm(across, stacks[t + 1], out=tensors[t])
                multiply(now, to_cell[k], arriving)
                multiply(keeping[t + 1], cells[t + 1], spare)
                add(arriving, spare, arriving)
            else:
                tensors[t].zero_()
            if is_here:
                direct = given.pop()
                add(now, direct, now)
                multiply(direct, to_cell[k], spare)
                add(arriving, spare, cell)
            multiply(cell, from_cell[k], of_cell[t])
            multiply(now, from_state[k], of_output[t])
        gradients.add(span, delta[span].flatten(1, 2))
    return total, total_cell, delta.flatten(1, 2)


def _fill(slopes: Tensor, opened: Tensor, partners: Tensor) -> None:
    """∂c_t/∂z of i, f, g, ∂h_t/∂z_o and ∂h_t/∂c_t into (t, 5, H, B)."""
    sigmoid_slope(partners[:, :2], opened[:, :2], grad_input=slopes[:, :2])
    sigmoid_slope(partners[:, 2], opened[:, 2], grad_input=slopes[:, 3])
    tanh_slope(opened[:, ::2], partners[:, ::2], grad_input=slopes[:, 2::2])


def _add_peepholes(weight_peephole: Tensor, slopes: Tensor, opened: Tensor, kept: Tensor) -> None:
    """What the cell also does through the gates that see it, to ∂h_t/∂c_t and ∂c_t/∂c_{t−1}."""
    to_i, to_f, to_o = weight_peephole[:, :, None]
    slopes[:, 4].addcmul_(to_o, slopes[:, 3])
    torch.addcmul(opened[:, 1], to_i, slopes[:, 0], out=kept).addcmul_(to_f, slopes[:, 1])


def _of_peepholes(delta: Tensor, partners: Tensor) -> Tensor:
    i, f, _, o = delta.chunk(4, 1)
    before, cell = partners[:-1, 1], partners[1:, 1]
    return torch.stack([(i * before).sum((0, 2)), (f * before).sum((0, 2)), (o * cell).sum((0, 2))])
