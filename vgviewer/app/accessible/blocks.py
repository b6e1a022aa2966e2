"""The canvas as a list of its blocks: what a scene draws is nothing that Qt could tell a screen reader."""

from functools import partial
from typing import TYPE_CHECKING, Any

import shiboken6
from PySide6.QtCore import QRect
from PySide6.QtGui import QAccessible, QAccessibleInterface, QColor
from PySide6.QtWidgets import QAccessibleWidget, QWidget

if TYPE_CHECKING:
    from vgviewer.app.editor.canvas import Canvas

Role, Text = QAccessible.Role, QAccessible.Text
Found = Any  # QAccessibleInterface or None, which Qt takes, but PySide's stubs do not know


class CanvasAloud(QAccessibleWidget):
    """Its items are made as the network grows, and stay: one that has no block any more is not valid."""

    def __init__(self, canvas: "Canvas") -> None:
        super().__init__(canvas, Role.List, "")
        self._items: list[BlockAloud] = []
        self._ids: list[int] = []
        canvas.destroyed.connect(partial(_forget, self._ids))

    def childCount(self) -> int:
        return len(self._places) + len(self._parts)

    def child(self, index: int) -> Found:
        places = self._places
        if 0 <= index < len(places):
            while len(self._items) < len(places):
                self._items.append(BlockAloud(self, len(self._items)))
                self._ids.append(QAccessible.registerAccessibleInterface(self._items[-1]))
            return self._items[index]
        parts = self._parts[index - len(places) :] if index >= len(places) else []
        return QAccessible.queryAccessibleInterface(parts[0]) if parts else None

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        if isinstance(child, BlockAloud):
            return child.index
        part = child.object()
        return len(self._places) + self._parts.index(part) if part in self._parts else -1

    def childAt(self, x: int, y: int) -> Found:
        children = (self.child(index) for index in range(self.childCount()))
        return next((child for child in children if child is not None and child.rect().contains(x, y)), None)

    def focusChild(self) -> Found:
        canvas, places = self.canvas, self._places
        if canvas is None or not canvas.hasFocus():
            return None
        return (
            self.child(places.index(canvas.choosing.selected)) if canvas.choosing.selected in places else None
        )

    @property
    def canvas(self) -> "Canvas | None":
        """None when it has gone."""
        return self.object() if shiboken6.isValid(self) else None  # type: ignore[return-value]

    def place(self, index: int) -> str | None:
        """The id of what stands there."""
        places = self._places
        return places[index] if index < len(places) else None

    @property
    def _places(self) -> list[str]:
        canvas = self.canvas
        return canvas.choosing.places if canvas is not None else []

    @property
    def _parts(self) -> list[QWidget]:
        """What opens over the blocks for a moment."""
        canvas = self.canvas
        parts = (canvas.note_editor, canvas.times) if canvas is not None else ()
        return [part for part in parts if part.isVisible()]


class BlockAloud(QAccessibleInterface):
    """One place of the network, with what is written and drawn at it."""

    def __init__(self, around: CanvasAloud, index: int) -> None:
        super().__init__()
        self._around = around
        self.index = index

    def isValid(self) -> bool:
        return self._place is not None

    def object(self) -> Any:
        return None

    def parent(self) -> Found:
        return self._around

    def window(self) -> Any:
        return self._around.window()

    def childCount(self) -> int:
        return 0

    def child(self, index: int) -> Found:
        return None

    def childAt(self, x: int, y: int) -> Found:
        return None

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        return -1

    def focusChild(self) -> Found:
        return None

    def role(self) -> QAccessible.Role:
        return Role.ListItem

    def rect(self) -> QRect:
        canvas, place = self._around.canvas, self._place
        if canvas is None or place is None:
            return QRect()
        box = _box(canvas, place)
        return QRect(canvas.viewport().mapToGlobal(box.topLeft()), box.size())

    def state(self) -> QAccessible.State:
        canvas, place = self._around.canvas, self._place
        state: Any = QAccessible.State()  # its fields are not in the stubs
        if canvas is None or place is None:
            state.invalid = True
            return state  # type: ignore[no-any-return]
        is_selected = place == canvas.choosing.selected
        state.selectable = state.extSelectable = state.focusable = True
        state.selected = is_selected or place in canvas.choosing.marked
        state.focused = is_selected and canvas.hasFocus()
        state.offscreen = not canvas.viewport().rect().intersects(_box(canvas, place))
        return state  # type: ignore[no-any-return]

    def text(self, kind: QAccessible.Text) -> str:
        canvas, place = self._around.canvas, self._place
        if canvas is None or place is None or kind is not Text.Name:
            return ""
        return canvas.diagram.description(place)

    def setText(self, kind: QAccessible.Text, text: str) -> None:
        pass  # a block's words are what the network is

    def backgroundColor(self) -> QColor:
        return QColor()

    def foregroundColor(self) -> QColor:
        return QColor()

    @property
    def _place(self) -> str | None:
        return self._around.place(self.index)


def _box(canvas: "Canvas", place: str) -> QRect:
    """Of its block, in the drawing area."""
    return canvas.mapFromScene(canvas.diagram.blocks[place].box).boundingRect()


def _forget(ids: list[int], *_: object) -> None:
    for made in ids:
        QAccessible.deleteAccessibleInterface(made)
