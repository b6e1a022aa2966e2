"""Layers on their way through the clipboard: JSON that anybody can write, so it is read like a hostile file."""

import json
from typing import Any

from pydantic import Field, ValidationError, field_validator

from vgviewer.experiment.annotations import Annotation, Annotations, repeated
from vgviewer.experiment.layout import written
from vgviewer.experiment.problems import sentences
from vgviewer.experiment.reading import LARGEST_FILE, PresetError, parsed
from vgviewer.network import Problem
from vgviewer.network.layers import AnyLayer
from vgviewer.network.network import id_problems
from vgviewer.settings import Settings, shown

FORMAT = "vgviewer.layers"
VERSION = 1
SOURCE = "The clipboard"
NO_LAYERS = "holds no layers that vgviewer has copied."


class Snippet(Settings):
    """Some layers of a chain, in their order, and the notes at them."""

    layers: tuple[AnyLayer, ...] = Field(max_length=256, title="Layers")
    annotations: Annotations = ()

    @field_validator("layers")
    @classmethod
    def _ids_unique(cls, layers: tuple[AnyLayer, ...]) -> tuple[AnyLayer, ...]:
        if not layers:
            raise ValueError("must hold at least one layer")
        wrong = id_problems([layer.id for layer in layers])
        if wrong:
            raise ValueError(next(iter(wrong.values())))
        return layers

    @field_validator("annotations")
    @classmethod
    def _one_each(cls, annotations: tuple[Annotation, ...]) -> tuple[Annotation, ...]:
        if (place := repeated(annotations)) is not None:
            raise ValueError(f"must hold one note for each place; {place} has two")
        return annotations


def to_text(snippet: Snippet) -> str:
    """As it lies on the clipboard."""
    fields = {"format": FORMAT, "version": VERSION} | snippet.model_dump(mode="json", exclude_defaults=True)
    return written(fields) + "\n"


def from_text(text: str) -> Snippet:
    """The layers in a text; raises PresetError with everything that is wrong in it."""
    if len(text) > LARGEST_FILE:
        raise PresetError(
            SOURCE, [Problem("text", f"is longer than {LARGEST_FILE:,} characters; copy fewer layers")]
        )
    if not text.lstrip().startswith("{"):
        raise PresetError(SOURCE, [Problem("text", NO_LAYERS)])
    data, problems = parsed(text.encode("utf-8", "replace"), SOURCE)
    if not isinstance(data, dict) or data.get("format") != FORMAT:
        raise PresetError(SOURCE, [Problem("text", NO_LAYERS)])
    if data.get("version") != VERSION or type(data.get("version")) is not int:
        message = f"must be {VERSION}, is {shown(data.get('version'))}"
        raise PresetError(SOURCE, [Problem("version", message)])
    snippet = _validated(
        {key: value for key, value in data.items() if key not in ("format", "version")}, problems
    )
    if problems or snippet is None:
        raise PresetError(SOURCE, problems)
    return snippet


def _validated(body: dict[str, Any], problems: list[Problem]) -> Snippet | None:
    """None, and more problems, where the fields are not what they must be."""
    try:
        return Snippet.model_validate_json(json.dumps(body))
    except ValidationError as error:
        known = {problem.path for problem in problems}
        problems += [problem for problem in sentences(error, Snippet, body) if problem.path not in known]
    return None
