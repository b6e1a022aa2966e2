"""From pydantic's errors to sentences with the field's path, the value, what is allowed."""

from collections.abc import Iterator
from typing import Any, get_args, get_origin

from annotated_types import Ge, Gt, Le, Lt
from pydantic import ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from vgviewer.network import Problem
from vgviewer.settings import Settings, shown

WANTED = {
    "int_type": "a whole number",
    "int_from_float": "a whole number",
    "float_type": "a number",
    "finite_number": "a finite number",
    "string_type": "text",
    "string_too_short": "text that is not empty",
    "bool_type": "true or false",
    "tuple_type": "a list",
    "list_type": "a list",
    "dict_type": "an object",
    "model_type": "an object",
    "model_attributes_type": "an object",
    "none_required": "null in this version",
}


def sentences(error: ValidationError, model: type[Settings], data: Any) -> list[Problem]:
    """One problem for each field; `data` is the parsed JSON that was validated as `model`."""
    found: dict[str, list[str]] = {}
    details = error.errors(include_url=False)
    unknown_keys = {detail["loc"][:-1] for detail in details if detail["loc"][-1:] == ("[key]",)}
    for detail in details:
        here = detail["loc"]
        if here[-1:] != ("[key]",) and any(here[:depth] in unknown_keys for depth in range(len(here) + 1)):
            continue  # what the value should have been is beside the point
        keys = tuple(_real_keys(detail, data))
        message = _sentence(detail, _field(model, data, keys))
        if detail["type"] in ("union_tag_invalid", "union_tag_not_found"):
            keys = (*keys, "type")
        elif detail["type"] == "unfit":
            keys = (*keys, detail["ctx"]["field"])
        messages = found.setdefault(path_of(keys), [])
        if message not in messages:
            messages.append(message)
    outer = {path[:place] for path in found for place, mark in enumerate(path) if mark == "."}
    return [Problem(path, _either(messages)) for path, messages in found.items() if path not in outer]


def path_of(keys: tuple[str | int, ...]) -> str:
    """`network.layers[3].units`; "file" for the whole file."""
    path = "".join(f"[{key}]" if isinstance(key, int) else f".{shown_key(key)}" for key in keys)
    return path.removeprefix(".") or "file"


def shown_key(key: str) -> str:
    """A key as it may stand in a message: escaped and short."""
    return shown(key)[1:-1] or '""'


def _real_keys(detail: ErrorDetails, data: Any) -> Iterator[str | int]:
    """The location without pydantic's names for union members."""
    here = data
    last = len(detail["loc"]) - 1
    for place, key in enumerate(detail["loc"]):
        if isinstance(here, dict) and (key in here or (place == last and detail["type"] == "missing")):
            here = here.get(key)
            yield key
        elif isinstance(here, list) and isinstance(key, int):
            here = here[key] if key < len(here) else None
            yield key


def _field(model: type[Settings], data: Any, keys: tuple[str | int, ...]) -> FieldInfo | None:
    """The description of the field at `keys`, found by the `type` that the data names on the way."""
    here: type[Settings] | None = model
    field: FieldInfo | None = None
    annotation: Any = model
    for key in keys:
        if isinstance(data, list) and isinstance(key, int):
            data = data[key]
        else:
            data = data.get(key) if isinstance(data, dict) else None
        if get_origin(annotation) is dict:
            annotation = get_args(annotation)[1]
        elif isinstance(key, str) and here is not None:
            field = next(
                (f for name, f in here.model_fields.items() if (f.serialization_alias or name) == key), None
            )
            annotation = field.annotation if field is not None else None
        kind = data.get("type") if isinstance(data, dict) else None
        members = [m for m in _settings_in(annotation) if "type" not in m.model_fields or _kind(m) == kind]
        here = members[0] if members else None
    return field


def _settings_in(annotation: Any) -> Iterator[type[Settings]]:
    if isinstance(annotation, type) and get_origin(annotation) is None and issubclass(annotation, Settings):
        yield annotation
    for argument in get_args(annotation):
        yield from _settings_in(argument)


def _kind(model: type[Settings]) -> Any:
    return model.model_fields["type"].default


def _sentence(detail: ErrorDetails, field: FieldInfo | None) -> str:
    kind, given, context = detail["type"], detail["input"], detail.get("ctx", {})
    if kind == "missing":
        return "is missing"
    if kind == "extra_forbidden":
        return "is not known here; check its spelling or remove it"
    if kind == "union_tag_not_found":
        return "is missing"
    if kind in ("literal_error", "enum", "union_tag_invalid"):
        choices = (
            context.get("expected", context.get("expected_tags", "")).replace("'", "").replace(" or ", ", ")
        )
        value = given.get("type") if kind == "union_tag_invalid" else given
        wanted = f"one of {choices}" if ", " in choices else choices.replace("False", "false in this version")
        return f"must be {wanted}, is {shown(value)}"
    if kind in ("greater_than", "greater_than_equal", "less_than", "less_than_equal"):
        return f"must be {_range(field)}, is {shown(given)}"
    if kind == "string_pattern_mismatch":
        return f"must be a letter, then letters, digits, - or _, 40 at most, is {shown(given)}"
    if kind in ("too_long", "string_too_long"):
        return f"must not be longer than {context['max_length']}"
    if kind == "unfit":
        return detail["msg"]
    if kind == "value_error":
        return str(context["error"])
    wanted = WANTED.get(kind)
    return f"must be {wanted}, is {shown(given)}" if wanted else f"{detail['msg'].lower()}, is {shown(given)}"


def _range(field: FieldInfo | None) -> str:
    bounds = list(_bounds(field)) if field is not None else []
    low = next((b for b in bounds if isinstance(b, Ge | Gt)), None)
    high = next((b for b in bounds if isinstance(b, Le | Lt)), None)
    if isinstance(low, Ge) and isinstance(high, Le):
        return f"between {_plain(low.ge)} and {_plain(high.le)}"
    words = [
        f"at least {_plain(low.ge)}" if isinstance(low, Ge) else f"above {_plain(low.gt)}" if low else "",
        f"at most {_plain(high.le)}" if isinstance(high, Le) else f"below {_plain(high.lt)}" if high else "",
    ]
    return " and ".join(word for word in words if word)


def _bounds(field: FieldInfo) -> Iterator[Any]:
    yield from field.metadata
    waiting = [field.annotation]
    while waiting:
        part: Any = waiting.pop()
        for entry in getattr(part, "__metadata__", ()):
            yield from entry.metadata if isinstance(entry, FieldInfo) else (entry,)
        waiting.extend(get_args(part))


def _plain(bound: Any) -> str:
    return str(bound) if isinstance(bound, int) else f"{bound:g}"


def _either(messages: list[str]) -> str:
    """Members of a union each complain; together that is: must be this or that."""
    if len(messages) == 1:
        return messages[0]
    wishes = [message.rsplit(", is ", 1)[0].removeprefix("must be ") for message in messages]
    value = messages[0].rsplit(", is ", 1)
    return f"must be {' or '.join(dict.fromkeys(wishes))}" + (f", is {value[1]}" if len(value) > 1 else "")
