"""Measuring the details of one step."""

from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from vgviewer.engine.build.recurrent import RecurrentPart
from vgviewer.engine.net import Net
from vgviewer.engine.norms import SAFE, log_sizes
from vgviewer.engine.probe.histograms import histograms
from vgviewer.engine.recurrent import Tape
from vgviewer.engine.step import Backward
from vgviewer.frames.details import Details


@torch.no_grad()
def details(net: Net, found: Backward, factor: float) -> Details:
    """Of the last backward pass; the weights must still be those of the forward pass."""
    recurrent = {place: part.tape for place, part in net.parts.items() if isinstance(part, RecurrentPart)}
    made = Details(
        units={place: _units(gradient, factor) for place, gradient in found.outputs.items()},
        cells={
            place: _units(tape.cell_gradient, factor)
            for place, tape in recurrent.items()
            if tape.cell_gradient is not None
        },
        gates={
            place: np.stack([_units(gradient, factor) for gradient in tape.gate_gradients.values()])
            for place, tape in recurrent.items()
            if tape.gate_gradients
        },
        histograms={
            "output_gradient": histograms([[gradient] for gradient in found.outputs.values()], factor),
            "weight_gradient": histograms([list(of.values()) for of in found.weights.values()]),
            "output": histograms([[output] for output in net.outputs.values()]),
            "weight": histograms([list(part.weights.values()) for part in net.parts.values()]),
        },
        timestep_shares={
            place: timestep_shares(tape, net.outputs[place]) for place, tape in recurrent.items()
        },
    )
    _lock(made)
    return made


def timestep_shares(tape: Tape, states: Tensor) -> NDArray[np.float64]:
    """⟨G_t, G⟩/‖G‖² with G_t = δ_tᵀ h_{t−1} and G their sum: (δ_t ∘ h_{t−1} Gᵀ) summed over batch and rows."""
    delta = tape.delta_hidden[1:].double()  # h₀ = 0 has no share
    before = states[:-1].double()
    whole = delta.flatten(0, 1).T @ before.flatten(0, 1)
    square = whole.square().sum()
    each = (delta * (before @ whole.T)).sum((1, 2))
    shares: NDArray[np.float64] = torch.cat([each.new_zeros(1), each]).div(square).numpy(force=True)
    return shares


def _units(gradient: Tensor, factor: float) -> NDArray[np.float32]:
    """(B, H) → (H,), (T, B, H) → (T, H)."""
    norms = gradient.square().sum(-2).sqrt().numpy(force=True).astype(np.float64)
    if not ((norms > SAFE) & (norms < np.inf)).all():
        norms = torch.linalg.vector_norm(gradient, dim=-2, dtype=torch.float64).numpy(force=True)
    return log_sizes(factor * norms, gradient.shape[-2])


def _lock(made: Details) -> None:
    arrays: list[NDArray[Any]] = [
        array
        for mapping in (made.units, made.cells, made.gates, made.timestep_shares)
        for array in mapping.values()
    ]
    for histogram in made.histograms.values():
        arrays += [histogram.counts, histogram.zeros, histogram.not_finite]
    for array in arrays:
        array.flags.writeable = False
