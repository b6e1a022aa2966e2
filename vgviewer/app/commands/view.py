"""The View menu."""

from vgviewer.app.commands.command import SEPARATOR, Command, Entry, Submenu

VIEW: tuple[Entry, ...] = (
    Submenu(
        "layouts",
        "&Layout",
        (
            Command(
                "layout_build", "&Build", "Room for the network", "desk.build", ("Ctrl+1",), "", "layout"
            ),
            Command(
                "layout_watch", "&Watch", "Room for the pictures", "desk.watch", ("Ctrl+2",), "", "layout"
            ),
            Command(
                "layout_teach",
                "&Teach",
                "The main picture and the notes",
                "desk.teach",
                ("Ctrl+3",),
                "",
                "layout",
            ),
            SEPARATOR,
            Command(
                "reset_layout", "&Reset Layout", "Put all panes back where they were", "desk.reset_layout"
            ),
        ),
    ),
    Submenu("panes"),
    SEPARATOR,
    Command("light", "L&ight", "Dark text on a light ground", "wardrobe.light", (), "sun", "theme"),
    Command("dark", "&Dark", "Light text on a dark ground", "wardrobe.dark", (), "moon", "theme"),
    Command(
        "system", "&Follow System", "Light or dark as the desktop is", "wardrobe.system", (), "", "theme"
    ),
    SEPARATOR,
    Command("whole", "W&hole Network", "Show all layers at once", "show_whole_network", ("Ctrl+9",)),
    Command("readable", "&Readable Size", "Show the network as large as can be read", "show_readable"),
    SEPARATOR,
    Command("full_screen", "Full &Screen", "Use the whole screen", "toggle_full_screen", ("F11",)),
)
