"""The hops through time of one recurrent layer, from its tape. Arrays of hops are (T−1, B, ·): row t is t+1 → t."""

from typing import NamedTuple

import numpy as np
import torch
from torch import Tensor

from vgviewer.engine.build.recurrent import RecurrentPart
from vgviewer.engine.inspections.sizes import Floats, norms, ratio, shares
from vgviewer.frames.inspections import Hops

Stages = dict[str, Tensor]


class Way(NamedTuple):
    """How `total` (T, B, H) comes from t+1 to t: what is left of it after each stage, and of its detour. `paths` add
    up to the last stage."""

    total: Tensor
    stages: Stages
    detour: Stages
    paths: Stages


def time_hops(place: str, part: RecurrentPart) -> Hops:
    """Sizes of stacked gates count the gates of one unit as one vector, so that the width of the stack is no gain."""
    assert part.layer is not None
    way = WAYS[part.layer.type](part)
    after, before = way.total[1:], way.total[:-1]
    is_open = before.new_tensor([not part.tape.is_cut(t) for t in range(1, len(way.total))])[:, None, None]
    arriving = list(way.stages.values())[-1] * is_open
    factors = _ratios(after, way.stages)
    if part.tape.truncate is not None:
        factors["truncation"] = is_open.flatten().cpu().numpy()
    factors["injection"] = ratio(_size(before), _size(arriving))
    paths = {name: path * is_open for name, path in way.paths.items()} | {"injection": before - arriving}
    return Hops(
        axis="time",
        start=place,
        layer=place,
        state="hidden" if part.tape.cell is None else "cell",
        timesteps=np.arange(1, len(way.total)),
        gain=ratio(_size(before), _size(after)),
        factors=factors,
        detour=_ratios(after, way.detour),
        shares=shares(paths, before, kept=1),
    )


def _rnn(part: RecurrentPart) -> Way:
    total, delta = part.tape.state_gradient, part.tape.delta_hidden[1:]
    back = _back(part)
    return Way(total, {"activation": delta, "weights": back}, {}, {"recurrent": back})


def _echo_state(part: RecurrentPart) -> Way:
    if part.tape.leak == 1:
        return _rnn(part)
    return _carried(part, (1 - part.tape.leak) * part.tape.state_gradient[1:], "activation")


def _gru(part: RecurrentPart) -> Way:
    return _carried(part, part.tape.gates["z"][1:] * part.tape.state_gradient[1:], "gates")


def _carried(part: RecurrentPart, carried: Tensor, slopes: str) -> Way:
    """The state itself goes on, beside what W_hh makes of it."""
    back = _back(part)
    return Way(
        part.tape.state_gradient,
        {"carry": carried, "merge": carried + back},
        {slopes: part.tape.delta_hidden[1:], "weights": back},
        {"carry": carried, "detour": back},
    )


def _lstm(part: RecurrentPart) -> Way:
    tape = part.tape
    assert tape.cell is not None
    assert tape.cell_gradient is not None
    squashed, o = torch.tanh(tape.cell[:-1]), tape.gates["o"][:-1]
    delta, back = tape.delta_hidden[1:], _back(part)
    cell = tape.gates["f"][1:] * tape.cell_gradient[1:]
    hidden = o * (1 - squashed**2) * back
    paths = {"cell": cell, "detour": hidden}
    if "weight_peephole" in part.weights:
        to_i, to_f, to_o = part.weights["weight_peephole"].detach()
        delta_i, delta_f = (tape.gate_gradients[gate][1:] for gate in "if")
        paths["peephole"] = to_i * delta_i + to_f * delta_f + to_o * squashed * o * (1 - o) * back
    return Way(
        tape.cell_gradient,
        {"cell path": cell, "merge": sum(paths.values(), torch.zeros_like(cell))},
        {"gates": delta, "weights": back, "output gate": hidden},
        paths,
    )


WAYS = {"rnn": _rnn, "echo_state": _echo_state, "gru": _gru, "lstm": _lstm}


def _back(part: RecurrentPart) -> Tensor:
    """What comes through W_hh to the state before: δ_{t+1} W_hh."""
    return part.tape.delta_hidden[1:] @ part.weights["weight_hh"].detach()


def _ratios(start: Tensor, stages: Stages) -> dict[str, Floats]:
    sizes = [_size(start), *map(_size, stages.values())]
    return {name: ratio(after, before) for name, before, after in zip(stages, sizes, sizes[1:], strict=False)}


def _size(x: Tensor) -> Floats:
    return norms(x, kept=1)
