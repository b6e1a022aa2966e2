"""The File menu."""

from vgviewer.app.commands.command import SEPARATOR, STANDARD, Command, Entry, Submenu

FILE: tuple[Entry, ...] = (
    Command("new", "&New", "Start with an empty network", "files.new", (STANDARD.New,), "file-plus"),
    Command("open", "&Open…", "Open a preset or a run", "files.open", (STANDARD.Open,), "folder-open"),
    Submenu("recent"),
    Command(
        "library",
        "&Kept Runs…",
        "The runs that were recorded: open, compare, delete",
        "library.show",
        ("Ctrl+Shift+O",),
        "history",
    ),
    SEPARATOR,
    Command("save", "&Save", "Save the preset", "files.save", (STANDARD.Save,), "save"),
    Command("save_as", "Save &As…", "Save the preset under another name", "files.save_as", ("Ctrl+Shift+S",)),
    Command("save_run", "Sa&ve Run As…", "Save the run that is recorded, with all its steps", "runs.save_as"),
    SEPARATOR,
    Command(
        "export",
        "&Export Picture…",
        "Save a view as a picture",
        "export_picture",
        ("Ctrl+Shift+E",),
        "camera",
    ),
    SEPARATOR,
    Command("quit", "&Quit", "Close vgviewer", "close", ("Ctrl+Q",)),
    Command(
        "clear_recent",
        "&Clear This List",
        "Forget the recent files",
        "files.forget_recents",
        hidden=True,
    ),
)
