"""The lower edge of what is scrolled: words fade out there while more lies below, and are not sliced."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QColor, QLinearGradient, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractScrollArea, QWidget

from vgviewer.app import theme

HEIGHT = 20  # px


class Fade(QWidget):
    """Lies over the area and lets every press through; `ground` is the name of the color behind the words."""

    def __init__(self, area: QAbstractScrollArea, ground: str = "window") -> None:
        super().__init__(area)
        self._area, self._ground = area, ground
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        area.viewport().installEventFilter(self)
        bar = area.verticalScrollBar()
        bar.valueChanged.connect(self._follow)
        bar.rangeChanged.connect(self._follow)
        theme.changed.connect(self._follow)
        self._follow()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Resize:
            self._follow()
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        end = QColor(getattr(theme.current(), self._ground))
        begin = QColor(end)
        begin.setAlpha(0)
        shade = QLinearGradient(0, 0, 0, self.height())
        shade.setColorAt(0, begin)
        shade.setColorAt(0.8, end)
        QPainter(self).fillRect(self.rect(), shade)

    def _follow(self) -> None:
        bar, seen = self._area.verticalScrollBar(), self._area.viewport().geometry()
        height = theme.px(HEIGHT)
        self.setGeometry(seen.left(), seen.bottom() + 1 - height, seen.width(), height)
        self.setVisible(bar.value() < bar.maximum())
        self.raise_()
        self.update()
