"""Where a window may stand: always where it can be seen and taken hold of. Screens come and go between two starts."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from vgviewer.app.choices import Place

GRIP = (160, 24)  # px of the upper edge that must be in sight to drag a window by it

SIDE, TITLE = 8, 40  # px at most that a desktop puts around a window and above it


def in_sight(wanted: QRect, screens: Sequence[QRect]) -> QRect:
    """The same where enough of it can be seen, else moved into the nearest screen, and no larger than that."""
    if not screens:
        return wanted
    grip = QRect(wanted.topLeft(), wanted.size())
    grip.setHeight(GRIP[1])
    seen = [grip.intersected(screen) for screen in screens]
    fits = any(wanted.width() <= s.width() and wanted.height() <= s.height() for s in screens)
    if fits and any(
        part.width() >= min(GRIP[0], wanted.width()) and part.height() == GRIP[1] for part in seen
    ):
        return wanted
    home = max(screens, key=lambda screen: (_area(wanted & screen), -_distance(wanted, screen)))
    size = wanted.size().boundedTo(home.size())
    left = min(max(wanted.left(), home.left()), home.right() + 1 - size.width())
    top = min(max(wanted.top(), home.top()), home.bottom() + 1 - size.height())
    return QRect(QPoint(left, top), size)


def screens() -> list[QRect]:
    """What the screens offer to windows now, the first one first."""
    return [screen.availableGeometry() for screen in QGuiApplication.screens()]


def place_of(window: QWidget) -> Place:
    """Where a window stands, or would stand when it is no longer maximized."""
    rect = window.normalGeometry() if window.isMaximized() or window.isFullScreen() else window.geometry()
    width, height = max(1, rect.width()), max(1, rect.height())
    return Place(x=rect.x(), y=rect.y(), width=width, height=height, is_maximized=window.isMaximized())


def put(window: QWidget, place: Place) -> None:
    """Before the window is shown: where it stood, if that is in sight."""
    inner = [screen.adjusted(SIDE, TITLE, -SIDE, -SIDE) for screen in screens()]
    window.setGeometry(in_sight(QRect(place.x, place.y, place.width, place.height), inner))
    if place.is_maximized:
        window.setWindowState(window.windowState() | Qt.WindowState.WindowMaximized)


def _area(rect: QRect) -> int:
    return max(0, rect.width()) * max(0, rect.height())


def _distance(rect: QRect, screen: QRect) -> int:
    return (rect.center() - screen.center()).manhattanLength()
