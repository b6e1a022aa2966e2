"""The form of a layer inside the engine."""

from collections.abc import Mapping
from dataclasses import dataclass

from torch import Generator, Tensor, nn

from vgviewer.engine.build.parametrizations import Parametrization
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
        self.parametrized: dict[str, Parametrization] = {}  # plain, for every step asks it

    def compose(self) -> dict[str, Tensor]:
        """What the forward pass multiplies with, by PyTorch's names: the parameters themselves, unless a
        parametrization makes it of what is learned."""
        made = self.parametrized
        return {
            name: made[name]() if value is None else value
            for name, value in self._parameters.items()
            if value is not None or name in made
        }

    def settle(self) -> None:
        """From now on the weights are parameters themselves, with the values they have now."""
        for name, made in self.parametrized.items():
            self.add_parameter(name, made().detach())
            delattr(self, f"{name}_of")
        self.parametrized.clear()

    def respond(self, x: Tensor, earlier: Mapping[str, Tensor]) -> Tensor:
        """The layer's output; `earlier` holds those of the input and of all layers before."""
        raise NotImplementedError

    def add_parameter(self, name: str, value: Tensor) -> None:
        """Registers a parameter that is learned."""
        self.register_parameter(name, nn.Parameter(value))

    def add_parametrized(self, name: str, made: Parametrization) -> None:
        """Registers a weight that is made anew for each forward pass; its place keeps the contract's order."""
        self.register_parameter(name, None)
        self.parametrized[name] = made
        self.add_module(f"{name}_of", made)
