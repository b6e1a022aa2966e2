"""How far back each timestep's loss reaches: all target timesteps against all state timesteps."""

from collections.abc import Iterator

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from vgviewer.engine.build.recurrent import RecurrentPart
from vgviewer.engine.inspections.rehearsal import Rehearsal
from vgviewer.engine.inspections.sizes import before, norms
from vgviewer.engine.loss import loss
from vgviewer.engine.probe import log_sizes
from vgviewer.engine.train import Trainer
from vgviewer.frames.inspections import LayerReach, Reach

LENGTH = 20_000  # timesteps of all rows together: some ten seconds for 128 units
FEWEST_TARGETS = 16
MEMORY = 2**27  # bytes for one batched pass, as far as that can be chosen
# float64 numbers that one pass holds for each unit, sample and timestep, at most
WIDTH, RECURRENT_WIDTH = 4, 30
Integers = NDArray[np.int64]


def reach(trainer: Trainer) -> Reach:
    """In float64, on a copy of the network.

    Several target timesteps share one backward pass: the batch is repeated, and each copy answers for one of them
    alone. Batch normalization would mix the copies, so such networks go one target timestep at a time.
    """
    rehearsal = Rehearsal(trainer)
    targets = _targets(rehearsal)
    if 1 < len(targets) < len(rehearsal.x):
        _go(rehearsal, targets, copies=1)
    columns = {place: _Columns(rehearsal, place, targets) for place in rehearsal.recurrent}
    for rows in _chunks(rehearsal, targets) if columns else ():
        if len(targets) > 1:
            _go(rehearsal, targets[rows], copies=rows.stop - rows.start)
        for place, part in rehearsal.recurrent.items():
            columns[place].fill(rows, part)
    return Reach(rehearsal.step, tuple(found.finish() for found in columns.values()))


class _Columns:
    """One layer's matrices while they are filled; made after a pass of all targets together."""

    def __init__(self, rehearsal: Rehearsal, place: str, targets: Integers) -> None:
        part = rehearsal.recurrent[place]
        states = rehearsal.net.outputs[place].detach()
        shape = (len(targets), len(states))
        self._place, self._targets = place, targets
        self._factor, self._causal = rehearsal.factor, not rehearsal.mixes_samples
        self._states = np.full(shape, np.nan, np.float32)
        self._cells = np.full(shape, np.nan, np.float32) if part.tape.cell is not None else None
        self._shares = np.zeros(shape)
        earlier = before(states)
        gradient = part.tape.delta_hidden.flatten(0, 1).T @ earlier.flatten(0, 1)  # ∂L/∂W_hh
        self._size = float(norms(gradient, kept=0)) or np.nan
        self._pull = earlier @ (gradient / self._size).T  # ⟨δᵀh, G⟩ = ⟨δ, h Gᵀ⟩

    def fill(self, rows: slice, part: RecurrentPart) -> None:
        """From a pass with one copy of the batch for each of the rows."""
        tape, copies = part.tape, rows.stop - rows.start
        self._states[rows, : len(tape.state_gradient)] = self._sizes(tape.state_gradient, copies)
        if self._cells is not None and tape.cell_gradient is not None:
            self._cells[rows, : len(tape.cell_gradient)] = self._sizes(tape.cell_gradient, copies)
        delta = tape.delta_hidden.unflatten(1, (copies, -1)) / self._size  # (T, R, B, G·H)
        shares = torch.einsum("trbh,tbh->rt", delta, self._pull[: len(delta)])
        self._shares[rows, : len(delta)] = shares.cpu().numpy()

    def finish(self) -> LayerReach:
        if self._causal:
            later = np.arange(1, self._states.shape[1] + 1) > self._targets[:, None]
            self._states[later] = np.nan
            if self._cells is not None:
                self._cells[later] = np.nan
        return LayerReach(self._place, self._targets, self._states, self._cells, self._shares)

    def _sizes(self, gradient: Tensor, copies: int) -> NDArray[np.float32]:
        """(T, R·B, H) → log10 sizes (R, T)."""
        each = gradient.unflatten(1, (copies, -1))
        found = self._factor * norms(each, kept=2)
        return np.stack([log_sizes(row, each[0, 0].numel()) for row in found.T])


def _targets(rehearsal: Rehearsal) -> Integers:
    """The target timesteps, from 1: all of them, or evenly spread ones."""
    timesteps = rehearsal.experiment.task.inputs().timesteps or 1
    if rehearsal.experiment.answer.timesteps is None:
        return np.array([timesteps])
    count = min(timesteps, max(FEWEST_TARGETS, LENGTH // timesteps))
    return np.arange(1, count + 1) * timesteps // count


def _go(rehearsal: Rehearsal, targets: Integers, copies: int) -> None:
    """Forward and backward with the targets' part of L; with several copies of the batch, each takes one target."""
    experiment, net, x, y = rehearsal.experiment, rehearsal.net, rehearsal.x, rehearsal.y
    timesteps = len(x)
    used = timesteps if rehearsal.mixes_samples else targets.max()  # what comes later does not matter
    output = net(x[:used].repeat(1, copies, 1)).unflatten(1, (copies, -1))
    picked = output[targets - 1, np.arange(len(targets)) % copies]  # (R, B, K)
    wanted = y[:, targets - 1].transpose(0, 1)
    value = loss(experiment, picked.flatten(0, 1).unsqueeze(1), wanted.flatten(0, 1).unsqueeze(1))
    rehearsal.backward(value * (len(targets) / timesteps))


def _chunks(rehearsal: Rehearsal, targets: Integers) -> Iterator[slice]:
    """As many rows at a time as memory allows, the last ones first."""
    width = sum(
        output.shape[-1] * (RECURRENT_WIDTH if place in rehearsal.recurrent else WIDTH)
        for place, output in rehearsal.net.outputs.items()
    )
    samples = rehearsal.x.shape[-2]
    end = len(targets)
    while end > 0:
        most = 1 if rehearsal.mixes_samples else MEMORY // (8 * width * samples * int(targets[end - 1]))
        start = max(0, end - max(1, most))
        yield slice(start, end)
        end = start
