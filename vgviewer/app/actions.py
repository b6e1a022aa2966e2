"""The QActions and menus that the catalogue of commands becomes."""

from collections.abc import Callable, Sequence
from operator import attrgetter

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar, QWidget

from vgviewer.app.commands import COMMANDS, MENUS, Command, Entry, Submenu
from vgviewer.app.icons import icon
from vgviewer.network import LAYERS

FIRST = "desk.inspector.finish"  # what is typed in a field counts, although a button leaves the focus there


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
        action.setCheckable(command.checkable or bool(command.group))
        if command.group:
            groups.setdefault(command.group, QActionGroup(window)).addAction(action)
        for path in (FIRST, command.handler):
            handler: Callable[[], object] = attrgetter(path)(window)
            action.triggered.connect(handler)
        made[command.id] = action
    return made


def fill(bar: QMenuBar, actions: dict[str, QAction], submenus: dict[str, QMenu]) -> None:
    """Makes the menus in their order; those of `submenus` fill themselves."""
    for title, entries in MENUS.items():
        _fill(bar.addMenu(title), entries, actions, submenus)


def _fill(
    menu: QMenu, entries: Sequence[Entry], actions: dict[str, QAction], submenus: dict[str, QMenu]
) -> None:
    menu.setToolTipsVisible(True)
    for entry in entries:
        if isinstance(entry, Submenu):
            if entry.id in submenus:
                menu.addMenu(submenus[entry.id])
            else:
                _fill(menu.addMenu(entry.text), entry.entries, actions, submenus)
        elif isinstance(entry, Command):
            if not entry.hidden:
                menu.addAction(actions[entry.id])
        else:
            menu.addSeparator()


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
