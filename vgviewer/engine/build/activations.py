"""The activations of the contract as torch functions."""

from collections.abc import Callable

import torch
from torch import Tensor
from torch.nn import functional as f

LINEAR_FROM = 40.0  # above it ln(1 + eˣ) is x in float64 too; torch's own 20 is 2e-9 off


def _identity(x: Tensor) -> Tensor:
    return x.view_as(x)  # a tensor of its own: its gradient is not that of x, which may go other ways too


def _softplus(x: Tensor) -> Tensor:
    return f.softplus(x, threshold=LINEAR_FROM)


def _softmax(x: Tensor) -> Tensor:
    return torch.softmax(x, dim=-1)


ACTIVATIONS: dict[str, Callable[[Tensor], Tensor]] = {
    "linear": _identity,
    "sigmoid": torch.sigmoid,
    "tanh": torch.tanh,
    "hard_tanh": f.hardtanh,
    "relu": torch.relu,
    "leaky_relu": f.leaky_relu,
    "elu": f.elu,
    "selu": torch.selu,
    "gelu": f.gelu,
    "silu": f.silu,
    "softsign": f.softsign,
    "softplus": _softplus,
    "erf": torch.erf,
    "softmax": _softmax,
    "exponential": torch.exp,
}
