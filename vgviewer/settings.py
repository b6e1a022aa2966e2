"""The form that everything a person can set has: immutable, exact types, unknown keys refused."""

from typing import Any, Self

from pydantic import BaseModel, ConfigDict, SerializerFunctionWrapHandler, model_serializer
from pydantic_core import PydanticCustomError


def unfit(field: str, sentence: str) -> PydanticCustomError:
    """What a rule over several fields raises: `field` is the one to change, by its name in the file."""
    return PydanticCustomError("unfit", "{sentence}", {"field": field, "sentence": sentence})


class Settings(BaseModel):
    """A value with named fields; `type` and required fields are always written, others only when not at their
    default."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", strict=True, allow_inf_nan=False, serialize_by_alias=True
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
