"""The gated recurrent unit, gate rows r, z, n as in torch.nn.GRU."""

from typing import Any

import torch
from torch import Tensor
from torch.autograd.function import once_differentiable

from vgviewer.engine.recurrent.tape import Tape, weight_gradients

GATES = ("r", "z", "n")


class GruRecurrence(torch.autograd.Function):
    """x (T, B, F) → h (T, B, H). Cho et al. 2014, in PyTorch's form: n = tanh(W_in x + b_in + r∘(W_hn h + b_hn))."""

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
        gates = torch.nn.functional.linear(x, weight_ih, bias_ih)  # (T, B, 3H), becomes the gates
        units = weight_hh.shape[1]
        states, inner = (gates.new_empty(*gates.shape[:2], units) for _ in range(2))
        across = weight_hh.T
        state = gates.new_zeros(gates.shape[1], units)
        for t, now in enumerate(gates.unbind()):
            hidden = torch.addmm(bias_hh, state, across)  # (B, 3H)
            both = now[:, : 2 * units].add_(hidden[:, : 2 * units]).sigmoid_()
            r, z = both.split(units, 1)
            inner[t] = hidden[:, 2 * units :]
            n = now[:, 2 * units :].addcmul_(r, inner[t]).tanh_()
            state = torch.lerp(n, state, z, out=states[t])
        ctx.save_for_backward(x, weight_ih, weight_hh, states, inner, gates)
        ctx.tape = tape
        tape.gates = dict(zip(GATES, gates.split(units, 2), strict=True))
        return states

    @staticmethod
    @once_differentiable
    def backward(ctx: Any, direct: Tensor) -> tuple[Tensor | None, ...]:
        x, weight_ih, weight_hh, states, inner, gates = ctx.saved_tensors
        tape: Tape = ctx.tape
        batch, units = states.shape[1:]
        slope, slope_n = _slopes(gates, states, inner)
        carry = gates[:, :, units : 2 * units]
        arriving = torch.zeros_like(states)
        total = torch.empty_like(states)
        delta = torch.empty_like(gates)  # of what comes from the last state
        last = len(delta) - 1
        for t in range(last, -1, -1):
            if t < last and not tape.is_cut(t + 1):
                torch.mm(delta[t + 1], weight_hh, out=arriving[t])
                arriving[t].addcmul_(carry[t + 1], total[t + 1])
            torch.add(arriving[t], direct[t], out=total[t])
            torch.mul(
                total[t].unsqueeze(1), slope[t].view(batch, 3, units), out=delta[t].view(batch, 3, units)
            )
        delta_in = torch.cat([delta[:, :, : 2 * units], total * slope_n], 2)
        tape.state_gradient, tape.arriving = total, arriving
        tape.gate_gradients = dict(zip(GATES, delta_in.split(units, 2), strict=True))
        return (*weight_gradients(delta_in, delta, x, states, weight_ih), None)


def _slopes(gates: Tensor, states: Tensor, inner: Tensor) -> tuple[Tensor, Tensor]:
    """∂h_t/∂(W_hh h + b_hh) of r, z, n side by side (T, B, 3H), and ∂h_t/∂z_n (T, B, H)."""
    r, z, n = gates.chunk(3, 2)
    before = torch.cat([states.new_zeros(1, *states.shape[1:]), states[:-1]])  # h_{t−1}
    slope_n = (1 - z) * (1 - n * n)
    slope = torch.cat([slope_n * inner * r * (1 - r), (before - n) * z * (1 - z), slope_n * r], 2)
    return slope, slope_n
