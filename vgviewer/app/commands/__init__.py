"""The one catalogue of what can be done: MENUS, in the order of the menu bar. Everything else is made of it."""

from vgviewer.app.commands.command import SEPARATOR, Command, Entry, Submenu, commands_of
from vgviewer.app.commands.edit import EDIT
from vgviewer.app.commands.file import FILE
from vgviewer.app.commands.help import HELP
from vgviewer.app.commands.network import NETWORK
from vgviewer.app.commands.training import TRAINING
from vgviewer.app.commands.view import VIEW

MENUS: dict[str, tuple[Entry, ...]] = {
    "&File": FILE,
    "&Edit": EDIT,
    "&View": VIEW,
    "&Network": NETWORK,
    "&Training": TRAINING,
    "&Help": HELP,
}
COMMANDS: tuple[Command, ...] = tuple(
    command for entries in MENUS.values() for command in commands_of(entries)
)

__all__ = ["COMMANDS", "MENUS", "SEPARATOR", "Command", "Entry", "Submenu", "commands_of"]
