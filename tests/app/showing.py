"""A view on the screen, with a run made by hand."""

from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from vgviewer.app import theme
from vgviewer.app.views import View
from vgviewer.frames import History


def show_view(
    qtbot: QtBot, kind: type[View], history: History | None = None, size: tuple[int, int] = (640, 300)
) -> View:
    """Visible, drawn, and gone when the test is over."""
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    theme.apply(application, theme.LIGHT)
    host = QWidget()  # without a layout: the offscreen platform warns about a window's least size
    qtbot.addWidget(host)
    host.resize(*size)
    host.show()
    view = kind(host)
    view.host = host  # type: ignore[attr-defined]  # somebody has to hold it
    view.resize(*size)
    view.show()
    view.set_history(history)
    settle(view)
    return view


def settle(view: View) -> None:
    """Lets labels find their room, and draws."""
    for _ in range(2):
        QApplication.processEvents()
        view.refresh()


def color_at(view: View, x: float, y: float) -> str:
    """What is painted at a data coordinate, as "#rrggbb"."""
    at = view.plot.mapTo(view, view.plot.position_of(x, y).toPoint())
    return QColor(view.grab().toImage().pixelColor(at)).name()


def named(color: object) -> str:
    """An RGBA color of a scale as "#rrggbb"."""
    return QColor(*(int(part) for part in list(color)[:3])).name()  # type: ignore[call-overload]
