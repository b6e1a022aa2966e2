"""Icons of one set (Lucide), recolored from the theme and sharp at every scale factor."""

import sys
from functools import cache

from PySide6.QtCore import QByteArray, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QIconEngine, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from vgviewer.app import theme
from vgviewer.resources import RESOURCES


def icon(name: str, color: str | None = None) -> QIcon:
    """The icon of a file in resources/icons, in `color` or else the theme's text color.

    Without a color it follows a later switch of the theme by itself. Raises FileNotFoundError.
    """
    _source(name)
    return QIcon(_Drawn(name, color))


def paint(painter: QPainter, name: str, box: QRectF, color: str) -> None:
    """Draws the icon into `box`, for pictures that are not made of buttons."""
    _renderer(name, color).render(painter, box)


class _Drawn(QIconEngine):
    """Draws the SVG at the size asked for, so that no scale factor ever enlarges a bitmap."""

    def __init__(self, name: str, color: str | None) -> None:
        super().__init__()
        self._name = name
        self._color = color

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        side = min(rect.width(), rect.height())
        box = QRectF(0, 0, side, side)
        box.moveCenter(QRectF(rect).center())
        paint(painter, self._name, box, self._color_for(mode))

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        made = QPixmap(size)
        made.fill(Qt.GlobalColor.transparent)
        if made.isNull():
            return made  # a button without room asks for nothing
        painter = QPainter(made)
        try:
            self.paint(painter, QRect(QPoint(), size), mode, state)
        except Exception as error:  # told as any fault; a button without its icon still has its words
            sys.excepthook(type(error), error, error.__traceback__)
        finally:
            painter.end()
        return made

    def clone(self) -> QIconEngine:
        return _Drawn(self._name, self._color)

    def _color_for(self, mode: QIcon.Mode) -> str:
        if mode is QIcon.Mode.Disabled:
            return theme.current().handle
        return self._color or theme.current().text


@cache
def _source(name: str) -> str:
    return (RESOURCES / "icons" / f"{name}.svg").read_text(encoding="utf-8")


@cache
def _renderer(name: str, color: str) -> QSvgRenderer:
    return QSvgRenderer(QByteArray(_source(name).replace("currentColor", color).encode()))
