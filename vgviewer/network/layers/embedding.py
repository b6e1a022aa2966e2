"""A learned vector for each symbol."""

from collections.abc import Mapping
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from vgviewer.network.layer import Layer
from vgviewer.network.misfit import Misfit
from vgviewer.settings import Note
from vgviewer.shapes import Shape


class Embedding(Layer):
    """Weights as in torch.nn.Embedding: one row for each symbol."""

    label: ClassVar[str] = "Embedding"
    group: ClassVar[str] = "Feed-forward"
    summary: ClassVar[str] = (
        "Looks up a learned vector for each symbol. It stands first, in a task with symbols."
    )
    formula: ClassVar[str] = "y_t = W[x_t]"
    shape_rule: ClassVar[str] = "T symbols go in, T × size comes out."
    term: ClassVar[str] = "embedding"
    takes_symbols: ClassVar[bool] = True

    type: Literal["embedding"] = "embedding"
    size: Annotated[int, Note(unit="numbers")] = Field(
        ge=1, le=4096, title="Size", description="How many numbers stand for a symbol."
    )

    @property
    def caption(self) -> str:
        return f"{self.size} per symbol"

    def output_shape(self, shape: Shape, earlier: Mapping[str, Shape]) -> Shape:
        if shape.tokens:
            return shape._replace(features=self.size)
        given = earlier["input"]
        if given.tokens:
            raise Misfit(
                f"{self.label} needs the symbols themselves, but {shape.words} arrives. Move it to the front."
            )
        raise Misfit(
            f"{self.label} needs a task with symbols, but this one gives {given.words}. "
            "Take a dense layer instead, or another task."
        )

    def weights(self, shape: Shape, earlier: Mapping[str, Shape]) -> dict[str, tuple[int, ...]]:
        return {"weight": (shape.features, self.size)}
