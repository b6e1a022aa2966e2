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
    Submenu(
        "pane",
        "Current Pa&ne",
        (
            Command("next_pane", "&Next Pane", "Go to the next pane", "desk.rounds.next_pane", ("F6",)),
            Command(
                "previous_pane",
                "&Previous Pane",
                "Go to the pane before",
                "desk.rounds.previous_pane",
                ("Shift+F6",),
            ),
            Command(
                "next_tab",
                "Next &Tab",
                "Show the next pane in the same place",
                "desk.rounds.next_tab",
                ("Ctrl+PgDown",),
            ),
            Command(
                "previous_tab",
                "Previous Ta&b",
                "Show the pane before in the same place",
                "desk.rounds.previous_tab",
                ("Ctrl+PgUp",),
            ),
            SEPARATOR,
            Command(
                "float_pane",
                "&Float or Put Back",
                "Take the pane out of the window, or put it back",
                "desk.rounds.float_pane",
                ("Ctrl+Shift+F",),
                "picture-in-picture-2",
            ),
            Command("close_pane", "&Close Pane", "Hide the pane", "desk.rounds.close_pane", ("Ctrl+W",), "x"),
        ),
    ),
    SEPARATOR,
    Submenu(
        "themes",
        "&Theme",
        (
            Command("light", "&Light", "Dark text on a light ground", "wardrobe.light", (), "sun", "theme"),
            Command("dark", "&Dark", "Light text on a dark ground", "wardrobe.dark", (), "moon", "theme"),
            Command(
                "contrast",
                "High &Contrast",
                "White and strong colors on black",
                "wardrobe.contrast",
                (),
                "contrast",
                "theme",
            ),
            Command(
                "system",
                "&Follow System",
                "Light or dark as the desktop is",
                "wardrobe.system",
                (),
                "",
                "theme",
            ),
        ),
    ),
    Submenu(
        "text_size",
        "Te&xt Size",
        (
            Command(
                "larger",
                "&Larger",
                "All texts and distances larger",
                "text_size.larger",
                ("Ctrl++", "Ctrl+="),
                "zoom-in",
            ),
            Command(
                "smaller", "&Smaller", "All texts and distances smaller", "text_size.smaller", ("Ctrl+-",)
            ),
            Command("normal", "&Normal", "Texts as large as drawn", "text_size.normal", ("Ctrl+0",)),
        ),
    ),
    Command(
        "color_vision",
        "Color &Vision…",
        "The colors of the pictures as they look to eyes that see fewer",
        "scales.preview",
        (),
        "eye",
    ),
    SEPARATOR,
    Command(
        "zoom_in",
        "Zoom &In",
        "Draw the network larger",
        "desk.network.canvas.zoom_in",
        ("Ctrl+Alt++", "Ctrl+Alt+="),
    ),
    Command(
        "zoom_out", "Zoom &Out", "Draw the network smaller", "desk.network.canvas.zoom_out", ("Ctrl+Alt+-",)
    ),
    Command("whole", "W&hole Network", "Show all layers at once", "desk.network.canvas.fit", ("Ctrl+9",)),
    Command(
        "readable", "&Readable Size", "Show the network as large as can be read", "desk.network.canvas.fill"
    ),
    SEPARATOR,
    Command(
        "present",
        "Pr&esentation",
        "Everything larger and nothing in the way, for a projector",
        "presentation.toggle",
        ("F5",),
        "presentation",
        checkable=True,
    ),
    Command(
        "magnify", "&Magnifier", "A lens at the pointer while presenting", "presentation.magnify", ("Z",)
    ),
    Command("blank", "&Blank Screen", "A black screen while presenting", "presentation.blank", ("B",)),
    Command(
        "maximize",
        "Maximi&ze Picture",
        "Give the picture that is pointed at all the room, or take it back",
        "in_hand.maximize",
        ("F",),
        "maximize-2",
    ),
    Command("full_screen", "Full &Screen", "Use the whole screen", "toggle_full_screen", ("F11",)),
)
