"""The alerts of a run as cards: those that stand on top, the newest first, then those that were taken back."""

from typing import NamedTuple

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QKeyEvent, QMouseEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from vgviewer.app import theme
from vgviewer.app.icons import paint
from vgviewer.app.words import tally
from vgviewer.diagnosis import Alert

MOST_CARDS = 40  # more than anybody scrolls through; the header still counts all
STRIPE = 4  # px
RADIUS = 8  # px
ICON = 18  # px
EMPTY = "No alerts. When a gradient vanishes, explodes or is not finite, it is said here."


class Look(NamedTuple):
    """`color` is an attribute of the theme; the icon says the same without color."""

    icon: str
    color: str


LOOKS = {
    "vanishing": Look("chevrons-down", "vanishing"),
    "exploding": Look("chevrons-up", "exploding"),
    "non_finite": Look("octagon-alert", "not_finite"),
}
OTHER = Look("triangle-alert", "warning")


def since(alert: Alert) -> str:
    """When it was raised and taken back, and how serious it is."""
    if alert.until is not None:
        return f"From step {alert.step:,}, taken back at step {alert.until:,}"
    serious = "Critical" if alert.severity == "critical" else "Warning"
    return f"{serious} since step {alert.step:,}"


class Sign(QWidget):
    """The icon of a kind of alert, in its color, gray once it is taken back."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = OTHER
        self._stands = True
        self.setFixedSize(QSize(ICON, ICON))

    def show_look(self, look: Look, stands: bool) -> None:
        """Takes another icon."""
        self._look, self._stands = look, stands
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        now = theme.current()
        color = getattr(now, self._look.color) if self._stands else now.text_muted
        paint(QPainter(self), self._look.icon, QRectF(0, 0, ICON, ICON), color)


class AlertCard(QFrame):
    """One alert; a click or Enter leads to its layer."""

    layer_clicked = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.alert: Alert | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._sign = Sign(self)
        self._title = _words(self, "card-title")
        self._message = _words(self, "")
        self._since = _words(self, "caption")
        head = QHBoxLayout()
        head.setSpacing(theme.GRID)
        head.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self._title, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * theme.GRID, 12, 12, 12)
        column.setSpacing(4)
        column.addLayout(head)
        column.addWidget(self._message)
        column.addWidget(self._since)

    def show_alert(self, alert: Alert) -> None:
        """Shows another alert, or what has become of this one."""
        if alert == self.alert:
            return
        self.alert = alert
        look = LOOKS.get(alert.kind, OTHER)
        self._sign.show_look(look, alert.stands)
        self._title.setFont(theme.font(theme.BODY, QFont.Weight.DemiBold))
        self._title.setText(alert.title)
        self._message.setText(alert.message)
        self._message.setVisible(alert.stands)
        self._since.setText(since(alert))
        self.setToolTip("" if alert.stands else alert.message)
        self.setAccessibleName(alert.title)
        self.setAccessibleDescription(f"{alert.message} {since(alert)}")
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self._go()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._go()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        now = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        shape = QPainterPath()
        shape.addRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), RADIUS, RADIUS)
        painter.fillPath(shape, QColor(now.surface))
        if self.alert and self.alert.stands:
            painter.setClipPath(shape)
            color = getattr(now, LOOKS.get(self.alert.kind, OTHER).color)
            painter.fillRect(0, 0, STRIPE, self.height(), QColor(color))
            painter.setClipping(False)
        painter.setPen(QPen(QColor(now.accent if self.hasFocus() else now.hairline), 1))
        painter.drawPath(shape)

    def _go(self) -> None:
        if self.alert and self.alert.layer:
            self.layer_clicked.emit(self.alert.layer)


class AlertList(QWidget):
    """Header and cards; cards are reused, so that a long run makes none it does not need."""

    layer_clicked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Alerts")
        self.cards: list[AlertCard] = []
        self._shown: tuple[Alert, ...] = ()
        title, self._tally = QLabel("Alerts", self), QLabel(self)
        title.setProperty("role", "section")
        self._tally.setProperty("role", "caption")
        self._empty = _words(self, "muted")
        self._empty.setText(EMPTY)
        head = QHBoxLayout()
        head.addWidget(title, 1)
        head.addWidget(self._tally, 0, Qt.AlignmentFlag.AlignBottom)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * theme.GRID, 12, theme.GRID, theme.GRID)
        column.setSpacing(theme.GRID)
        head.setContentsMargins(0, 0, theme.GRID, 0)
        column.addLayout(head)
        column.addWidget(self._empty)
        column.addWidget(self._scroll_area(), 1)

    def show_alerts(self, alerts: tuple[Alert, ...]) -> None:
        """Brings the cards up to date; costs nothing when nothing has changed."""
        if alerts == self._shown and self.cards:
            return
        self._shown = alerts
        newest_first = sorted(alerts, key=lambda alert: (not alert.stands, -alert.step))[:MOST_CARDS]
        while len(self.cards) < len(newest_first):
            self._add_card()
        for card, alert in zip(self.cards, newest_first, strict=False):
            card.show_alert(alert)
            card.show()
        for card in self.cards[len(newest_first) :]:
            card.hide()
        self._tally.setText(tally(alerts))
        self._empty.setVisible(not alerts)

    def _scroll_area(self) -> QScrollArea:
        inside = QWidget(self)
        self._column = QVBoxLayout(inside)
        self._column.setContentsMargins(0, 0, theme.GRID, 0)
        self._column.setSpacing(theme.GRID)
        self._column.addStretch(1)
        area = QScrollArea(self)
        area.setWidget(inside)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        return area

    def _add_card(self) -> None:
        card = AlertCard(self)
        card.layer_clicked.connect(self.layer_clicked)
        self._column.insertWidget(len(self.cards), card)
        self.cards.append(card)


def _words(parent: QWidget, role: str) -> QLabel:
    label = QLabel(parent)
    label.setProperty("role", role)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    return label
