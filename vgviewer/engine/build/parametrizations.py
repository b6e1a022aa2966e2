"""Weights that are made of something else, which is what the optimizer changes."""

import torch
from torch import Tensor, nn


class Parametrization(nn.Module):
    """Called without arguments it gives the weight as it is now."""

    def forward(self) -> Tensor:
        raise NotImplementedError


class WeightNorm(Parametrization):
    """w = g · v / ‖v‖, row by row. Salimans & Kingma 2016, arXiv 1602.07868, eq. 2."""

    def __init__(self, drawn: Tensor) -> None:
        super().__init__()
        lengths = _lengths(drawn)
        self.v = nn.Parameter(
            torch.where(lengths > 0, drawn, 1.0)
        )  # a row of zeros has no direction of its own
        self.g = nn.Parameter(lengths)

    def forward(self) -> Tensor:
        return self.v * (self.g / _lengths(self.v))


class OrthogonalWeight(Parametrization):
    """W = Q₀ (I + S/2)⁻¹ (I − S/2) with S = (A − Aᵀ)/2, orthogonal whatever A is; it starts at Q₀, where A is 0.

    The Cayley transform as in Helfrich, Willmott & Ye 2018, arXiv 1707.09520, around a base point as in
    Lezcano-Casado 2019, arXiv 1909.09501. With these halves a small step on A is the same step on W, along the
    orthogonal matrices. In float64: what is to stay orthogonal must not collect rounding.
    """

    base: Tensor

    def __init__(self, drawn: Tensor) -> None:
        super().__init__()
        u, _, v = torch.linalg.svd(drawn.double())  # u v is the polar factor, the nearest orthogonal matrix
        self.register_buffer("base", (u @ v).to(drawn.dtype))
        self.a = nn.Parameter(torch.zeros_like(drawn))

    def forward(self) -> Tensor:
        a = self.a.double()
        half = (a - a.T) / 4
        one = torch.eye(len(a), dtype=a.dtype, device=a.device)
        turn, _ = torch.linalg.solve_ex(one + half, one - half)  # unchecked: past all bounds it is not finite
        weight: Tensor = self.base.double() @ turn
        return weight.to(self.a.dtype)


def _lengths(rows: Tensor) -> Tensor:
    """(rows, 1), taken in float64, where no square of a float32 is lost."""
    lengths: Tensor = torch.linalg.vector_norm(rows, dim=1, keepdim=True, dtype=torch.float64)
    return lengths.to(rows.dtype)
