"""What a frame measured, in the form of a prediction, so that both can be shown side by side."""

from dataclasses import dataclass

import numpy as np

from vgviewer.frames import Frame, Started
from vgviewer.theory.memory import Memory, truncated
from vgviewer.theory.quadrature import Numbers

GATES = {"lstm": "f", "gru": "z"}  # the gate that carries


@dataclass(frozen=True)
class Measured:
    """`sizes` float64 (L,): log10 of the size of ∂L/∂output over that at the head's output; `memories` as predicted,
    along the transport gains, so that a loss at every timestep hides nothing."""

    sizes: Numbers
    memories: tuple[Memory, ...]


def measure(started: Started, frame: Frame) -> Measured:
    """NaN where the frame has no such reading."""
    count = len(started.sites)
    sizes = frame.readings.get("output_gradient", np.full(count, np.nan)).astype(np.float64)
    with np.errstate(invalid="ignore"):
        relative = sizes - sizes[-1]
    rows = [row for row, site in enumerate(started.sites) if site.recurrent]
    return Measured(relative, tuple(_memory(started, frame, row) for row in rows))


def _memory(started: Started, frame: Frame, row: int) -> Memory:
    site = started.sites[row]
    hops = np.full(started.timesteps, np.nan)
    if "transport" in frame.readings:
        hops = frame.readings["transport"][row].astype(np.float64)
    with np.errstate(invalid="ignore"):
        sizes = np.concatenate([np.cumsum(hops[-2::-1])[::-1], [0.0]])
    gate = None
    if site.type in GATES and "gate" in frame.readings:
        gate = float(frame.readings["gate"][row, site.gates.index(GATES[site.type])].mean())
    return Memory(site.id, site.type, truncated(sizes, started.truncate), started.dependency, gate)
