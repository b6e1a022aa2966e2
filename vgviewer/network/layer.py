"""The one description of a layer type, from which palette, inspector, file format and shape check are derived."""

from collections.abc import Mapping
from typing import Annotated, ClassVar

from pydantic import Field

from vgviewer.settings import Note, Settings
from vgviewer.shapes import Shape

ID_PATTERN = r"^[A-Za-z][A-Za-z0-9_-]{0,39}$"
RESERVED_IDS = ("input", "output")

Id = Annotated[
    str,
    Field(
        pattern=ID_PATTERN,
        title="Name",
        description="Unique; a letter first, then letters, digits, - or _, 40 at most.",
    ),
]
Units = Annotated[
    int,
    Field(ge=1, le=4096, title="Units", description="How many numbers the layer gives."),
    Note(unit="units"),
]
Frozen = Annotated[
    bool, Field(title="Frozen", description="The optimizer leaves the layer's parameters as they are.")
]


class Layer(Settings):
    """Settings of one layer. Class variables describe the kind; `type` names it in the file."""

    label: ClassVar[str]
    group: ClassVar[str]
    summary: ClassVar[str]
    formula: ClassVar[str]
    shape_rule: ClassVar[str] = "Any shape goes in; the same comes out."
    term: ClassVar[str] = ""  # its entry in the glossary
    recurrent: ClassVar[bool] = False
    has_cell: ClassVar[bool] = False
    gathers_timesteps: ClassVar[bool] = False  # every timestep goes into the one output
    takes_symbols: ClassVar[bool] = False  # only as the first layer of a task with symbols

    id: Id
    type: str

    @property
    def caption(self) -> str:
        """The one or two settings that matter, for the block on the canvas."""
        return ""

    def output_shape(self, shape: Shape, earlier: Mapping[str, Shape]) -> Shape:
        """The shape that leaves the layer; `earlier` holds those of the input and the layers before.

        Raises Misfit, in words for the person, where the layer cannot stand here.
        """
        del earlier
        return shape

    def weights(self, shape: Shape, earlier: Mapping[str, Shape]) -> dict[str, tuple[int, ...]]:
        """The shape of every parameter when `shape` enters the layer, by PyTorch's names."""
        del shape, earlier
        return {}

    @property
    def more_parameters(self) -> int:
        """How many numbers it learns beside `weights`, which it makes of them."""
        return 0

    def held(self, shape: Shape) -> int:
        """How many numbers of one sample, where `shape` enters, a training step holds from the forward to the backward
        pass or for the pictures, beside the layer's output and its gradient."""
        del shape
        return 0
