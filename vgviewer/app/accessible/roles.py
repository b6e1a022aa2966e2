"""What our own widgets are: Qt takes a card for a border and a picture for a client area."""

import shiboken6
from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import (
    QAccessibleWidget,
    QComboBox,
    QLineEdit,
    QListView,
    QMenu,
    QMenuBar,
    QToolButton,
    QWidget,
)

from vgviewer.app.accessible.blocks import CanvasAloud

Role = QAccessible.Role

ROLES = {  # by the names of our classes, as Qt asks for them
    "AlertCard": Role.AlertMessage,
    "AlertList": Role.List,
    "Card": Role.ListItem,
    "Gallery": Role.List,
    "Plot": Role.Graphic,
    "Track": Role.Slider,
}

_made: list[QAccessibleInterface] = []  # Qt deletes them with their widgets, but does not hold Python's half
_installed: list[object] = []


def install() -> None:
    """Once in a process, as soon as there is an application."""
    if not _installed:
        _installed.append(_make)
        QAccessible.installFactory(_make)


def _name(widget: QWidget) -> None:
    """Parts that Qt makes, and leaves without a word."""
    if widget.accessibleName():
        return
    above = widget.parentWidget()
    if isinstance(widget, QMenu):
        widget.setAccessibleName(widget.title().replace("&", ""))
    elif isinstance(widget, QMenuBar):
        widget.setAccessibleName("Menus")
    elif isinstance(widget, QToolButton) and isinstance(above, QLineEdit):
        widget.setAccessibleName("Clear")
    elif isinstance(widget, QListView) and above is not None:
        combo = above if isinstance(above, QComboBox) else above.parentWidget()
        widget.setAccessibleName(combo.accessibleName() if isinstance(combo, QComboBox) else "")


class Ours(QAccessibleWidget):
    """A widget of ours with its role."""


class Picture(Ours):
    """Says what its view shows, when it has nothing to say of a single cell; its drawing area is no part of its own."""

    def childCount(self) -> int:
        return 0

    def text(self, kind: QAccessible.Text) -> str:
        found = super().text(kind)
        plot = self.object()
        around = plot.parentWidget() if isinstance(plot, QWidget) else None
        while kind is QAccessible.Text.Description and not found and around is not None:
            found, around = around.accessibleDescription(), around.parentWidget()
        return found


def _make(name: str, thing: QObject | None) -> QAccessibleInterface | None:
    """Qt asks for each class of a widget, from its own up to QObject."""
    if not isinstance(thing, QWidget):
        return None
    _name(thing)
    made: QAccessibleInterface
    if name == "Canvas":
        made = CanvasAloud(thing)  # type: ignore[arg-type]  # which imports this
    elif name in ROLES:
        made = (Picture if name == "Plot" else Ours)(thing, ROLES[name])
    else:
        return None
    _made[:] = [before for before in _made if shiboken6.isValid(before)]
    _made.append(made)
    return made
