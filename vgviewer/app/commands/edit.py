"""The Edit menu."""

from vgviewer.app.commands.command import SEPARATOR, STANDARD, Command, Entry

EDIT: tuple[Entry, ...] = (
    Command("undo", "&Undo", "Take back the last edit", "document.undo.undo", (STANDARD.Undo,), "undo-2"),
    Command(
        "redo", "&Redo", "Make the edit again", "document.undo.redo", ("Ctrl+Shift+Z", "Ctrl+Y"), "redo-2"
    ),
    SEPARATOR,
    Command(
        "cut",
        "Cu&t",
        "Put the chosen layers on the clipboard and take them away",
        "layer_edits.cut",
        (STANDARD.Cut,),
        "scissors",
    ),
    Command(
        "copy",
        "&Copy",
        "Put the chosen layers on the clipboard, or the picture that is pointed at",
        "in_hand.copy",
        (STANDARD.Copy,),
        "copy",
    ),
    Command(
        "copy_data",
        "Copy Data &of Picture",
        "Put what a picture shows as numbers on the clipboard, for a spreadsheet",
        "in_hand.copy_data",
        ("Ctrl+Shift+C",),
        "table-2",
    ),
    Command(
        "paste",
        "&Paste",
        "Put the layers on the clipboard behind the chosen ones",
        "layer_edits.paste",
        (STANDARD.Paste,),
        "clipboard-paste",
    ),
    Command(
        "delete", "&Delete", "Remove the chosen layers", "layer_edits.delete", (STANDARD.Delete,), "trash-2"
    ),
    SEPARATOR,
    Command(
        "select_all", "Select &All", "Choose every layer", "layer_edits.select_all", (STANDARD.SelectAll,)
    ),
    SEPARATOR,
    Command(
        "preferences",
        "Prefere&nces…",
        "Theme, text size, what the program starts with",
        "settling.show",
        ("Ctrl+,",),
        "settings-2",
    ),
)
