"""Pascanu's regularizer, arXiv 1211.5063, section 3.3: what one hop back in time keeps of the gradient shall be 1.

Ω = mean of (r − 1)², r = ‖∂L/∂h_{t+1} · ∂h_{t+1}/∂h_t‖ / ‖∂L/∂h_{t+1}‖ of each sample and hop. The paper's formula
sums over the hops; its authors' program (github.com/pascanur/trainingRNNs, RNN.py) takes the mean over samples and over
the hops that count, and so do we: a weight then means the same at every length. The ratio is of norms as in the paper,
not of their squares as in the program. Hops that do not count are those where ‖∂L/∂h_{t+1}‖ is 0 or too small for its
precision (in the program: below 1e-10), and those through which nothing comes: truncation cuts there, or all units are
off.
"""

from collections.abc import Sequence

import torch
from torch import Tensor

from vgviewer.engine.build.recurrent import RecurrentPart
from vgviewer.engine.net import Net
from vgviewer.engine.recurrent import Tape
from vgviewer.experiment import Experiment


def add_omega_(
    experiment: Experiment, net: Net, learned: Sequence[Tensor], gradients: Sequence[Tensor]
) -> None:
    """Adds weight · ∂Ω/∂W_hh to the gradients of `learned` that a backward pass has just left."""
    omega = experiment.training.omega
    if omega is None:
        return
    of = {id(parameter): gradient for parameter, gradient in zip(learned, gradients, strict=True)}
    for place in experiment.regularized:
        part = net.parts[place]
        if isinstance(part, RecurrentPart):
            weight_hh = part.weights["weight_hh"]
            of[id(weight_hh)].add_(omega_gradient(part.tape, weight_hh), alpha=omega.weight)


def omega_gradient(tape: Tape, weight_hh: Tensor) -> Tensor:
    """float (H, H): the immediate derivative of Ω with respect to W_hh, states and ∂L/∂h_{t+1} held constant.

    With δ_{t+1} the gradient of the pre-activation, what arrives at t is u = δ_{t+1} W_hh, so that one hop's term has
    the derivative 2 (r − 1)/(‖∂L/∂h_{t+1}‖ ‖u‖) δ_{t+1}ᵀ u. Taken in float64: both norms may be tiny.
    """
    after = tape.state_gradient[1:].double()
    delta = tape.delta_hidden[1:].double()
    arriving = tape.arriving[:-1].double()
    size, arrived = (torch.linalg.vector_norm(x, dim=2, keepdim=True) for x in (after, arriving))
    counts = (size > torch.finfo(tape.arriving.dtype).tiny) & (arrived > 0)
    if not counts.any():
        return torch.zeros_like(weight_hh)
    slope = torch.where(counts, 2 * (arrived / size - 1) / counts.sum(), 0.0)
    from_after = torch.where(counts, delta / size, 0.0) * slope
    direction = torch.where(counts, arriving / arrived, 0.0)
    return (from_after.flatten(0, 1).T @ direction.flatten(0, 1)).to(weight_hh.dtype)
