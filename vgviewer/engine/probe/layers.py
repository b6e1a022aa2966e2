"""Readings with one number for each layer, from the tensors that belong to each."""

from collections.abc import Iterable, Sequence

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from vgviewer.engine.norms import Norms, blocks, in_memory_order, log_sizes, norms

Sizes = NDArray[np.float32]
SMALL = 1 << 13  # entries; larger tensors cost less alone than a copy of them
CHUNK = (
    1 << 17
)  # entries of tensors whose changes are measured together, while they are in the processor's cache


class Layout:
    """Which tensors of a list belong to which layer: some have none, some have several."""

    def __init__(self, rows: Iterable[Sequence[Tensor]]) -> None:
        counts = [[tensor.numel() for tensor in row] for row in rows]
        self._owners = np.repeat(np.arange(len(counts)), [len(row) for row in counts])
        self._counts = np.array([sum(row) for row in counts])

    def together(self, found: Norms) -> Sizes:
        """log10(rms) of each layer, from the norms of the tensors; NaN where there are none."""
        squares = np.bincount(self._owners, np.square(found), len(self._counts))
        return self._where(log_sizes(np.sqrt(squares), self._counts))

    def largest(self, found: Norms) -> Sizes:
        """log10 of the largest of each layer; NaN where there are no tensors."""
        most = np.zeros(len(self._counts))
        np.maximum.at(most, self._owners, found)
        return self._where(log_sizes(most, 1))

    def ratios(self, above: Norms, below: Norms) -> Sizes:
        """log10 of the ratio of the rms; NaN where what stands below is 0 or not finite."""
        over, under = self.together(above), self.together(below)
        with np.errstate(invalid="ignore"):
            return np.where(np.isfinite(under), over - under, np.float32(np.nan))

    def _where(self, sizes: Sizes) -> Sizes:
        sizes[self._counts == 0] = np.nan
        return sizes


def largest(tensors: Sequence[Tensor]) -> Norms:
    """The largest absolute value of each tensor, float64; small ones of equal shape are looked at together."""
    found = np.empty(len(tensors))
    alike: dict[torch.Size, list[int]] = {}
    alone = []
    for index, tensor in enumerate(tensors):
        if tensor.numel() <= SMALL:
            alike.setdefault(tensor.shape, []).append(index)
        else:
            alone.append(index)
    for members in alike.values():
        rows = torch.stack([tensors[i] for i in members]).flatten(1)
        found[members] = torch.maximum(rows.amax(1), -rows.amin(1)).numpy(force=True)
    if alone:
        ends = torch.stack([end for i in alone for end in torch.aminmax(in_memory_order(tensors[i]))])
        found[alone] = np.abs(ends.numpy(force=True)).reshape(-1, 2).max(1)
    return found


def zeros(tensors: Sequence[Tensor]) -> list[float]:
    """The share of each tensor's entries that are exactly 0."""
    return [sum(np.count_nonzero(block == 0) for block in blocks(x)) / x.numel() for x in tensors]


def changes(now: Sequence[Tensor], before: Sequence[Tensor]) -> Norms:
    """The norm of each change; a tensor that is the same object has none."""
    found = np.zeros(len(now))
    chunk: list[int] = []
    entries = 0
    for index, (new, old) in enumerate(zip(now, before, strict=True)):
        if new is not old:
            chunk.append(index)
            entries += new.numel()
        if chunk and (entries >= CHUNK or index == len(now) - 1):
            found[chunk] = norms(torch._foreach_sub([now[i] for i in chunk], [before[i] for i in chunk]))
            chunk, entries = [], 0
    return found
