"""Euclidean norms of many tensors at once: fast, and never flushed to zero."""

from collections.abc import Iterator, Sequence

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

Norms = NDArray[np.float64]

PIECE = 1 << 14  # entries; in a longer float32 sum of squares rounding shows in the fifth digit
BLOCK = 1 << 16  # entries
SAFE = 1e-17  # a norm; squares that float32 rounds to 1e-45 still leave it seven digits


def norms(tensors: Sequence[Tensor]) -> Norms:
    """float64, one for each tensor. Sums of squares are taken in the tensors' precision, and again in float64 where
    they may have left its range; both agree to five digits."""
    if not tensors:
        return np.empty(0)
    pieces: list[Tensor] = []
    owners: list[int] = []
    for owner, tensor in enumerate(tensors):
        if tensor.numel() <= PIECE:
            pieces.append(tensor)
            owners.append(owner)
        else:
            parts = in_memory_order(tensor).reshape(-1).split(PIECE)
            pieces += parts
            owners += [owner] * len(parts)
    found = _read(torch._foreach_norm(pieces))
    doubtful = _doubtful(found)
    if len(doubtful):
        found[doubtful] = _read(torch._foreach_norm([pieces[i] for i in doubtful], dtype=torch.float64))
    return found if len(pieces) == len(tensors) else np.sqrt(np.bincount(owners, np.square(found)))


def timestep_norms(x: Tensor) -> Norms:
    """float64 (T,), one for each timestep of (T, B, ·)."""
    rows = in_memory_order(x).flatten(1)
    return _row_norms(rows) if rows.shape[1] <= PIECE else norms(rows.unbind())


def in_memory_order(x: Tensor) -> Tensor:
    """The same entries in the order of memory: layers along time may have the batch innermost."""
    return x if x.is_contiguous() or x.dim() < 3 else x.transpose(1, 2)


def blocks(x: Tensor) -> Iterator[NDArray[np.floating]]:
    """The entries in the order of memory, so many at once that what is made of them stays in the cache."""
    rows = in_memory_order(x).flatten(1).numpy(force=True)
    height = max(1, BLOCK // rows.shape[1])
    return (rows[begin : begin + height] for begin in range(0, len(rows), height))


def together(parts: Norms) -> float:
    """The norm of all parts together."""
    return float(np.sqrt(np.square(parts).sum()))


def log_sizes(norms: Norms, count: int | NDArray[np.int64]) -> NDArray[np.float32]:
    """log10(rms) from Euclidean norms over `count` entries each; −inf is exactly 0, +inf is not finite; NaN where there
    are no entries."""
    with np.errstate(divide="ignore", invalid="ignore"):
        sizes: NDArray[np.float32] = np.log10(norms / np.sqrt(count)).astype(np.float32)
    sizes[~np.isfinite(norms)] = np.inf
    return sizes


def _row_norms(rows: Tensor) -> Norms:
    found: Norms = torch.linalg.vector_norm(rows, dim=1).numpy(force=True).astype(np.float64)
    doubtful = _doubtful(found)
    if len(doubtful):
        again = rows[torch.from_numpy(doubtful).to(rows.device)]
        found[doubtful] = torch.linalg.vector_norm(again, dim=1, dtype=torch.float64).numpy(force=True)
    return found


def _read(scalars: Sequence[Tensor]) -> Norms:
    read: Norms = torch.stack(list(scalars)).numpy(force=True).astype(np.float64)
    return read


def _doubtful(found: Norms) -> NDArray[np.intp]:
    return np.flatnonzero(~((found > SAFE) & (found < np.inf)))
