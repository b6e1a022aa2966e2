"""The one catalogue of what can be done; menus, shortcuts, tooltips and the cheat sheet are made of it."""

from collections.abc import Callable
from dataclasses import dataclass
from operator import attrgetter

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar, QWidget

from vgviewer.app.icons import icon
from vgviewer.network import LAYERS

Keys = QKeySequence.StandardKey | str
STANDARD = QKeySequence.StandardKey
SEPARATOR = ""


@dataclass(frozen=True)
class Command:
    """`handler` is the dotted name of a method below the window; commands of one `group` exclude each other."""

    id: str
    text: str
    tooltip: str
    handler: str
    keys: tuple[Keys, ...] = ()
    icon: str = ""
    group: str = ""


COMMANDS = (
    Command("new", "&New", "Start with an empty network", "files.new", (STANDARD.New,), "file-plus"),
    Command("open", "&Open…", "Open a preset file", "files.open", (STANDARD.Open,), "folder-open"),
    Command("clear_recent", "&Clear This List", "Forget the recent files", "files.forget_recents"),
    Command("save", "&Save", "Save the preset", "files.save", (STANDARD.Save,), "save"),
    Command("save_as", "Save &As…", "Save the preset under another name", "files.save_as", ("Ctrl+Shift+S",)),
    Command(
        "export",
        "&Export Picture…",
        "Save a view as a picture",
        "export_picture",
        ("Ctrl+Shift+E",),
        "camera",
    ),
    Command("quit", "&Quit", "Close vgviewer", "close", ("Ctrl+Q",)),
    Command("undo", "&Undo", "Take back the last edit", "document.undo.undo", (STANDARD.Undo,), "undo-2"),
    Command(
        "redo", "&Redo", "Make the edit again", "document.undo.redo", ("Ctrl+Shift+Z", "Ctrl+Y"), "redo-2"
    ),
    Command(
        "delete", "&Delete Layer", "Remove the selected layer", "delete_layer", (STANDARD.Delete,), "trash-2"
    ),
    Command(
        "duplicate",
        "D&uplicate Layer",
        "Put a copy behind the selected layer",
        "duplicate_layer",
        ("Ctrl+D",),
        "copy-plus",
    ),
    Command("light", "&Light", "Dark text on a light ground", "wardrobe.light", (), "sun", "theme"),
    Command("dark", "&Dark", "Light text on a dark ground", "wardrobe.dark", (), "moon", "theme"),
    Command(
        "system", "&Follow System", "Light or dark as the desktop is", "wardrobe.system", (), "", "theme"
    ),
    Command("whole", "&Whole Network", "Show all layers at once", "show_whole_network", ("Ctrl+9",)),
    Command(
        "readable", "&Readable Size", "Show the network as large as can be read", "show_readable", ("Ctrl+0",)
    ),
    Command("full_screen", "F&ull Screen", "Use the whole screen", "toggle_full_screen", ("F11",)),
    Command("task", "&Task Settings", "What is to be learned", "show_task"),
    Command("training", "Training S&ettings", "Optimizer, steps, clipping, loss", "show_training"),
    Command(
        "train",
        "&Train",
        "Train the network, or pause (Space)",
        "live.train_or_pause",
        ("Ctrl+R", "Space"),
        "play",
    ),
    Command("step", "&Step", "Make one training step", "live.step", ("Ctrl+.",), "step-forward"),
    Command(
        "reset",
        "&Reset",
        "Drop the run; the next one starts afresh",
        "live.reset",
        ("Ctrl+Shift+R",),
        "rotate-ccw",
    ),
    Command("about", "&About vgviewer", "Version, license, where the log lies", "show_about", (), "info"),
)

MENUS: dict[str, tuple[str, ...]] = {
    "&File": ("new", "open", "recent", SEPARATOR, "save", "save_as", SEPARATOR, "export", SEPARATOR, "quit"),
    "&Edit": ("undo", "redo", SEPARATOR, "delete"),
    "&View": ("light", "dark", "system", SEPARATOR, "whole", "readable", SEPARATOR, "full_screen"),
    "&Network": ("add_layer", "duplicate", SEPARATOR, "task"),
    "&Training": ("train", "step", "reset", SEPARATOR, "training"),
    "&Help": ("about",),
}


def make_actions(window: QObject) -> dict[str, QAction]:
    """One QAction per command, by id, connected to its handler below `window`."""
    groups: dict[str, QActionGroup] = {}
    made: dict[str, QAction] = {}
    for command in COMMANDS:
        action = QAction(command.text, window)
        action.setObjectName(command.id)
        action.setShortcuts([QKeySequence(keys) for keys in command.keys])
        action.setToolTip(_with_keys(command.tooltip, action))
        action.setStatusTip("")
        if command.icon:
            action.setIcon(icon(command.icon))
        if command.group:
            action.setCheckable(True)
            groups.setdefault(command.group, QActionGroup(window)).addAction(action)
        handler: Callable[[], object] = attrgetter(command.handler)(window)
        action.triggered.connect(handler)
        made[command.id] = action
    return made


def fill(bar: QMenuBar, actions: dict[str, QAction], submenus: dict[str, QMenu]) -> None:
    """Makes the menus in their order; `submenus` stand where MENUS names them."""
    for title, ids in MENUS.items():
        menu = bar.addMenu(title)
        menu.setToolTipsVisible(True)
        for name in ids:
            if name == SEPARATOR:
                menu.addSeparator()
            elif name in submenus:
                menu.addMenu(submenus[name])
            else:
                menu.addAction(actions[name])


class AddMenu(QMenu):
    """One entry for each kind of layer, in the palette's order."""

    chosen = Signal(str)  # the kind, as in the file

    def __init__(self, parent: QWidget) -> None:
        super().__init__("&Add Layer", parent)
        self.setToolTipsVisible(True)
        for layer in LAYERS:
            kind = layer.model_fields["type"].default
            action = self.addAction(icon(f"layer-{kind}"), layer.label)
            action.setData(kind)
            action.setToolTip(layer.summary)
        self.triggered.connect(self._choose)

    def _choose(self, action: QAction) -> None:
        self.chosen.emit(action.data())


def _with_keys(tooltip: str, action: QAction) -> str:
    keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
    return f"{tooltip} ({keys})" if keys and "(" not in tooltip else tooltip
