"""Which presets there are: the shipped ones and the person's own."""

import json
import os
from dataclasses import dataclass
from pathlib import Path

from platformdirs import user_data_path

from vgviewer.experiment.preset import ENDING, load
from vgviewer.experiment.reading import PresetError
from vgviewer.network import Problem
from vgviewer.resources import RESOURCES

SHIPPED = RESOURCES / "presets"


@dataclass(frozen=True)
class Card:
    """A preset as the gallery shows it; `id` is the file's name without its ending."""

    id: str
    title: str
    summary: str
    path: Path


def own_folder() -> Path:
    """Where the person's presets are looked for."""
    return user_data_path("vgviewer", appauthor=False) / "presets"


def shipped() -> list[Card]:
    """The presets that come with vgviewer, in the order in which they teach."""
    order = (SHIPPED / "order.txt").read_text(encoding="utf-8").split()
    return [_shipped(SHIPPED / f"{name}{ENDING}") for name in order]


def own() -> list[Card]:
    """The presets in the person's folder; files that cannot be read are left out."""
    cards = []
    for path in sorted(own_folder().glob(f"*{ENDING}")):
        try:
            cards.append(_card(path))
        except PresetError:
            continue
    return cards


def find(name: str) -> Path:
    """The file for a path or a preset's name; raises PresetError that lists the names there are."""
    path = Path(name)
    if (os.path.exists(path) and not os.path.isdir(path)) or name.endswith(ENDING) or path.parent != Path():
        return path
    for folder in (SHIPPED, own_folder()):
        candidate = folder / f"{name}{ENDING}"
        if os.path.isfile(candidate):  # unlike Path's, never raises
            return candidate
    names = ", ".join(card.id for card in shipped())
    raise PresetError(
        name, [Problem("file", f"is neither a file nor a preset; the shipped presets are {names}")]
    )


def _shipped(path: Path) -> Card:
    """Read, but not checked: our own are right, and the window waits for their names."""
    content = json.loads(path.read_bytes())
    return Card(path.name.removesuffix(ENDING), content["name"], content["summary"], path)


def _card(path: Path) -> Card:
    experiment = load(path)
    return Card(path.name.removesuffix(ENDING), experiment.name, experiment.summary, path)
