"""In what two experiments differ, field by field."""

from collections.abc import Iterator
from typing import Any

from vgviewer.experiment.experiment import Experiment

Difference = tuple[str, Any, Any]
NAMED = ("name", "summary", "notes", "annotations")  # words about it, not what is trained


def differences(one: Experiment, other: Experiment) -> list[Difference]:
    """Path, the one's value and the other's (None: it has none), in the order of the preset file. Layers are matched by
    their ids; what only names and explains is left out."""
    here, there = (each.model_dump(mode="json", exclude=set(NAMED)) for each in (one, other))
    return list(_between("", here, there))


def _between(path: str, here: Any, there: Any) -> Iterator[Difference]:
    if _are_layers(here) and _are_layers(there):
        here, there = ({layer["id"]: layer for layer in layers} for layers in (here, there))
    if isinstance(here, dict) and isinstance(there, dict):
        for name in dict.fromkeys([*here, *there]):
            yield from _between(f"{path}.{name}" if path else name, here.get(name), there.get(name))
    elif here != there:
        yield path, _named(here), _named(there)


def _are_layers(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(part, dict) and "id" in part for part in value)


def _named(value: Any) -> Any:
    """A whole layer by its kind."""
    return value["type"] if isinstance(value, dict) and "id" in value else value
