"""The catalogue of everything that is measured at a training step."""

from dataclasses import dataclass
from typing import Literal

Axes = Literal["layers", "layers × timesteps", "layers × gates × timesteps"]
Scale = Literal["log10", "linear"]

SATURATED = 0.01  # share of the steepest slope; tanh falls below it at an input of 3
# A unit that is active for 3 % of the samples is taken for dead once in twenty times on so many samples; the verdict is
# about most units of a layer, and has to come within a few steps.
DEAD_AFTER = 96  # samples
DEAD_BATCHES = 3  # at least: an odd batch is no proof


@dataclass(frozen=True)
class Quantity:
    """What is measured. Readings are float32; NaN where a layer has none. On the scale log10 they are sizes: −inf is
    exactly 0, +inf not finite; on the scale linear they are the numbers themselves."""

    name: str
    title: str
    axes: Axes
    symbol: str
    meaning: str
    scale: Scale = "log10"

    def shape(self, layers: int, gates: int, timesteps: int) -> tuple[int, ...]:
        """Of the readings in a frame; `gates` is the largest number of gates that a layer has."""
        every = {"layers": layers, "gates": gates, "timesteps": timesteps}
        return tuple(every[axis] for axis in self.axes.split(" × "))


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
        "output_gradient_max",
        "Largest output gradient",
        "layers",
        "max |∂L/∂a|",
        "Largest entry of one sample's gradient with respect to the layer's output.",
    ),
    Quantity(
        "output_gradient_zeros",
        "Zeros of the output gradient",
        "layers",
        "∂L/∂a = 0",
        "Share of the entries of the gradient with respect to the layer's output that are exactly 0.",
        "linear",
    ),
    Quantity(
        "weight_gradient",
        "Weight gradient",
        "layers",
        "∂L/∂W",
        "Size of the gradient of all parameters of the layer, before clipping.",
    ),
    Quantity(
        "weight_gradient_max",
        "Largest weight gradient",
        "layers",
        "max |∂L/∂W|",
        "Largest entry of the gradient of all parameters of the layer, before clipping.",
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
        "update_ratio",
        "Update ratio",
        "layers",
        "ΔW / W",
        "Size of the update over the size of the parameters before it; about 10⁻³ is common. None where all are 0.",
    ),
    Quantity(
        "saturation",
        "Saturation",
        "layers",
        "φ′ ≈ 0",
        "Share of the outputs (of an LSTM and a GRU: of the gates) at which the activation's slope is below "
        "a hundredth of its steepest. Only of activations that level off and whose output tells where: sigmoid, "
        "tanh, hard_tanh, softsign, erf at both ends, elu, selu, softplus at one.",
        "linear",
    ),
    Quantity(
        "dead",
        "Dead units",
        "layers",
        "a = 0",
        f"Share of the relu units whose output was 0 for every sample (and timestep) of the last {DEAD_AFTER} samples, "
        f"and of {DEAD_BATCHES} batches at least; none before so many were seen.",
        "linear",
    ),
    Quantity(
        "timestep_gradient",
        "Output gradient by timestep",
        "layers × timesteps",
        "∂L/∂a_t",
        "Size of one sample's gradient with respect to the layer's output at each timestep, of every layer along "
        "time; of a recurrent layer the total derivative.",
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
    Quantity(
        "injection",
        "Injection",
        "layers × timesteps",
        "ι",
        "What enters at t beside what arrives from t+1: the size of the total over the size of the arriving part, 1 "
        "where neither the loss nor a layer above enters. Transport gain times injection is the hop gain.",
    ),
    Quantity(
        "gate",
        "Gates",
        "layers × gates × timesteps",
        "i, f, g, o / r, z, n",
        "Mean of each gate's value over batch and units: 0 closed, 1 open; −1 … 1 for those with tanh, g and n.",
        "linear",
    ),
    Quantity(
        "gate_gradient",
        "Gate gradient",
        "layers × gates × timesteps",
        "∂L/∂z",
        "Size of the gradient with respect to each gate's pre-activation.",
    ),
)
