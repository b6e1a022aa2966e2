"""What a kind of alert looks like: an icon and a color that say the same."""

from typing import NamedTuple

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from vgviewer.app import theme
from vgviewer.app.icons import paint

ICON = 18  # px
ON_DISC = 0.7  # of the disc, that an icon on it takes


class Look(NamedTuple):
    """`color` is an attribute of the theme; the icon says the same without color."""

    icon: str
    color: str


OTHER = Look("triangle-alert", "warning")
LOOKS = {
    "vanishing": Look("chevrons-down", "vanishing"),
    "exploding": Look("chevrons-up", "exploding"),
    "non_finite": Look("octagon-alert", "not_finite"),
    "dead_units": Look("zap-off", "warning"),
    "saturated": Look("gauge", "warning"),
    "not_learning": Look("equal-approximately", "warning"),
    "update_ratio": Look("footprints", "warning"),
    "weights_growing": Look("trending-up", "warning"),
    "cut_off": Look("scissors", "warning"),
}


class Sign(QWidget):
    """The icon of a kind of alert, in its color, on a disc of that color while it is critical, gray once it is taken
    back."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = OTHER
        self._stands, self._is_critical = True, False
        theme.grow(self.setFixedSize, ICON, ICON)

    def show_look(self, look: Look, stands: bool, is_critical: bool = False) -> None:
        """Takes another icon."""
        self._look, self._stands, self._is_critical = look, stands, is_critical
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        now = theme.current()
        color = getattr(now, self._look.color) if self._stands else now.text_muted
        painter, box = QPainter(self), QRectF(self.rect())
        if not (self._stands and self._is_critical):
            paint(painter, self._look.icon, box, color)
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(color))
        painter.drawEllipse(box)
        inset = box.width() * (1 - ON_DISC) / 2
        paint(painter, self._look.icon, box.adjusted(inset, inset, -inset, -inset), now.surface)
