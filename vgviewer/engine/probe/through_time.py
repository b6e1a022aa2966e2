"""Readings along time of one recurrent layer."""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from vgviewer.engine.build.part import Part
from vgviewer.engine.build.recurrent import RecurrentPart
from vgviewer.engine.norms import Norms, in_memory_order, log_sizes, timestep_norms
from vgviewer.engine.recurrent import Tape

HOPS = {"transport", "injection"}

Rows = Mapping[str, NDArray[np.float32]]


def read_timesteps(rows: Rows, part: Part, gradient: Norms, count: int, factor: float) -> None:
    """Fills one layer's rows (T,) of what is asked for; `gradient` are the norms of ∂L/∂a_t over `count` entries."""
    if "timestep_gradient" in rows:
        rows["timestep_gradient"][:] = log_sizes(gradient, count)
    if not isinstance(part, RecurrentPart):
        return
    if "state_gradient" in rows:
        rows["state_gradient"][:] = log_sizes(gradient, count)
    chain = gradient
    if part.tape.cell_gradient is not None and rows.keys() & (HOPS | {"cell_gradient"}):
        chain = factor * timestep_norms(part.tape.cell_gradient)
        if "cell_gradient" in rows:
            rows["cell_gradient"][:] = log_sizes(chain, count)
    if rows.keys() & HOPS:
        _read_hops(rows, part.tape, chain, factor)


def _read_hops(rows: Rows, tape: Tape, chain: Norms, factor: float) -> None:
    """Hops are t+1 → t along the chain: the cells of an LSTM, the hidden states of others."""
    arriving = chain.copy()  # apart from the total only where something comes on top
    arriving[tape.injection.timesteps] = factor * timestep_norms(tape.injection.arriving)
    arriving = arriving[:-1]
    uncut = np.array([not tape.is_cut(t) for t in range(1, len(chain))], bool)
    if "transport" in rows:
        rows["transport"][:-1] = _gains(arriving, chain[1:], uncut)
    if "injection" in rows:
        rows["injection"][:-1] = _gains(chain[:-1], arriving, uncut)


def read_gates(rows: Rows, tape: Tape, factor: float) -> None:
    """Fills one layer's rows (G, T) of what is asked for."""
    for row, gate in enumerate(tape.gates):
        if "gate" in rows:
            rows["gate"][row] = in_memory_order(tape.gates[gate]).flatten(1).mean(1).numpy(force=True)
        if "gate_gradient" in rows:
            gradient = tape.gate_gradients[gate]
            rows["gate_gradient"][row] = log_sizes(factor * timestep_norms(gradient), gradient[0].numel())


def _gains(above: Norms, below: Norms, where: NDArray[np.bool_]) -> NDArray[np.float32]:
    """log10 of the ratios; NaN where nothing is divided by."""
    known = where & (below > 0)
    gains = np.full(len(above), np.nan, np.float32)
    with np.errstate(invalid="ignore"):
        gains[known] = log_sizes(above[known] / below[known], 1)
    return gains
