"""The activations by their field's standard names, with their formulas."""

from typing import Literal

Activation = Literal[
    "linear",
    "sigmoid",
    "tanh",
    "hard_tanh",
    "relu",
    "leaky_relu",
    "elu",
    "selu",
    "gelu",
    "silu",
    "softsign",
    "softplus",
    "erf",
    "softmax",
    "exponential",
]
RecurrentActivation = Literal["tanh", "relu", "sigmoid", "linear"]
