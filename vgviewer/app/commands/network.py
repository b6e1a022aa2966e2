"""The Network menu."""

from vgviewer.app.commands.command import SEPARATOR, Command, Entry, Submenu

NETWORK: tuple[Entry, ...] = (
    Submenu("add_layer"),
    Command(
        "duplicate",
        "&Duplicate Layer",
        "Put a copy behind the selected layer",
        "duplicate_layer",
        ("Ctrl+D",),
        "copy-plus",
    ),
    SEPARATOR,
    Command("task", "&Task Settings", "What is to be learned", "show_task"),
)
