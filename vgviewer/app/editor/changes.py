"""Changing one setting inside an immutable value, with the reason in words when it is refused. No Qt."""

import json
from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from pydantic import ValidationError
from pydantic.fields import FieldInfo

from vgviewer.experiment.problems import sentences
from vgviewer.network import Problem
from vgviewer.settings import LONGEST_VALUE, Settings, shown

S = TypeVar("S", bound=Settings)
Changes = Mapping[str, Any]
ALONE = frozenset({"id", "from"})  # fields that each layer has for itself


class Refused(Exception):
    """Values that the settings do not take; each problem's path is the field's, as in `optimizer.lr`."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("; ".join(problem.message for problem in problems))
        self.problems = tuple(problems)


def changed(part: S, changes: Changes) -> S:
    """`part` with new values by dotted path, given as in the file (or as Settings); raises Refused."""
    fields = part.model_dump(mode="json")
    for path, value in changes.items():
        *before, last = path.split(".")
        here = fields
        for key in before:
            here = here[key]
        here[last] = value.model_dump(mode="json") if isinstance(value, Settings) else value
    try:
        return type(part).model_validate_json(json.dumps(fields))
    except ValidationError as error:
        raise Refused(_problems(error, type(part), fields)) from None


def changed_alike(parts: Sequence[S], changes: Changes) -> list[S]:
    """The first with new values, the others with what became of the whole field; raises Refused."""
    first = changed(parts[0], changes)
    fields = first.model_dump(mode="json")
    whole = {path.split(".")[0]: fields[path.split(".")[0]] for path in changes}
    return [first, *(changed(part, whole) for part in parts[1:])]


def _problems(error: ValidationError, model: type[Settings], fields: dict[str, Any]) -> list[Problem]:
    """A rule over several fields is broken only when each of them is right alone: it has no path."""
    details = error.errors(include_url=False)
    if any(detail["loc"] for detail in details):
        return sentences(error, model, fields)
    return [
        Problem("", f"{detail.get('ctx', {}).get('field', '')} {detail['msg']}".strip()) for detail in details
    ]


def words(place: str, part: Settings, changes: Changes) -> str:
    """What the change does, for the Undo menu: "Change units of rnn1 to 32"."""
    if list(changes) == ["id"]:
        return f"Rename {place} to {changes['id']}"
    names = " and ".join(_in_sentence(title(*_described(part, path))) for path in changes)
    whose = "the task" if place == "input" else place
    value = next(iter(changes.values()))
    to = f" to {_spoken(value)}" if len(changes) == 1 and not isinstance(value, list) else ""
    return f"Change {names} of {whose}{to}"


def title(name: str, field: FieldInfo) -> str:
    """The field's title, or its name as a person would write it."""
    return field.title or name.replace("_", " ").capitalize()


def file_name(name: str, field: FieldInfo) -> str:
    """How the field is called in the file."""
    return field.serialization_alias or name


def value_of(part: Settings, name: str) -> Any:
    """The value of the field that the file calls `name`."""
    return getattr(part, _described(part, name)[0])


def _described(part: Settings, path: str) -> tuple[str, FieldInfo]:
    here: Any = part
    name, field = "", None
    for key in path.split("."):
        name, field = next((n, f) for n, f in type(here).model_fields.items() if file_name(n, f) == key)
        here = getattr(here, name)
    if field is None:
        raise KeyError(path)
    return name, field


def _in_sentence(words: str) -> str:
    return words if words[1:2].isupper() else words[:1].lower() + words[1:]


def _spoken(value: Any) -> str:
    if isinstance(value, Settings):
        value = value.model_dump(mode="json")
    if isinstance(value, dict):
        return str(value.get("type", "on")).replace("_", " ")
    if isinstance(value, bool):
        return "on" if value else "off"
    if value is None:
        return "none"
    if isinstance(value, str):
        return value if len(value) <= LONGEST_VALUE else f"…{value[1 - LONGEST_VALUE :]}"
    return shown(value)
