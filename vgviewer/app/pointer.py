"""What makes the pointer seen from afar: a soft ring around it, and a lens on request."""

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, Qt, QTimer
from PySide6.QtGui import (
    QColor,
    QCursor,
    QHideEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QPixmap,
    QRadialGradient,
    QRegion,
    QShowEvent,
)
from PySide6.QtWidgets import QWidget

from vgviewer.app import theme

FOLLOW_MS = 30  # a hand does not see it lag
LOOK_MS = 100  # the lens draws a part of the window anew
RING = 44  # px from edge to edge
LENS = (360, 220)  # px
MAGNIFIES = 2.0


class Follower(QWidget):
    """Stands with its middle at the pointer, lets every click through, and is gone where the pointer is."""

    def __init__(self, size: tuple[int, int], interval_ms: int, parent: QWidget) -> None:
        super().__init__(parent)
        self._over, self._size = parent, size
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()
        self._clock = QTimer(self, interval=interval_ms)
        self._clock.timeout.connect(self.follow)

    def begin(self) -> None:
        """Stands above everything in the window from now on."""
        self.resize(*map(theme.px, self._size))
        self.show()
        self.raise_()
        self.follow()

    def follow(self) -> None:
        """Goes to where the pointer is."""
        at = self._over.mapFromGlobal(QCursor.pos())
        self.move(at - QPoint(self.width() // 2, self.height() // 2))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._clock.start()

    def hideEvent(self, event: QHideEvent) -> None:
        self._clock.stop()
        super().hideEvent(event)


class Ring(Follower):
    """A ring in the accent that fades to both sides."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__((RING, RING), FOLLOW_MS, parent)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, half = QPainter(self), self.width() / 2
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        glow = QRadialGradient(QPointF(half, half), half)
        for place, opacity in ((0.0, 0.12), (0.62, 0.16), (0.78, 0.8), (0.86, 0.8), (1.0, 0.0)):
            color = QColor(theme.current().accent)
            color.setAlphaF(opacity)
            glow.setColorAt(place, color)
        painter.setBrush(glow)
        painter.drawEllipse(self.rect())


class Lens(Follower):
    """Shows what lies under it twice as large: drawn anew, not enlarged, so that words are sharp."""

    def __init__(self, seen: QWidget, parent: QWidget) -> None:
        super().__init__(LENS, LOOK_MS, parent)
        self._seen = seen
        self._picture = QPixmap()

    def follow(self) -> None:
        super().follow()
        self._picture = self._look()
        self.update()

    def _look(self) -> QPixmap:
        ratio = self.devicePixelRatioF()
        picture = QPixmap(self.size() * ratio)
        picture.setDevicePixelRatio(ratio)
        picture.fill(QColor(theme.current().window))
        width, height = round(self.width() / MAGNIFIES), round(self.height() / MAGNIFIES)
        middle = self._seen.mapFrom(self._over, self.geometry().center())
        part = QRect(middle.x() - width // 2, middle.y() - height // 2, width, height)
        painter = QPainter(picture)
        painter.scale(MAGNIFIES, MAGNIFIES)
        inside = part.intersected(self._seen.rect())
        if not inside.isEmpty():
            self._seen.render(painter, inside.topLeft() - part.topLeft(), QRegion(inside))
        painter.end()
        return picture

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        outline = QPainterPath()
        outline.addRoundedRect(QRectF(self.rect()).adjusted(1.5, 1.5, -1.5, -1.5), 12, 12)
        painter.setClipPath(outline)
        painter.drawPixmap(0, 0, self._picture)
        painter.setClipping(False)
        painter.setPen(QPen(QColor(theme.current().accent), 3))
        painter.drawPath(outline)
