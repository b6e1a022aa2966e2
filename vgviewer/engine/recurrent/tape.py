"""What a recurrent layer's forward and backward pass leave behind."""

import torch
from torch import Tensor


class Tape:
    """States and total derivatives of one batch, all (T, B, ·) with the batch innermost in memory; `gates` maps a
    gate's name to values or gradients of pre-activations.

    `state_gradient` is the total ∂L/∂h_t, `delta_hidden` (T, B, G·H) the gradient of W_hh h_{t−1} + b_hh.
    """

    states: Tensor
    state_gradient: Tensor
    delta_hidden: Tensor
    cell: Tensor | None = None
    cell_gradient: Tensor | None = None
    injection: "Injection"

    def __init__(self, activation: str, truncate: int | None, leak: float = 1.0) -> None:
        self.activation = activation
        self.truncate = truncate
        self.leak = leak
        self.gates: dict[str, Tensor] = {}
        self.gate_gradients: dict[str, Tensor] = {}

    def clear(self) -> None:
        """Lets the last batch go, so that the next one gets the same memory, which the processor still has at hand."""
        self.gates, self.gate_gradients = {}, {}
        for name in ("states", "state_gradient", "delta_hidden", "cell", "cell_gradient", "injection"):
            vars(self).pop(name, None)

    @property
    def arriving(self) -> Tensor:
        """The part of the total derivative that comes from t+1: of ∂L/∂h_t, for an LSTM of ∂L/∂c_t."""
        total = self.state_gradient if self.cell_gradient is None else self.cell_gradient
        found = total.clone()
        found[self.injection.timesteps] = self.injection.arriving.transpose(1, 2)
        return found

    def is_cut(self, timestep: int) -> bool:
        """Whether the state that enters timestep `timestep` (from 0) is detached."""
        return self.truncate is not None and timestep > 0 and timestep % self.truncate == 0


class Injection:
    """Where a backward pass is given something by the layer above, `direct` (T, B, H), or begins anew.

    Elsewhere the total derivative is what arrives from t+1, and is kept once: `arriving` (N, H, B) is apart from
    it only at these N `timesteps`, where `given` (N, H, B) comes on top.
    """

    def __init__(self, direct: Tensor, tape: Tape) -> None:
        last = len(direct) - 1
        self.goes_on = [t < last and not tape.is_cut(t + 1) for t in range(len(direct))]
        given = ((direct.amax((1, 2)) != 0) | (direct.amin((1, 2)) != 0)).tolist()
        self.is_here = [here or not on for here, on in zip(given, self.goes_on, strict=True)]
        self.timesteps = [t for t, here in enumerate(self.is_here) if here]
        self.given = direct.transpose(1, 2)[self.timesteps].contiguous()
        self.arriving = torch.zeros_like(self.given)
