"""Singular values of Jacobians on the coming batch, and the spectrum of W_hh."""

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn import functional as f

from vgviewer.engine.build.feed_forward import DensePart
from vgviewer.engine.build.recurrent import RecurrentPart
from vgviewer.engine.inspections.krylov import largest_eigenvalue
from vgviewer.engine.inspections.rehearsal import Rehearsal
from vgviewer.engine.inspections.sizes import Floats
from vgviewer.engine.inspections.state_jacobians import state_jacobian
from vgviewer.engine.train import Trainer
from vgviewer.frames.inspections import Block, DenseJacobians, Jacobians, StateJacobians

WIDEST_JACOBIAN = 2048  # one decomposition takes some seconds; wider ones are left out
WIDEST_BLOCK = 1024  # above it W_hh's spectral radius and largest singular value are estimated
WORK = 4e9  # n³ of all decompositions of one layer together, about two seconds
SAMPLES = 4  # of a dense layer's Jacobians, at most


def jacobians(trainer: Trainer) -> Jacobians:
    """In float64, on a copy of the network."""
    rehearsal = Rehearsal(trainer)
    recurrent = tuple(_of_recurrent(place, part, rehearsal) for place, part in rehearsal.recurrent.items())
    dense = []
    entering = rehearsal.x
    for place, part in rehearsal.net.parts.items():
        if isinstance(part, DensePart):
            dense.append(DenseJacobians(place, _of_dense(part, entering.detach())))
        entering = rehearsal.net.outputs[place]
    return Jacobians(rehearsal.step, recurrent, tuple(dense))


def _of_recurrent(place: str, part: RecurrentPart, rehearsal: Rehearsal) -> StateJacobians:
    states = rehearsal.net.outputs[place].detach()[:, 0]
    width = states.shape[1] * (1 if part.tape.cell is None else 2)
    timesteps = _thinned(len(states) - 1, width)
    singular = np.zeros((len(timesteps), width))
    for row, t in enumerate(timesteps):
        singular[row] = _singular(state_jacobian(part, states, t - 1))
    return StateJacobians(place, timesteps, singular, _blocks(part))


def _thinned(hops: int, width: int) -> NDArray[np.int64]:
    """The hops' earlier timesteps, from 1: all of them, or evenly spread ones."""
    count = min(hops, _most(width))
    return np.arange(1, count + 1) * hops // max(count, 1)


def _most(width: int) -> int:
    """How many Jacobians of that width are decomposed."""
    return 0 if width > WIDEST_JACOBIAN else max(1, int(WORK / width**3))


def _blocks(part: RecurrentPart) -> tuple[Block, ...]:
    weight = part.weights["weight_hh"].detach()
    blocks = weight.split(weight.shape[1])
    return tuple(_block(gate, block) for gate, block in zip(part.tape.gates or [""], blocks, strict=True))


def _block(gate: str, weight: Tensor) -> Block:
    if not weight.isfinite().all():
        return Block(gate, np.nan, np.nan, estimated=False)
    if len(weight) <= WIDEST_BLOCK:
        radius = torch.linalg.eigvals(weight).abs().max()
        return Block(gate, float(radius), float(torch.linalg.matrix_norm(weight, 2)), estimated=False)
    start = torch.randn(len(weight), generator=torch.Generator().manual_seed(0)).to(weight)
    radius = largest_eigenvalue(weight.mv, start)
    squared = largest_eigenvalue(lambda v: weight.T.mv(weight.mv(v)), start)
    return Block(gate, radius, float(np.sqrt(squared)), estimated=True)


def _of_dense(part: DensePart, entering: Tensor) -> Floats:
    """∂a/∂x = ∂φ/∂z · W, sample by sample."""
    weight = part.weights["weight"].detach()
    samples = min(SAMPLES, _most(max(weight.shape)))
    rows = (entering[-1] if entering.dim() == 3 else entering)[:samples]
    if len(rows) == 0:
        return np.zeros((0, min(weight.shape)))
    bias = part.weights.get("bias")
    z = f.linear(rows, weight, None if bias is None else bias.detach())
    slopes = torch.func.vmap(torch.func.jacrev(part.activation))(z)  # (samples, H, H)
    return _singular(slopes @ weight)


def _singular(matrices: Tensor) -> Floats:
    """The largest first; NaN where an entry is not finite."""
    finite = matrices.isfinite().flatten(-2).all(-1)
    found = torch.linalg.svdvals(matrices.nan_to_num(0.0, 0.0, 0.0))
    return torch.where(finite[..., None], found, torch.nan).cpu().numpy()
