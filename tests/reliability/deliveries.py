"""How Qt comes to call a handler: an event of its kind is sent, a picture is painted, a signal is emitted."""

import gc
import inspect
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from typing import Any

import shiboken6
from PySide6.QtCore import (
    QChildEvent,
    QCoreApplication,
    QEvent,
    QEventLoop,
    QMimeData,
    QObject,
    QPoint,
    QPointF,
    QRect,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import (
    QCloseEvent,
    QContextMenuEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QEnterEvent,
    QFocusEvent,
    QHideEvent,
    QIcon,
    QIconEngine,
    QKeyEvent,
    QMouseEvent,
    QPaintEvent,
    QResizeEvent,
    QShowEvent,
    QStandardItemModel,
    QWheelEvent,
)
from PySide6.QtWidgets import (
    QAbstractScrollArea,
    QGraphicsItem,
    QGraphicsScene,
    QGraphicsSceneHelpEvent,
    QGraphicsSceneHoverEvent,
    QGraphicsView,
    QListView,
    QToolButton,
    QWidget,
)

LEFT, PLAIN, COPY = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, Qt.DropAction.CopyAction
AT, FAR = QPointF(2, 2), QPointF(3, 3)
Type = QEvent.Type


def _mouse(kind: QEvent.Type) -> QEvent:
    return QMouseEvent(kind, AT, AT, LEFT, LEFT, PLAIN)


EVENTS: dict[str, Callable[[], QEvent]] = {
    "event": lambda: QEvent(Type.User),
    "changeEvent": lambda: QEvent(Type.WindowTitleChange),
    "childEvent": lambda: QChildEvent(Type.ChildAdded, QObject(QCoreApplication.instance())),
    "closeEvent": QCloseEvent,
    "contextMenuEvent": lambda: QContextMenuEvent(
        QContextMenuEvent.Reason.Mouse, AT.toPoint(), AT.toPoint(), PLAIN
    ),
    "dragEnterEvent": lambda: QDragEnterEvent(AT.toPoint(), COPY, MIME, LEFT, PLAIN),
    "dragLeaveEvent": QDragLeaveEvent,
    "dragMoveEvent": lambda: QDragMoveEvent(AT.toPoint(), COPY, MIME, LEFT, PLAIN),
    "dropEvent": lambda: QDropEvent(AT, COPY, MIME, LEFT, PLAIN),
    "enterEvent": lambda: QEnterEvent(AT, AT, AT),
    "focusInEvent": lambda: QFocusEvent(Type.FocusIn),
    "focusOutEvent": lambda: QFocusEvent(Type.FocusOut),
    "helpEvent": lambda: QGraphicsSceneHelpEvent(Type.GraphicsSceneHelp),
    "hideEvent": QHideEvent,
    "hoverEnterEvent": lambda: QGraphicsSceneHoverEvent(Type.GraphicsSceneHoverEnter),
    "hoverLeaveEvent": lambda: QGraphicsSceneHoverEvent(Type.GraphicsSceneHoverLeave),
    "keyPressEvent": lambda: QKeyEvent(Type.KeyPress, Qt.Key.Key_F35, PLAIN),
    "leaveEvent": lambda: QEvent(Type.Leave),
    "mouseDoubleClickEvent": lambda: _mouse(Type.MouseButtonDblClick),
    "mouseMoveEvent": lambda: _mouse(Type.MouseMove),
    "mousePressEvent": lambda: _mouse(Type.MouseButtonPress),
    "mouseReleaseEvent": lambda: _mouse(Type.MouseButtonRelease),
    "paintEvent": lambda: QPaintEvent(QRect(0, 0, 4, 4)),
    "resizeEvent": lambda: QResizeEvent(QSize(300, 200), QSize(301, 201)),
    "showEvent": QShowEvent,
    "wheelEvent": lambda: QWheelEvent(
        AT, AT, QPoint(), QPoint(0, 120), Qt.MouseButton.NoButton, PLAIN, Qt.ScrollPhase.NoScrollPhase, False
    ),
}
MIME = QMimeData()
SHOWN: list[QWidget] = []  # only to be painted


@contextmanager
def told() -> Iterator[None]:
    """Some faults come out only where Qt's loop ends: told as the program tells them."""
    try:
        yield
    except Exception as error:
        sys.excepthook(type(error), error, error.__traceback__)


def settle(wait_ms: int = 0) -> None:
    """Lets everything happen that is to happen now, as `exec` does it: what Qt calls in `processEvents` or `grab` would
    fail in the face of their caller."""
    with told():
        QEventLoop()  # what is still to come out does so here
    with told():
        loop = QEventLoop()
        QTimer.singleShot(wait_ms, loop.quit)
        loop.exec()
    with told():
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


class Carrier(QObject):
    """From here Qt calls a slot."""

    fired = Signal()

    def call(self, function: Callable[..., object], receiver: object) -> None:
        """Through a signal, with as many arguments as it needs."""
        slot = partial(function, *needed(function, receiver))
        self.fired.connect(slot)
        self.fired.emit()
        self.fired.disconnect(slot)


def needed(function: Callable[..., object], receiver: object) -> list[object]:
    """Arguments to call it with: who it belongs to, and nothing for the others."""
    each = inspect.signature(function).parameters.values()
    count = sum(one.default is one.empty and one.kind is one.POSITIONAL_OR_KEYWORD for one in each)
    return [receiver, *[None] * (count - 1)][:count]


class Cast:
    """Who is there to be called."""

    def __init__(self, window: QWidget) -> None:
        self._window = window
        self._living = [
            each for each in gc.get_objects() if str(type(each).__module__).startswith("vgviewer.")
        ]

    def find(self, owner: type, name: str) -> Any:
        """One whose `name` is its owner's, a visible one if there is; else a new one, if need be with only what Qt
        gives it."""
        function = getattr(owner, name)
        found = [one for one in self._living if getattr(type(one), name, None) is function and _is_whole(one)]
        if found:
            return max(found, key=_is_seen)
        for words in ((), (self._window,)):
            with suppress(TypeError, AttributeError):
                return owner(*words)
        bare = owner.__new__(owner)
        base = next(each for each in owner.__mro__ if not each.__module__.startswith("vgviewer"))
        base.__init__(bare)
        return bare


def send(receiver: Any, name: str) -> None:
    """Has Qt call the handler `name` of the receiver when `settle` is called."""
    if name == "eventFilter":
        with told():
            source = QObject(QCoreApplication.instance())
            source.installEventFilter(receiver)
            QCoreApplication.postEvent(source, QEvent(Type.User))
    elif name == "paint":
        _paint(receiver)
    elif isinstance(receiver, QGraphicsItem):
        QTimer.singleShot(0, partial(receiver.scene().sendEvent, receiver, EVENTS[name]()))
    elif name in ("dragMoveEvent", "dropEvent"):  # Qt sends these only where a drag goes on
        QTimer.singleShot(0, partial(receiver.viewportEvent, EVENTS[name]()))
    elif isinstance(receiver, QAbstractScrollArea) and name not in ("event", "changeEvent"):
        for each in (receiver.viewport(), receiver):
            QCoreApplication.postEvent(each, EVENTS[name]())
    else:
        QCoreApplication.postEvent(receiver, EVENTS[name]())


def _paint(receiver: Any) -> None:
    """In whatever it can be seen."""
    if isinstance(receiver, QGraphicsItem):
        if receiver.scene() is None:
            QGraphicsScene(QCoreApplication.instance()).addItem(receiver)
        receiver.setVisible(True)
        shown: QWidget = QGraphicsView(receiver.scene())
        shown.centerOn(receiver)
    elif isinstance(receiver, QIconEngine):
        shown = QToolButton()
        shown.setIcon(QIcon(receiver.clone()))
    else:
        shown = QListView()
        shown.setModel(QStandardItemModel(1, 1, shown))
        shown.setItemDelegate(receiver)
    SHOWN.append(shown)
    shown.show()


def _is_whole(each: object) -> bool:
    return not isinstance(each, shiboken6.Object) or shiboken6.isValid(each)


def _is_seen(each: object) -> bool:
    if isinstance(each, QWidget | QGraphicsItem):
        return bool(each.isVisible())
    return False
