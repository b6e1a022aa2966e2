"""The form of a layer inside the engine."""

from collections.abc import Mapping
from dataclasses import dataclass

from torch import Generator, Tensor, nn

from vgviewer.network import Layer
from vgviewer.shapes import Shape


@dataclass(frozen=True)
class Plan:
    """What a builder needs to know: the shapes of the parameters, what enters, and the streams of random numbers."""

    weights: Mapping[str, tuple[int, ...]]
    entering: Shape
    weights_rng: Generator
    dropout_rng: Generator
    truncate: int | None


class Part(nn.Module):
    """A layer. Sequences are (T, B, ·), vectors (B, ·); `weights` are those of the last forward pass."""

    def __init__(self, layer: Layer | None) -> None:
        super().__init__()
        self.layer = layer
        self.weights: dict[str, Tensor] = {}

    def compose(self) -> dict[str, Tensor]:
        """What the forward pass multiplies with, by PyTorch's names: the parameters themselves, unless a
        parametrization makes it of what is learned."""
        return {name: value for name, value in self._parameters.items() if value is not None}

    def respond(self, x: Tensor, earlier: Mapping[str, Tensor]) -> Tensor:
        """The layer's output; `earlier` holds those of the input and of all layers before."""
        raise NotImplementedError

    def add_parameter(self, name: str, value: Tensor) -> None:
        """Registers a parameter that is learned."""
        self.register_parameter(name, nn.Parameter(value))
