"""What a recurrent layer's forward and backward pass leave behind."""

import torch
from torch import Tensor


class Tape:
    """States and total derivatives of one batch, all (T, B, ·); `gates` maps a gate's name to values or
    gradients.

    `state_gradient` is the total ∂L/∂h_t, `arriving` the part of it that comes from t+1 (for an LSTM: of ∂L/∂c_t).
    """

    state_gradient: Tensor
    arriving: Tensor
    cell: Tensor | None = None
    cell_gradient: Tensor | None = None

    def __init__(self, activation: str, truncate: int | None) -> None:
        self.activation = activation
        self.truncate = truncate
        self.gates: dict[str, Tensor] = {}
        self.gate_gradients: dict[str, Tensor] = {}

    def is_cut(self, timestep: int) -> bool:
        """Whether the state that enters timestep `timestep` (from 0) is detached."""
        return self.truncate is not None and timestep > 0 and timestep % self.truncate == 0


def weight_gradients(
    delta_in: Tensor, delta_hidden: Tensor, x: Tensor, states: Tensor, weight_ih: Tensor
) -> tuple[Tensor, Tensor, Tensor, Tensor, Tensor]:
    """∂L/∂x, ∂L/∂W_ih, ∂L/∂W_hh, ∂L/∂b_ih, ∂L/∂b_hh from the pre-activations' gradients, one product each.

    `delta_in` (T, B, G·H) belongs to what comes from the input, `delta_hidden` to what comes from the last state.
    """
    before = torch.cat([states.new_zeros(1, *states.shape[1:]), states[:-1]])  # h_{t−1}
    flat_in, flat_hidden = delta_in.flatten(0, 1), delta_hidden.flatten(0, 1)
    return (
        delta_in @ weight_ih,
        flat_in.T @ x.flatten(0, 1),
        flat_hidden.T @ before.flatten(0, 1),
        flat_in.sum(0),
        flat_hidden.sum(0),
    )
