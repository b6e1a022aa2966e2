"""Long short-term memory, gate rows i, f, g, o as in torch.nn.LSTM."""

from typing import Any

import torch
from torch import Tensor
from torch.autograd.function import once_differentiable

from vgviewer.engine.recurrent.tape import Tape, weight_gradients

GATES = ("i", "f", "g", "o")


class LstmRecurrence(torch.autograd.Function):
    """x (T, B, F) → h (T, B, H). Hochreiter & Schmidhuber 1997 with the forget gate of Gers et al. 2000."""

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
        gates = torch.nn.functional.linear(x, weight_ih, bias_ih + bias_hh)  # (T, B, 4H), becomes the gates
        units = weight_hh.shape[1]
        states, cells, squashed = (gates.new_empty(*gates.shape[:2], units) for _ in range(3))
        across = weight_hh.T
        state = cell = None
        for t, now in enumerate(gates.unbind()):
            if state is not None:
                now.addmm_(state, across)
            i, f, g, o = now.split(units, 1)
            now[:, : 2 * units].sigmoid_()
            g.tanh_()
            o.sigmoid_()
            torch.mul(i, g, out=cells[t])
            if cell is not None:
                cells[t].addcmul_(f, cell)
            cell = cells[t]
            torch.tanh(cell, out=squashed[t])
            state = torch.mul(o, squashed[t], out=states[t])
        ctx.save_for_backward(x, weight_ih, weight_hh, states, cells, squashed, gates)
        ctx.tape = tape
        tape.cell = cells
        tape.gates = dict(zip(GATES, gates.split(units, 2), strict=True))
        return states

    @staticmethod
    @once_differentiable
    def backward(ctx: Any, direct: Tensor) -> tuple[Tensor | None, ...]:
        x, weight_ih, weight_hh, states, cells, squashed, gates = ctx.saved_tensors
        tape: Tape = ctx.tape
        units = weight_hh.shape[1]
        slope, to_output, to_cell = _slopes(gates, cells, squashed)
        arriving, total, total_cell = (torch.zeros_like(states) for _ in range(3))
        delta = torch.empty_like(gates)
        forget = gates[:, :, units : 2 * units]
        last = len(delta) - 1
        for t in range(last, -1, -1):
            if t < last and not tape.is_cut(t + 1):
                torch.mm(delta[t + 1], weight_hh, out=total[t])
                torch.mul(total[t], to_cell[t], out=arriving[t])
                arriving[t].addcmul_(forget[t + 1], total_cell[t + 1])
            total[t] += direct[t]
            torch.addcmul(arriving[t], to_cell[t], direct[t], out=total_cell[t])
            inner = delta[t, :, : 3 * units].view(-1, 3, units)
            torch.mul(total_cell[t].unsqueeze(1), slope[t].view(-1, 3, units), out=inner)
            torch.mul(total[t], to_output[t], out=delta[t, :, 3 * units :])
        tape.state_gradient, tape.cell_gradient, tape.arriving = total, total_cell, arriving
        tape.gate_gradients = dict(zip(GATES, delta.split(units, 2), strict=True))
        return (*weight_gradients(delta, delta, x, states, weight_ih), None)


def _slopes(gates: Tensor, cells: Tensor, squashed: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    """∂c_t/∂z of i, f, g side by side (T, B, 3H), ∂h_t/∂z_o and ∂h_t/∂c_t (T, B, H)."""
    i, f, g, o = gates.chunk(4, 2)
    before = torch.cat([cells.new_zeros(1, *cells.shape[1:]), cells[:-1]])  # c_{t−1}
    slope = torch.cat([g * i * (1 - i), before * f * (1 - f), i * (1 - g * g)], 2)
    return slope, squashed * o * (1 - o), o * (1 - squashed * squashed)
