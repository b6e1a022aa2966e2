"""What a kind of alert looks like: an icon and a color that say the same."""

from typing import NamedTuple

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from vgviewer.app import theme
from vgviewer.app.icons import paint

ICON = 18  # px


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
    """The icon of a kind of alert, in its color, gray once it is taken back."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = OTHER
        self._stands = True
        theme.grow(self.setFixedSize, ICON, ICON)

    def show_look(self, look: Look, stands: bool) -> None:
        """Takes another icon."""
        self._look, self._stands = look, stands
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        now = theme.current()
        color = getattr(now, self._look.color) if self._stands else now.text_muted
        paint(QPainter(self), self._look.icon, QRectF(self.rect()), color)
