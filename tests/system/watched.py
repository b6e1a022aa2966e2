"""The program as it is, which besides writes down what can be seen and where: `python -m tests.system.watched FILE …`.

What a person sees at a glance costs a test a picture and much guessing. So it may look here, and nothing else: nobody
can act on the program from outside but by mouse and keys.
"""

import json
import os
import sys
import time
from collections.abc import Iterator
from typing import Any

from PySide6.QtCore import QPoint, QRect, QTimer
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QListView,
    QMenu,
    QMenuBar,
    QTabBar,
    QWidget,
)

from vgviewer.app import boot
from vgviewer.app.editor.canvas import Canvas

INTERVAL_MS = 200
HANDLE = 4  # px around the middle of the point from which a skip is drawn


class Watched(boot.Application):
    """Writes while it runs; a reader never sees half of it."""

    def __init__(self, words: list[str]) -> None:
        super().__init__(words)
        self._timer = QTimer(self, interval=INTERVAL_MS)
        self._timer.timeout.connect(self._write)
        self._timer.start()

    def _write(self) -> None:
        seen = {"at": time.monotonic(), "parts": list(parts())}
        with open(f"{FILE}.new", "w", encoding="utf-8") as file:
            json.dump(seen, file)
        os.replace(f"{FILE}.new", FILE)


def parts() -> Iterator[dict[str, Any]]:
    """All that is seen, in every window of the program."""
    for window in QApplication.topLevelWidgets():
        for widget in (window, *window.findChildren(QWidget)):
            face = widget.viewport() if isinstance(widget, QAbstractScrollArea) else widget  # covers it all
            if widget.isVisible() and not face.visibleRegion().isEmpty():
                yield part(widget, name_of(widget), face.visibleRegion().boundingRect())
                yield from inner(widget)


def inner(widget: QWidget) -> Iterator[dict[str, Any]]:
    """What is drawn in it and is no widget."""
    if isinstance(widget, Canvas):
        yield from blocks(widget)
    elif isinstance(widget, QListView):
        view = widget.viewport()
        for row in range(widget.model().rowCount()):
            index = widget.model().index(row, 0)
            box = widget.visualRect(index) & view.rect()
            if not widget.isRowHidden(row) and not box.isEmpty():
                yield part(view, str(index.data()), box, "Row")
    elif isinstance(widget, QMenu | QMenuBar):
        for action in widget.actions():
            if action.isVisible() and not action.isSeparator():
                yield part(widget, action.iconText(), widget.actionGeometry(action), "Entry")
    elif isinstance(widget, QTabBar):
        for index in range(widget.count()):
            yield part(widget, widget.tabText(index), widget.tabRect(index), "Tab")


def blocks(canvas: Canvas) -> Iterator[dict[str, Any]]:
    """The places of the network, and from where skips are drawn."""
    view = canvas.viewport()
    for place in canvas.choosing.places:
        block = canvas.diagram.blocks[place]
        box = canvas.mapFromScene(block.box).boundingRect() & view.rect()
        if not box.isEmpty():
            selected = place == canvas.choosing.selected
            yield part(view, place, box, "Block") | {
                "text": canvas.diagram.description(place),
                "is_checked": selected,
            }
        middle = canvas.mapFromScene(block.top)
        box = QRect(middle - QPoint(HANDLE, HANDLE), middle + QPoint(HANDLE, HANDLE))
        if block.face.has_handle and view.rect().contains(box):
            yield part(view, place, box, "Handle")


def part(widget: QWidget, name: str, box: QRect, kind: str = "") -> dict[str, Any]:
    """A part of the screen and what a person may say of it."""
    at = widget.mapToGlobal(box.topLeft())
    return {
        "kind": kind or type(widget).__name__,
        "name": name,
        "text": text_of(widget),
        "box": [at.x(), at.y(), box.width(), box.height()],
        "has_focus": not kind and widget.hasFocus(),
        "is_enabled": widget.isEnabled(),
        "is_checked": isinstance(widget, QAbstractButton) and widget.isChecked(),
    }


def name_of(widget: QWidget) -> str:
    """As a screen reader says it, else its text."""
    return widget.accessibleName() or (widget.windowTitle() if widget.isWindow() else "") or text_of(widget)


def text_of(widget: QWidget) -> str:
    """What stands in it."""
    match widget:
        case QAbstractButton() | QLabel() | QLineEdit():
            return widget.text()
        case QComboBox():
            return widget.currentText()
        case _:
            return widget.accessibleDescription()


if __name__ == "__main__":
    FILE = sys.argv.pop(1)
    boot.Application = Watched  # type: ignore[misc]
    from vgviewer.cli import main

    sys.exit(main())
