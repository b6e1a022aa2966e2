"""Norms and ratios of gradients that may be as small as 1e-300."""

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

Floats = NDArray[np.float64]


def norms(x: Tensor, kept: int) -> Floats:
    """Euclidean norms over all axes but the first `kept`, scaled: their squares may leave float64's range."""
    rows = x.detach().flatten(kept) if kept else x.detach().reshape(-1)
    largest = rows.abs().amax(-1, keepdim=True)
    unit = torch.where((largest > 0) & largest.isfinite(), largest, 1.0)
    found: Floats = (unit.squeeze(-1) * torch.linalg.vector_norm(rows / unit, dim=-1)).cpu().numpy()
    return found


def ratio(above: Floats, below: Floats) -> Floats:
    """above / below; NaN where below is 0."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(below == 0, np.nan, above / below)


def shares(paths: dict[str, Tensor], total: Tensor, kept: int) -> dict[str, Floats]:
    """⟨P, g⟩/‖g‖² of each path P of the gradient g = `total`, over all axes but the first `kept`; NaN where g is 0."""
    size = norms(total, kept)
    unit = torch.from_numpy(np.where(size == 0, np.nan, size)[..., None]).to(total.device)
    direction = total.flatten(kept) / unit
    return {
        name: (path.flatten(kept) / unit * direction).sum(-1).cpu().numpy() for name, path in paths.items()
    }


def before(states: Tensor) -> Tensor:
    """h_{t−1} for every t of (T, B, H); h_0 = 0."""
    return torch.cat([torch.zeros_like(states[:1]), states[:-1]])
