"""Exact histograms of absolute sizes, from the bits of the floats."""

from collections.abc import Sequence

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from vgviewer.engine.norms import in_memory_order
from vgviewer.frames.details import Histograms

QUARTERS = 21  # bits of a float32 behind its sign, its exponent and two bits of its mantissa
CODES = 1 << 10  # what is left without the sign; the last four are not finite
FINITE = CODES - 4


CHUNK = 1 << 17  # entries that are counted at once, while they are in the processor's cache


def histograms(rows: Sequence[Sequence[Tensor]], factor: float = 1.0) -> Histograms:
    """Of all entries of each layer's tensors together, as float32."""
    counts, zeros = np.zeros((len(rows), CODES), np.int64), np.zeros(len(rows), np.int64)
    sizes = np.array([sum(tensor.numel() for tensor in tensors) for tensors in rows])
    chunks = np.cumsum(sizes) // CHUNK
    for chunk in np.unique(chunks[sizes > 0]):
        members = np.flatnonzero((chunks == chunk) & (sizes > 0))
        entries = [in_memory_order(tensor).reshape(-1) for row in members.tolist() for tensor in rows[row]]
        values = torch.cat(entries).to("cpu", torch.float32).numpy()
        counts[members], zeros[members] = _count(values, sizes[members])
    counts[:, 0] -= zeros
    used = np.flatnonzero(counts[:, :FINITE].sum(0))
    first, end = (int(used[0]), int(used[-1]) + 1) if len(used) else (0, 0)
    return Histograms(first, counts[:, first:end].copy(), zeros, counts[:, FINITE:].sum(1), factor)


def _count(
    values: NDArray[np.float32], sizes: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Counts (n, CODES) and zeros (n,) of n layers' values, one behind the other; code 0 holds the smallest subnormal
    numbers as well."""
    codes = values.view(np.int32) >> QUARTERS
    codes &= CODES - 1
    ends = np.cumsum(sizes)
    layers = [slice(end - size, end) for end, size in zip(ends, sizes, strict=True)]
    for number, layer in enumerate(layers):
        codes[layer] += number * CODES
    counts: NDArray[np.int64] = torch.bincount(torch.from_numpy(codes), minlength=len(sizes) * CODES).numpy()
    counts = counts.reshape(-1, CODES)
    zeros = [
        np.count_nonzero(values[layer] == 0) if found else 0
        for layer, found in zip(layers, counts[:, 0], strict=True)
    ]
    return counts, np.array(zeros, np.int64)
