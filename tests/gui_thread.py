"""Whoever changes a widget from another thread than Qt's own is caught before Qt is touched."""

import functools
import threading
import types
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from PySide6 import QtCore, QtGui, QtWidgets

KINDS = (
    QtWidgets.QWidget,
    QtWidgets.QGraphicsItem,
    QtWidgets.QGraphicsScene,
    QtWidgets.QLayout,
    QtGui.QAction,
    QtGui.QStandardItem,
    QtCore.QTimer,
    QtCore.QAbstractItemModel,
)
CHANGING = (
    "set",
    "add",
    "insert",
    "remove",
    "take",
    "clear",
    "update",
    "repaint",
    "show",
    "hide",
    "raise_",
    "start",
)
CHANGING += (
    "stop",
    "close",
    "delete",
    "move",
    "resize",
    "prepareGeometryChange",
    "trigger",
    "append",
    "open",
)
VIRTUAL = (
    "setVisible",
    "setGeometry",
    "addItem",
    "setModel",
    "setSelection",
    "setRootIndex",
    "setSelectionModel",
)
VIRTUAL += (
    "setData",
    "setHeaderData",
    "setItemData",
    "insertRows",
    "insertColumns",
    "removeRows",
    "removeColumns",
)
VIRTUAL += (
    "updateEditorGeometries",
    "updateEditorData",
    "updateGeometries",
    "updateMicroFocus",
    "showPopup",
    "hidePopup",
)


class WrongThread(AssertionError):
    """A widget was changed where Qt does not allow it."""


@contextmanager
def watched() -> Iterator[tuple[list[str], list[str]]]:
    """The names of what is called from other threads, and of all that is watched. Such a call raises WrongThread where
    it stands, and does not reach Qt. What Qt itself may call back (virtual functions) is left alone."""
    caught: list[str] = []
    kept: list[tuple[type, str, object]] = []
    for owner in _classes():
        for name, function in list(vars(owner).items()):
            is_own = isinstance(function, types.MethodDescriptorType) and name not in VIRTUAL
            if is_own and name.startswith(CHANGING):
                kept.append((owner, name, function))
                setattr(owner, name, _guarded(owner, name, function, caught))
    try:
        yield caught, [f"{owner.__name__}.{name}" for owner, name, _ in kept]
    finally:
        for owner, name, function in kept:
            setattr(owner, name, function)


def _classes() -> list[type]:
    found = [each for room in (QtCore, QtGui, QtWidgets) for each in vars(room).values()]
    return [each for each in found if isinstance(each, type) and issubclass(each, KINDS)]


def _guarded(
    owner: type, name: str, function: Callable[..., object], caught: list[str]
) -> Callable[..., object]:
    @functools.wraps(function)
    def guarded(*words: object, **named: object) -> object:
        if threading.current_thread() is not threading.main_thread():
            caught.append(f"{owner.__name__}.{name}")
            raise WrongThread(f"{owner.__name__}.{name} from {threading.current_thread().name}")
        return function(*words, **named)

    return guarded
