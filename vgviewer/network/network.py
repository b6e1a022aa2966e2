"""The network: a chain of layers and the output head, as one immutable value, and the edits of it."""

from typing import Annotated, Self

from pydantic import Field, field_validator

from vgviewer.network.activations import Activation
from vgviewer.network.initializers import Default, Initializer
from vgviewer.network.layer import RESERVED_IDS, Layer
from vgviewer.network.layers import AnyLayer
from vgviewer.settings import Note, Settings


class Output(Settings):
    """The output head: a dense layer that takes its units from the task."""

    activation: Annotated[Activation, Note(formula="ŷ = φ(W x + b)", term="activation")] = Field(
        default="linear", title="Activation", description="Applied to the network's answer."
    )
    weight_init: Annotated[Initializer, Note(term="initialization")] = Field(
        default=Default(), title="Weight init", description="How W is drawn."
    )
    bias_init: Annotated[Initializer, Note(term="initialization")] = Field(
        default=Default(), title="Bias init", description="How b is drawn."
    )
    bias: Annotated[bool, Note(formula="z = W x + b")] = Field(
        default=True, title="Bias", description="Whether b is added."
    )


class Network(Settings):
    """An empty chain is a linear model."""

    layers: tuple[AnyLayer, ...] = Field(max_length=256, title="Layers")
    output: Output = Field(default=Output(), title="Output")

    @field_validator("layers")
    @classmethod
    def _ids_unique(cls, layers: tuple[AnyLayer, ...]) -> tuple[AnyLayer, ...]:
        repeated = id_problems([layer.id for layer in layers])
        if repeated:
            raise ValueError(next(iter(repeated.values())))
        return layers

    def index(self, layer_id: str) -> int:
        """Where the layer stands; raises KeyError when there is none of that id."""
        for index, layer in enumerate(self.layers):
            if layer.id == layer_id:
                return index
        raise KeyError(layer_id)

    def insert(self, index: int, layer: Layer) -> Self:
        """With the layer put before position `index`."""
        return self.replace(layers=(*self.layers[:index], layer, *self.layers[index:]))

    def remove(self, layer_id: str) -> Self:
        """Without the layer; skips from it stay, and say at their block that their source is gone."""
        return self.replace(layers=tuple(layer for layer in self.layers if layer.id != layer_id))

    def move(self, layer_id: str, index: int) -> Self:
        """With the layer at position `index` of the chain that is left without it."""
        return self.remove(layer_id).insert(index, self.layers[self.index(layer_id)])

    def change(self, layer_id: str, layer: Layer) -> Self:
        """With the layer in the place of `layer_id`; when its id is new, skips from it follow."""
        layers: list[Layer] = list(self.layers)
        layers[self.index(layer_id)] = layer
        followed = [
            other.replace(**{"from": layer.id}) if getattr(other, "source", None) == layer_id else other
            for other in layers
        ]
        return self.replace(layers=tuple(followed))

    def fresh_id(self, kind: str) -> str:
        """The first free id for a new layer: dense1, dense2, …"""
        stem = kind.replace("_", "")
        taken = {layer.id for layer in self.layers}
        return next(name for number in range(1, 400) if (name := f"{stem}{number}") not in taken)


def id_problems(ids: list[str]) -> dict[int, str]:
    """What is wrong with ids, by position: reserved, or already in use."""
    problems: dict[int, str] = {}
    seen: set[str] = set()
    for index, layer_id in enumerate(ids):
        if layer_id in RESERVED_IDS:
            problems[index] = f"must not be {layer_id}, which is reserved"
        elif layer_id in seen:
            problems[index] = f"must be unique, but an earlier layer is called {layer_id} too"
        seen.add(layer_id)
    return problems
