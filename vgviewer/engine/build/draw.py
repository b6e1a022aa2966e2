"""Drawing parameters at the start of a run."""

import math

import torch
from torch import Generator, Tensor

from vgviewer.network import initializers as kinds
from vgviewer.network.initializers import Initializer


def draw(init: Initializer, shape: tuple[int, ...], fan_in: int, fan_out: int, rng: Generator) -> Tensor:
    """float32 tensor of `shape`: (rows, columns), or (rows,) for a bias, which counts as one column."""
    rows, columns = shape if len(shape) == 2 else (shape[0], 1)
    match init:
        case kinds.Default():
            drawn = _uniform((rows, columns), 1 / math.sqrt(fan_in), rng)
        case kinds.Zeros():
            drawn = torch.zeros(rows, columns)
        case kinds.Constant():
            drawn = torch.full((rows, columns), init.value)
        case kinds.Values():
            drawn = torch.tensor(init.values, dtype=torch.float32).reshape(rows, columns)
        case kinds.Uniform():
            drawn = _uniform((rows, columns), init.limit, rng)
        case kinds.Orthogonal():
            drawn = _orthogonal(rows, columns, rng)
        case kinds.Identity():
            drawn = torch.eye(rows, columns)
        case kinds.XavierUniform() | kinds.KaimingUniform():
            drawn = _uniform((rows, columns), math.sqrt(3) * _std(init, fan_in, fan_out), rng)
        case _:
            drawn = _std(init, fan_in, fan_out) * torch.randn(rows, columns, generator=rng)
    return drawn.reshape(shape).mul_(init.gain)


def _uniform(shape: tuple[int, int], limit: float, rng: Generator) -> Tensor:
    return (2 * torch.rand(shape, generator=rng) - 1) * limit


def _std(init: Initializer, fan_in: int, fan_out: int) -> float:
    match init:
        case kinds.Normal():
            return init.std
        case kinds.XavierUniform() | kinds.XavierNormal():
            return math.sqrt(2 / (fan_in + fan_out))
        case kinds.KaimingUniform() | kinds.KaimingNormal():
            return math.sqrt(2 / fan_in)
        case _:
            return 1 / math.sqrt(fan_in)


def _orthogonal(rows: int, columns: int, rng: Generator) -> Tensor:
    """Uniform over orthogonal matrices: QR with the signs of R's diagonal (Mezzadri 2007)."""
    normal = torch.randn(max(rows, columns), min(rows, columns), generator=rng)
    q, r = torch.linalg.qr(normal)
    q = q * r.diagonal().sign()
    matrix: Tensor = q if rows >= columns else q.T
    return matrix
