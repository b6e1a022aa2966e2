"""∂s_{t+1}/∂s_t in closed form, from states and gates."""

import torch
from torch import Tensor

from vgviewer.engine.build.recurrent import RecurrentPart
from vgviewer.engine.recurrent.rnn import ACTIVATIONS


def state_jacobian(part: RecurrentPart, states: Tensor, t: int) -> Tensor:
    """float64 (n, n) of the batch's first sample, whose states are (T, H); t counts from 0."""
    assert part.layer is not None
    match part.layer.type:
        case "lstm":
            return _lstm(part, t)
        case "gru":
            return _gru(part, states, t)
    weight = part.weights["weight_hh"].detach()
    leak = part.tape.leak
    new = states[t + 1] if leak == 1 else (states[t + 1] - (1 - leak) * states[t]) / leak
    slope = ACTIVATIONS[part.tape.activation][1](new)
    return (1 - leak) * torch.eye(len(weight), dtype=weight.dtype, device=weight.device) + leak * slope[
        :, None
    ] * weight


def _lstm(part: RecurrentPart, t: int) -> Tensor:
    """Of (h, c): first the cell's rows, then with them the state's, h = o∘tanh(c)."""
    tape = part.tape
    assert tape.cell is not None
    i, f, g, o = (gate[t + 1, 0] for gate in tape.gates.values())
    earlier, squashed = tape.cell[t, 0], torch.tanh(tape.cell[t + 1, 0])
    to_i, to_f, to_g, to_o = part.weights["weight_hh"].detach().chunk(4)
    slope_i, slope_f = g * i * (1 - i), earlier * f * (1 - f)
    slope_g, slope_o = i * (1 - g * g), squashed * o * (1 - o)
    from_state = slope_i[:, None] * to_i + slope_f[:, None] * to_f + slope_g[:, None] * to_g
    to_state, from_cell = o * (1 - squashed * squashed), f
    if "weight_peephole" in part.weights:
        peep_i, peep_f, peep_o = part.weights["weight_peephole"].detach()
        from_cell = f + slope_i * peep_i + slope_f * peep_f
        to_state = to_state + slope_o * peep_o
    cell = torch.cat([from_state, torch.diag(from_cell)], 1)
    state = to_state[:, None] * cell
    state[:, : len(i)] += slope_o[:, None] * to_o
    return torch.cat([state, cell])


def _gru(part: RecurrentPart, states: Tensor, t: int) -> Tensor:
    r, z, n = (gate[t + 1, 0] for gate in part.tape.gates.values())
    to_r, to_z, to_n = part.weights["weight_hh"].detach().chunk(3)
    inner = to_n @ states[t] + part.weights["bias_hh"].detach().chunk(3)[2]
    slope_n = (1 - z) * (1 - n * n)
    slope_r, slope_z = slope_n * inner * r * (1 - r), (states[t] - n) * z * (1 - z)
    through = slope_r[:, None] * to_r + slope_z[:, None] * to_z + (slope_n * r)[:, None] * to_n
    return through + torch.diag(z)
