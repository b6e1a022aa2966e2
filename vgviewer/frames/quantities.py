"""The catalogue of everything that is measured at a training step."""

from dataclasses import dataclass
from typing import Literal

Axes = Literal["layers", "layers × timesteps"]


@dataclass(frozen=True)
class Quantity:
    """One measured size. Readings are log10(rms), float32: NaN where a layer has none, −inf exactly 0, +inf
    not finite."""

    name: str
    title: str
    axes: Axes
    symbol: str
    meaning: str


def _catalogue(*quantities: Quantity) -> dict[str, Quantity]:
    return {quantity.name: quantity for quantity in quantities}


QUANTITIES = _catalogue(
    Quantity(
        "output_gradient",
        "Output gradient",
        "layers",
        "∂L/∂a",
        "Size of one sample's gradient with respect to the layer's output, over batch, timesteps and units.",
    ),
    Quantity(
        "weight_gradient",
        "Weight gradient",
        "layers",
        "∂L/∂W",
        "Size of the gradient of all parameters of the layer, before clipping.",
    ),
    Quantity("output", "Output", "layers", "a", "Size of the layer's output (its activations)."),
    Quantity("weight", "Weights", "layers", "W", "Size of all parameters of the layer."),
    Quantity(
        "update",
        "Update",
        "layers",
        "ΔW",
        "Size of the change that the optimizer's step made to the layer's parameters.",
    ),
    Quantity(
        "state_gradient",
        "Hidden state",
        "layers × timesteps",
        "∂L/∂h",
        "Size of the total derivative of the loss with respect to the hidden state: every path counts, "
        "through the layer above and through all later timesteps.",
    ),
    Quantity(
        "cell_gradient",
        "Cell state",
        "layers × timesteps",
        "∂L/∂c",
        "Size of the total derivative of the loss with respect to an LSTM's cell, where its memory lives.",
    ),
    Quantity(
        "transport",
        "Transport gain",
        "layers × timesteps",
        "τ",
        "What one hop back in time lets through: the size of what arrives at t from t+1 over the size at t+1 "
        "(of the cell for an LSTM, of the hidden state otherwise). The last timestep has none.",
    ),
)
