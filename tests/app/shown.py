"""A view that is seen, for the tests of one view."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from PySide6.QtWidgets import QApplication, QWidget

from vgviewer.app import theme
from vgviewer.app.views import View
from vgviewer.frames import History

Kind = TypeVar("Kind", bound=View)


@contextmanager
def showing(
    app: QApplication, size: tuple[int, int] = (900, 420)
) -> "Iterator[Callable[[type[Kind], History | None], Kind]]":
    """Shows views of that size in the light theme."""
    theme.apply(app, theme.LIGHT)
    host = QWidget()
    host.resize(*size)
    host.show()

    def show(kind: type[Kind], history: History | None) -> Kind:
        view = kind(host)
        view.resize(*size)
        view.show()
        view.set_history(history)
        settle(view)
        return view

    yield show
    host.close()
    host.deleteLater()


def settle(view: View) -> None:
    """Draws until the labels have found their room."""
    for _ in range(2):
        QApplication.sendPostedEvents()
        view.refresh()
    QApplication.sendPostedEvents()


def color_at(view: View, x: float, y: float) -> tuple[int, int, int]:
    """What is painted at a data coordinate."""
    at = view.plot.position_of(x, y).toPoint()
    red, green, blue, _ = view.plot.grab().toImage().pixelColor(at).getRgb()
    return red, green, blue


def rgb(color: str) -> tuple[int, int, int]:
    """Of "#rrggbb"."""
    red, green, blue = bytes.fromhex(color[1:])
    return red, green, blue
