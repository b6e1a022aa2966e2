"""Notes that somebody has put at parts of the network: a teacher's words for whoever opens the preset."""

from collections.abc import Iterable, Iterator
from typing import Annotated

from pydantic import Field

from vgviewer.network import Network, Problem
from vgviewer.network.layer import ID_PATTERN
from vgviewer.settings import Settings

MOST_ANNOTATIONS = 64
LONGEST_TEXT = 400  # characters: more belongs into the preset's notes


class Annotation(Settings):
    """One note. `at` is a layer's id, "input" or "output"."""

    at: Annotated[str, Field(pattern=ID_PATTERN, title="At", description="The layer, input or output.")]
    text: str = Field(
        min_length=1, max_length=LONGEST_TEXT, title="Text", description="Shown below the block, as it is."
    )


Annotations = Annotated[
    tuple[Annotation, ...],
    Field(
        default=(),
        max_length=MOST_ANNOTATIONS,
        title="Annotations",
        description="Notes at the blocks, one for each.",
    ),
]


def repeated(annotations: Iterable[Annotation]) -> str | None:
    """The first place that has two notes."""
    seen: set[str] = set()
    for note in annotations:
        if note.at in seen:
            return note.at
        seen.add(note.at)
    return None


def lost(annotations: Iterable[Annotation], network: Network) -> Iterator[Problem]:
    """What a file says of places that it does not have."""
    places = {"input", "output", *(layer.id for layer in network.layers)}
    for index, note in enumerate(annotations):
        if note.at not in places:
            message = f'must be a layer\'s id, input or output; there is no layer "{note.at}"'
            yield Problem(f"annotations[{index}].at", message)
