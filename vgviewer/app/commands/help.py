"""The Help menu."""

from vgviewer.app.commands.command import Command, Entry

HELP: tuple[Entry, ...] = (
    Command("about", "&About vgviewer", "Version, license, where the log lies", "show_about", (), "info"),
)
