"""Everything that can be done, found by typing or read as a sheet: made of the menus and their actions."""

from vgviewer.app.finding.cheat_sheet import CheatSheet
from vgviewer.app.finding.command_palette import CommandPalette

__all__ = ["CheatSheet", "CommandPalette"]
