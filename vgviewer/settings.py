"""The form that everything a person can set has: immutable, exact types, unknown keys refused."""

import json
import os
from pathlib import Path
from typing import Annotated, Any, NamedTuple, Self

os.environ.setdefault(
    "PYDANTIC_DISABLE_PLUGINS", "__all__"
)  # it would look for them in every installed package

from pydantic import BaseModel, ConfigDict, PlainSerializer, SerializerFunctionWrapHandler, model_serializer
from pydantic_core import PydanticCustomError

LONGEST_VALUE = 60


def unfit(field: str, sentence: str) -> PydanticCustomError:
    """What a rule over several fields raises: `field` is the one to change, by its name in the file."""
    return PydanticCustomError("unfit", "{sentence}", {"field": field, "sentence": sentence})


def shown(value: Any) -> str:
    """A value as it may stand in a message: as in JSON, control and bidirectional characters escaped, shortened."""
    text = json.dumps(value, ensure_ascii=False, default=str)
    text = "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in text)
    return text if len(text) <= LONGEST_VALUE else f"{text[: LONGEST_VALUE - 1]}…"


def _path_text(path: Path) -> str:
    return "" if path == Path() else path.as_posix()


DataFile = Annotated[Path, PlainSerializer(_path_text, return_type=str)]
"""A file to read, absolute in memory, in a preset relative to the preset's folder; `Path()` is none yet."""


class Note(NamedTuple):
    """What more is to be known of a field: what its number counts, the formula it stands in, and the entry of the
    glossary that explains it."""

    unit: str = ""
    formula: str = ""
    term: str = ""


class Endings(NamedTuple):
    """What the names of such files end with, for the dialog that asks for one."""

    endings: tuple[str, ...]


class Settings(BaseModel):
    """A value with named fields; `type` and required fields are always written, others only when not at their
    default."""

    model_config = ConfigDict(
        defer_build=True,  # what is never used at a start costs nothing there
        frozen=True,
        extra="forbid",
        strict=True,
        allow_inf_nan=False,
        serialize_by_alias=True,
    )

    @model_serializer(mode="wrap")
    def _in_field_order(self, serialize: SerializerFunctionWrapHandler) -> dict[str, Any]:
        written = serialize(self)
        if "type" in type(self).model_fields:
            written["type"] = getattr(self, "type")  # noqa: B009  (a plain attribute: the form itself has no type)
        names = [field.serialization_alias or name for name, field in type(self).model_fields.items()]
        names.sort(key=["id", "type"].__contains__, reverse=True)
        return {name: written[name] for name in names if name in written}

    def replace(self, **changes: Any) -> Self:
        """The same value with other fields (by their file names), validated; raises pydantic's ValidationError."""
        fields = {
            field.serialization_alias or name: getattr(self, name)
            for name, field in type(self).model_fields.items()
        }
        return type(self).model_validate(fields | changes)
