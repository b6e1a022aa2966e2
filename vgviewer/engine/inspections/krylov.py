"""The outermost eigenvalues of a matrix that is only multiplied with."""

from collections.abc import Callable

import torch
from torch import Tensor

DIMENSIONS = 120  # of the Krylov space
NEGLIGIBLE = 1e-12  # relative to the matrix: the space is exhausted


def largest_eigenvalue(apply: Callable[[Tensor], Tensor], start: Tensor) -> float:
    """An estimate of the spectral radius: the largest Ritz value's absolute value. Arnoldi 1951."""
    basis = [start / torch.linalg.vector_norm(start)]
    steps = min(DIMENSIONS, len(start))
    projected = start.new_zeros(steps + 1, steps)
    for step in range(steps):
        ahead = apply(basis[step])
        size = torch.linalg.vector_norm(ahead)
        space = torch.stack(basis)
        for _ in range(2):  # once more against rounding
            along = space @ ahead
            ahead = ahead - along @ space
            projected[: step + 1, step] += along
        left = torch.linalg.vector_norm(ahead)
        if left <= NEGLIGIBLE * size:
            steps = step + 1
            break
        projected[step + 1, step] = left
        basis.append(ahead / left)
    return float(torch.linalg.eigvals(projected[:steps, :steps]).abs().max())
