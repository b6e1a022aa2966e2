"""Units that do not pass gradients on: saturated ones, and dead ones."""

import math
from collections.abc import Sequence

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from vgviewer.engine.build.activations import ACTIVATIONS
from vgviewer.engine.build.part import Part
from vgviewer.engine.build.recurrent import RecurrentPart
from vgviewer.engine.norms import blocks
from vgviewer.frames.quantities import DEAD_AFTER, DEAD_BATCHES, SATURATED

SELU_SLOPE = 1.0507009873554805 * 1.6732632423543772  # at 0 from below; Klambauer et al. 2017
TANH_GATES = ("g", "n")


def _both_ends(end: float) -> tuple[float, float]:
    return -end, end


# Outputs up to the first and from the second number on are saturated: there φ′ is below SATURATED · max φ′
LEVELS: dict[str, tuple[float, float]] = {
    "sigmoid": ((1 - math.sqrt(1 - SATURATED)) / 2, (1 + math.sqrt(1 - SATURATED)) / 2),
    "tanh": _both_ends(math.sqrt(1 - SATURATED)),
    "hard_tanh": _both_ends(1.0),
    "softsign": _both_ends(1 - math.sqrt(SATURATED)),
    "erf": _both_ends(math.erf(math.sqrt(-math.log(SATURATED)))),
    "elu": (SATURATED - 1, math.inf),
    "selu": ((SATURATED - 1) * SELU_SLOPE, math.inf),
    "softplus": (-math.log1p(-SATURATED), math.inf),
}


def activation_of(part: Part) -> str | None:
    """The name of the function whose values are the part's output."""
    if isinstance(part, RecurrentPart):
        return part.tape.activation if part.layer is not None and part.layer.type == "rnn" else None
    function = getattr(part, "activation", None)
    return next((name for name, known in ACTIVATIONS.items() if known is function), None)


def saturation(part: Part, name: str | None, output: Tensor) -> float:
    """Share of saturated outputs, of the gates' values where there are gates; NaN where there can be none.

    `name` is the activation of the output.
    """
    if isinstance(part, RecurrentPart) and part.tape.gates:
        gates = part.tape.gates
        shares = [_share(gates[gate], "tanh" if gate in TANH_GATES else "sigmoid") for gate in gates]
        return sum(shares) / len(shares)
    return _share(output, name) if name in LEVELS else math.nan


def _share(x: Tensor, name: str) -> float:
    low, high = LEVELS[name]
    count = 0
    for values in blocks(x):
        count += int(np.count_nonzero(values <= low))
        if high < math.inf:
            count += int(np.count_nonzero(values >= high))
    return count / x.numel()


class Silence:
    """For how many samples each relu unit has given nothing but 0."""

    def __init__(self) -> None:
        self._batches = 0
        self._silent: NDArray[np.int64] = np.zeros(1, np.int64)

    def dead(self, outputs: Sequence[Tensor]) -> NDArray[np.float64]:
        """Takes one more batch, the outputs of all relu layers, (T, B, H) or (B, H); the share of each that is dead,
        float64; NaN before enough was seen."""
        peaks = [(output if output.dim() == 2 else output.flatten(0, 1)).amax(0) for output in outputs]
        self._batches += 1
        samples = outputs[0].shape[-2]
        self._silent = np.where(torch.cat(peaks).numpy(force=True) <= 0, self._silent + samples, 0)
        needed = max(DEAD_AFTER, DEAD_BATCHES * samples)
        if self._batches * samples < needed:
            return np.full(len(outputs), np.nan)
        ends = np.cumsum([output.shape[-1] for output in outputs])
        counts = np.diff(np.concatenate([[0], np.cumsum(self._silent >= needed)])[[0, *ends]])
        shares: NDArray[np.float64] = counts / np.diff([0, *ends])
        return shares
