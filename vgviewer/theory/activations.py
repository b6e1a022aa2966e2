"""The activations of the contract with their slopes, for whole arrays of pre-activations."""

import math
from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from vgviewer.network.activations import Activation
from vgviewer.theory.quadrature import Numbers, mean

Curve = Callable[[Numbers], Numbers]
SELU_SCALE, SELU_ALPHA = 1.0507009873554805, 1.6732632423543772  # Klambauer et al. 2017, arXiv 1706.02515


class Response(NamedTuple):
    """φ(x) and φ′(x), float64, of the shape of x."""

    values: Numbers
    slopes: Numbers


_erf = np.frompyfunc(math.erf, 1, 1)


def erf(x: Numbers) -> Numbers:
    """NumPy has none of its own."""
    return np.asarray(_erf(x), np.float64)


def sigmoid(x: Numbers) -> Numbers:
    return 0.5 * (1 + np.tanh(x / 2))


def _density(x: Numbers) -> Numbers:
    return np.exp(-np.square(x) / 2) / math.sqrt(2 * math.pi)


def _sloped(x: Numbers, below: float) -> Response:
    return Response(np.where(x > 0, x, below * x), np.where(x > 0, 1.0, below))


def _elu(x: Numbers, alpha: float = 1.0, scale: float = 1.0) -> Response:
    low = alpha * np.exp(np.minimum(x, 0))
    return Response(scale * np.where(x > 0, x, low - alpha), scale * np.where(x > 0, 1.0, low))


def _sigmoid(x: Numbers) -> Response:
    y = sigmoid(x)
    return Response(y, y * (1 - y))


def _tanh(x: Numbers) -> Response:
    y = np.tanh(x)
    return Response(y, 1 - y * y)


def _gelu(x: Numbers) -> Response:
    below = 0.5 * (1 + erf(x / math.sqrt(2)))
    return Response(x * below, below + x * _density(x))


def _silu(x: Numbers) -> Response:
    y = sigmoid(x)
    return Response(x * y, y * (1 + x * (1 - y)))


def _softsign(x: Numbers) -> Response:
    return Response(x / (1 + np.abs(x)), 1 / np.square(1 + np.abs(x)))


ELEMENTWISE: dict[Activation, Callable[[Numbers], Response]] = {
    "linear": lambda x: Response(x, np.ones_like(x)),
    "sigmoid": _sigmoid,
    "tanh": _tanh,
    "hard_tanh": lambda x: Response(np.clip(x, -1, 1), (np.abs(x) < 1).astype(np.float64)),
    "relu": lambda x: _sloped(x, 0.0),
    "leaky_relu": lambda x: _sloped(x, 0.01),
    "elu": _elu,
    "selu": lambda x: _elu(x, SELU_ALPHA, SELU_SCALE),
    "gelu": _gelu,
    "silu": _silu,
    "softsign": _softsign,
    "softplus": lambda x: Response(np.logaddexp(0, x), sigmoid(x)),
    "erf": lambda x: Response(erf(x), 2 / math.sqrt(math.pi) * np.exp(-np.square(x))),
    "exponential": lambda x: Response(np.exp(x), np.exp(x)),
}


def respond(activation: Activation, x: Numbers, units: int) -> Response:
    """`x` are pre-activations at the nodes. softmax over many units divides by nearly the same sum everywhere, so that
    each unit answers, to leading order in 1/units, as exp x over that sum. Of NaN nothing is known, no slope either."""
    if np.isnan(x[0]) and activation != "linear":
        return Response(x, x)
    if activation != "softmax":
        return ELEMENTWISE[activation](x)
    raised = np.exp(x)
    share = np.minimum(raised / (units * mean(raised)), 1.0)
    return Response(share, share)
