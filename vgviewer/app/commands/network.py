"""The Network menu."""

from vgviewer.app.commands.command import SEPARATOR, Command, Entry, Submenu

NETWORK: tuple[Entry, ...] = (
    Submenu("add_layer"),
    Command(
        "duplicate",
        "&Duplicate",
        "Put a copy behind the chosen layers",
        "layer_edits.duplicate",
        ("Ctrl+D",),
        "copy-plus",
    ),
    Command(
        "duplicate_times",
        "Duplicate n Ti&mes…",
        "Put many copies behind the chosen layers",
        "layer_edits.ask_times",
        ("Ctrl+Shift+D",),
    ),
    SEPARATOR,
    Command(
        "add_skip",
        "Add &Skip From Here…",
        "Add the output of the selected layer to a later one",
        "layer_edits.add_skip",
        ("Ctrl+K",),
        "layer-skip",
    ),
    Command(
        "add_note",
        "&Note…",
        "Write a note at the selected block, for whoever opens the file",
        "layer_edits.add_note",
        ("Ctrl+Shift+N",),
        "sticky-note",
    ),
    Command(
        "fix",
        "&Fix Problem",
        "Mend what does not fit at the selected block, or the first that can be mended",
        "layer_edits.fix",
        ("Alt+Return",),
        "wrench",
    ),
    SEPARATOR,
    Command("task", "&Task Settings", "What is to be learned", "show_task"),
)
