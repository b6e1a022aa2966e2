"""What can be done, as data: one entry feeds menu, shortcut, tooltip, cheat sheet and command palette."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtGui import QKeySequence

STANDARD = QKeySequence.StandardKey
Keys = QKeySequence.StandardKey | str
SEPARATOR = ""


@dataclass(frozen=True)
class Command:
    """`handler` is the dotted name of a method below the window; commands of one `group` exclude each other, one with
    `checkable` is on or off. A command that only the palette and its key offer has `hidden`."""

    id: str
    text: str
    tooltip: str
    handler: str
    keys: tuple[Keys, ...] = ()
    icon: str = ""
    group: str = ""
    checkable: bool = False
    hidden: bool = False


@dataclass(frozen=True)
class Submenu:
    """A menu within a menu: its own entries, or filled by whoever knows `id` when they are not known beforehand."""

    id: str
    text: str = ""
    entries: tuple["Entry", ...] = ()


Entry = Command | Submenu | str  # str: SEPARATOR


def commands_of(entries: Sequence[Entry]) -> tuple[Command, ...]:
    """All commands, those of submenus too, in their order."""
    found: list[Command] = []
    for entry in entries:
        if isinstance(entry, Command):
            found.append(entry)
        elif isinstance(entry, Submenu):
            found += commands_of(entry.entries)
    return tuple(found)
