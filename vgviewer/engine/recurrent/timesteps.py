"""Going through time at little more than the price of the arithmetic.

Inside the recurrences the batch is innermost, (T, rows, B), so that the rows of one gate are one block of memory.
"""

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import torch
from torch import Tensor

Operation = Callable[..., Any]
TORCH: tuple[Operation, ...] = (
    lambda a, b, out: torch.mul(a, b, out=out),
    lambda a, b, out: torch.add(a, b, out=out),
    lambda a, b, out: torch.sub(a, b, out=out),
    lambda a, out: torch.tanh(a, out=out),
)
sigmoid_slope = torch.ops.aten.sigmoid_backward.grad_input  # a, σ → a σ (1 − σ), in one pass
tanh_slope = torch.ops.aten.tanh_backward.grad_input  # a, y → a (1 − y²)
CHUNK = 2**15  # numbers of one (T, H, B); what a chunk of timesteps needs stays in the processor's cache


def tanh_(x: Tensor) -> None:
    """In place; on the CPU with NumPy, whose float32 tanh takes a sixth of the time of torch's."""
    if x.device.type == "cpu":
        values = x.numpy()
        np.tanh(values, out=values)
    else:
        x.tanh_()


def chunks(x: Tensor) -> Iterator[slice]:
    """The timesteps of x (T, H, B) from the last to the first, some at a time."""
    length = chunk_length(x)
    for end in range(len(x), 0, -length):
        yield slice(max(0, end - length), end)


def chunk_length(x: Tensor) -> int:
    return min(len(x), max(1, CHUNK // x[0].numel()))


def remember(x: Tensor, units: int) -> Tensor:
    """(T+1, H+F+1, B) from x (T, B, F): row block t is h_t, x_{t+1} and 1, so that one product with [W_hh W_ih b]
    gives the pre-activations of timestep t+1; h_0 is 0, the other states are still to be filled in."""
    history = x.new_empty(len(x) + 1, units + x.shape[2] + 1, x.shape[1])
    history[0, :units] = 0
    history[:-1, units:-1] = x.transpose(1, 2)
    history[:, -1] = 1
    return history


class WeightGradients:
    """Sums over time, chunk by chunk, while the gradients δ (T, rows, B) of the pre-activations come into being.

    `weight_ih` has a row for each of δ, `weight_hh` for the first ones; `hidden` is the gradient of `weight_hh`,
    `entering` (rows, F+1) that of [W_ih b].
    """

    def __init__(self, history: Tensor, weight_ih: Tensor, weight_hh: Tensor, input_too: bool) -> None:
        rows, features = weight_ih.shape
        self._history = history
        self._weight_ih = weight_ih
        self._units = weight_hh.shape[1]
        self.hidden = torch.zeros_like(weight_hh)
        self._entering = weight_ih.new_zeros(features + 1, rows)
        self._input = history.new_empty(len(history) - 1, features, history.shape[2]) if input_too else None

    def add(self, span: slice, delta: Tensor) -> None:
        """δ of these timesteps, (span, rows, B)."""
        deltas, before = _side_by_side(delta), _side_by_side(self._history[span])
        self.hidden.addmm_(deltas[: len(self.hidden)], before[: self._units].T)
        self._entering.addmm_(before[self._units :], deltas.T)
        if self._input is not None:
            self._input[span] = (self._weight_ih.T @ deltas).unflatten(1, (len(delta), -1)).transpose(0, 1)

    @property
    def entering(self) -> Tensor:
        return self._entering.T

    @property
    def input(self) -> Tensor | None:
        """∂L/∂x (T, B, F), where it is wanted."""
        return None if self._input is None else self._input.transpose(1, 2)


def _side_by_side(x: Tensor) -> Tensor:
    """(T, rows, B) → (rows, T·B)."""
    return x.transpose(0, 1).flatten(1)


def operations(x: Tensor) -> tuple[Operation, ...]:
    """multiply, add, subtract and tanh for the `views` of x, the result last; in the CPU's memory they are NumPy's,
    where a call costs half of torch's."""
    return (np.multiply, np.add, np.subtract, np.tanh) if x.device.type == "cpu" else TORCH


def views(x: Tensor) -> list[Any]:
    """Each x[t], without a copy."""
    return list(x.numpy() if x.device.type == "cpu" else x)
