"""A preset's gradient as a small picture, in the colors of the large ones."""

import numpy as np
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from vgviewer.app import theme
from vgviewer.app.colormaps import scale_of
from vgviewer.app.icons import paint
from vgviewer.app.picture.meaning import relative
from vgviewer.app.welcome.sketch import Sketch

HEIGHT = 80  # px
RADIUS = 5  # px, within the card's own corners
MARK = 28  # px


class Picture(QWidget):
    """Without a sketch it shows the sign of a network that nobody has trained yet."""

    def __init__(self, sketch: Sketch | None, parent: QWidget) -> None:
        super().__init__(parent)
        self._sketch = sketch
        self._image = QImage()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.grow(self.setFixedHeight, HEIGHT)
        theme.changed.connect(self._undress)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._sketch is not None and self._image.isNull():
            self._image = drawn(self._sketch)  # most cards are not seen at first
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box, radius = QRectF(self.rect()), theme.px(RADIUS)
        shape = QPainterPath()
        shape.addRoundedRect(box, radius, radius)
        painter.setClipPath(shape)
        if self._image.isNull():
            middle = QRectF(0, 0, theme.px(MARK), theme.px(MARK))
            middle.moveCenter(box.center())
            paint(painter, "chevrons-down", middle, theme.current().handle)
        else:
            painter.drawImage(box, self._image)  # each cell keeps its edges: nothing is smoothed
        painter.setClipping(False)
        painter.setPen(QColor(theme.current().hairline))
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)

    def _undress(self) -> None:
        self._image = QImage()
        self.update()


def drawn(sketch: Sketch) -> QImage:
    """A pixel for each cell, in the colors of the theme."""
    colors = np.ascontiguousarray(scale_of(theme.current(), relative("")).colors(sketch.sizes))
    height, width = colors.shape[:2]
    image = QImage(colors.data, width, height, 4 * width, QImage.Format.Format_RGBA8888)
    return image.copy()  # the array goes
