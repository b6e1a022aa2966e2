"""Reading sizes off one training step: the only place that turns tensors into frames' readings."""

from collections.abc import Iterable, Mapping

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from vgviewer.engine.build.recurrent import RecurrentPart
from vgviewer.engine.net import Net
from vgviewer.engine.step import Backward
from vgviewer.frames import QUANTITIES, Site

Sizes = NDArray[np.float64]


def sites(net: Net) -> tuple[Site, ...]:
    """The places of measurement: the layers in order, then the output head."""
    return tuple(
        Site(
            place,
            "output" if part.layer is None else part.layer.type,
            isinstance(part, RecurrentPart),
            part.layer is not None and part.layer.has_cell,
            any(True for _ in part.parameters()),
        )
        for place, part in net.parts.items()
    )


class Probe:
    """Fills one frame's readings; `factor` makes a gradient of the mean loss one sample's: B, or 1 for loss sum."""

    def __init__(self, net: Net, timesteps: int, factor: float) -> None:
        self._net = net
        self._factor = factor
        places = len(net.parts)
        self.readings: dict[str, NDArray[np.float32]] = {
            name: np.full(places if q.axes == "layers" else (places, timesteps), np.nan, np.float32)
            for name, q in QUANTITIES.items()
        }

    def outputs(self) -> None:
        """Sizes of what the layers gave."""
        for row, output in enumerate(self._net.outputs.values()):
            self.readings["output"][row] = log_size(_norms(output), output.numel())

    def gradients(self, found: Backward) -> None:
        """Sizes of all gradients, total derivatives through time included."""
        for row, (place, part) in enumerate(self._net.parts.items()):
            gradient = found.outputs[place]
            norms = self._factor * _norms(gradient)
            self.readings["output_gradient"][row] = log_size(norms, gradient.numel())
            self.readings["weight_gradient"][row] = _together(found.weights[place].values())
            if isinstance(part, RecurrentPart):
                self._through_time(row, part, norms)

    def weights(self) -> None:
        """Sizes of the weights before the step, as they were multiplied with."""
        for row, part in enumerate(self._net.parts.values()):
            self.readings["weight"][row] = _together(part.weights.values())

    def updates(self, before: list[Tensor]) -> None:
        """Sizes of what the step changed; `before` holds all weights as they were, in the network's order."""
        waiting = iter(before)
        with torch.no_grad():
            for row, part in enumerate(self._net.parts.values()):
                now = part.compose().values()
                self.readings["update"][row] = _together(weight - next(waiting) for weight in now)

    def finish(self) -> Mapping[str, NDArray[np.float32]]:
        """The readings, read-only from now on."""
        for values in self.readings.values():
            values.flags.writeable = False
        return self.readings

    def _through_time(self, row: int, part: RecurrentPart, norms: Sizes) -> None:
        tape = part.tape
        timesteps = len(norms)
        count = tape.state_gradient.numel() // timesteps
        self.readings["state_gradient"][row, :timesteps] = log_sizes(norms, count)
        chain = norms
        if tape.cell_gradient is not None:
            chain = self._factor * _norms(tape.cell_gradient)
            self.readings["cell_gradient"][row, :timesteps] = log_sizes(chain, count)
        arriving = self._factor * _norms(tape.arriving)
        for t in range(timesteps - 1):
            if chain[t + 1] > 0 and not tape.is_cut(t + 1):
                self.readings["transport"][row, t] = log_sizes(arriving[t : t + 1] / chain[t + 1], 1)[0]


def log_sizes(norms: Sizes, count: int) -> NDArray[np.float32]:
    """log10(rms) from Euclidean norms over `count` entries each; −inf is exactly 0, +inf is not finite."""
    with np.errstate(divide="ignore", invalid="ignore"):
        sizes: NDArray[np.float32] = np.log10(norms / np.sqrt(count)).astype(np.float32)
    sizes[~np.isfinite(norms)] = np.inf
    return sizes


def log_size(norms: Sizes, count: int) -> np.float32:
    """log10(rms) of all together, from the norms of the parts."""
    together = (
        np.sqrt(np.square(norms).sum(keepdims=True)) if np.isfinite(norms).all() else np.array([np.inf])
    )
    size: np.float32 = log_sizes(together, count)[0]
    return size


def _norms(x: Tensor) -> Sizes:
    """Euclidean norms in float64: one for each timestep of (T, B, ·), one alone for (B, ·)."""
    rows = x.detach().reshape(x.shape[0] if x.dim() == 3 else 1, -1)
    norms: Sizes = torch.linalg.vector_norm(rows, dim=1, dtype=torch.float64).numpy()
    return norms


def _together(tensors: Iterable[Tensor]) -> np.float32:
    """log10(rms) over all entries of several tensors; NaN where there are none."""
    every = [tensor.detach() for tensor in tensors]
    if not every:
        return np.float32(np.nan)
    norms = np.array([float(torch.linalg.vector_norm(x, dtype=torch.float64)) for x in every])
    return log_size(norms, sum(x.numel() for x in every))
