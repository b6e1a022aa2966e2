"""The Edit menu."""

from vgviewer.app.commands.command import SEPARATOR, STANDARD, Command, Entry

EDIT: tuple[Entry, ...] = (
    Command("undo", "&Undo", "Take back the last edit", "document.undo.undo", (STANDARD.Undo,), "undo-2"),
    Command(
        "redo", "&Redo", "Make the edit again", "document.undo.redo", ("Ctrl+Shift+Z", "Ctrl+Y"), "redo-2"
    ),
    SEPARATOR,
    Command(
        "delete", "&Delete Layer", "Remove the selected layer", "delete_layer", (STANDARD.Delete,), "trash-2"
    ),
)
