"""The tour's bubble: a heading, a few sentences, three buttons."""

from PySide6.QtCore import QPoint, QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from vgviewer.app import theme
from vgviewer.app.tour.stops import Stop

WIDTH = 344  # px, with the arrow's room on both sides
ARROW = 10  # px, how far the arrow reaches out; the bubble keeps so much room on every side
RADIUS = 10  # px
MARGIN = 8  # px at least between the bubble and the window's edge
SIDES = ("below", "right", "left", "above")


class Bubble(QWidget):
    """Shows one stop and sends wishes."""

    back_wanted = Signal()
    next_wanted = Signal()
    end_wanted = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName("Tour")
        self._tip = QPointF()
        self._title, self._text, self._place = QLabel(self), QLabel(self), QLabel(self)
        self._title.setProperty("role", "section")
        self._place.setProperty("role", "caption")
        self._text.setWordWrap(True)
        self._text.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.end = self._button("Skip", "Leave the tour (Esc)")
        self.back = self._button("Back", "To the stop before (Left)")
        self.next = self._button("Next", "To the next stop (Enter)")
        self.end.setFlat(True)
        self.next.setProperty("primary", True)
        self.end.clicked.connect(self.end_wanted)
        self.back.clicked.connect(self.back_wanted)
        self.next.clicked.connect(self.next_wanted)
        self._lay_out()
        theme.changed.connect(self.update)

    @property
    def buttons(self) -> list[QPushButton]:
        """Those that can be pressed, in the order of Tab."""
        return [
            button
            for button in (self.end, self.back, self.next)
            if button.isEnabled() and not button.isHidden()
        ]

    def show_stop(self, stop: Stop, number: int, count: int) -> None:
        """Says what stands there; `number` from 1."""
        self._title.setText(stop.title)
        self._text.setText(stop.text)
        self._place.setText(f"{number} of {count}")
        self.back.setEnabled(number > 1)
        self.end.setVisible(number < count)
        self.next.setText("Done" if number == count else "Next")
        self.setAccessibleDescription(f"{stop.title}. {stop.text} {number} of {count}.")

    def stand_at(self, target: QRect, room: QRect) -> None:
        """Beside the target, wholly within the room, on the first side where it hides least of the target."""
        size = self._wanted()
        places = {side: _kept_in(_beside(target, size, side), room) for side in SIDES}
        side = min(places, key=lambda name: _area(places[name] & target))
        self.setGeometry(places[side])
        self._tip = QPointF(_nearest(target, places[side].center()) - places[side].topLeft())
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        now, painter, reach = theme.current(), QPainter(self), theme.px(ARROW)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        body = self.rect().adjusted(reach, reach, -reach, -reach)
        shape, radius = QPainterPath(), theme.px(RADIUS)
        shape.addRoundedRect(body, radius, radius)
        painter.setPen(QPen(QColor(now.accent), 1.5))
        painter.setBrush(QColor(now.raised))
        painter.drawPath(shape.united(self._arrow(body, reach)))

    def _arrow(self, body: QRect, reach: int) -> QPainterPath:
        """From the edge that is nearest to the target; none where the bubble lies on it."""
        path, tip, room = QPainterPath(), self._tip, theme.px(RADIUS) + reach
        if body.contains(tip.toPoint()):
            return path
        x = min(max(tip.x(), body.left() + room), body.right() - room)
        y = min(max(tip.y(), body.top() + room), body.bottom() - room)
        corners = {
            tip.y() < body.top(): (
                QPointF(x - reach, body.top()),
                QPointF(x, 1),
                QPointF(x + reach, body.top()),
            ),
            tip.y() > body.bottom(): (
                QPointF(x - reach, body.bottom()),
                QPointF(x, self.height() - 1),
                QPointF(x + reach, body.bottom()),
            ),
            tip.x() < body.left(): (
                QPointF(body.left(), y - reach),
                QPointF(1, y),
                QPointF(body.left(), y + reach),
            ),
            tip.x() > body.right(): (
                QPointF(body.right(), y - reach),
                QPointF(self.width() - 1, y),
                QPointF(body.right(), y + reach),
            ),
        }
        path.addPolygon(QPolygonF(list(corners[True])))
        path.closeSubpath()
        return path

    def _wanted(self) -> QSize:
        width = theme.px(WIDTH)
        layout = self.layout()
        assert layout is not None
        return QSize(width, max(layout.totalHeightForWidth(width), layout.minimumSize().height()))

    def _button(self, text: str, tooltip: str) -> QPushButton:
        button = QPushButton(text, self)
        button.setToolTip(tooltip)
        return button

    def _lay_out(self) -> None:
        head, buttons, column = QHBoxLayout(), QHBoxLayout(), QVBoxLayout(self)
        head.addWidget(self._title, 1)
        head.addWidget(self._place)
        buttons.setSpacing(theme.GRID)
        buttons.addWidget(self.end)
        buttons.addStretch(1)
        buttons.addWidget(self.back)
        buttons.addWidget(self.next)
        theme.grow(column.setContentsMargins, *[ARROW + 2 * theme.GRID] * 4)
        theme.grow(column.setSpacing, theme.GRID)
        column.addLayout(head)
        column.addWidget(self._text)
        column.addSpacing(theme.GRID)
        column.addLayout(buttons)


def _beside(target: QRect, size: QSize, side: str) -> QRect:
    place = QRect(target.topLeft(), size)
    place.moveCenter(target.center())
    match side:
        case "below":
            place.moveTop(target.bottom() + 1)
        case "above":
            place.moveBottom(target.top() - 1)
        case "left":
            place.moveRight(target.left() - 1)
        case "right":
            place.moveLeft(target.right() + 1)
    return place


def _kept_in(place: QRect, room: QRect) -> QRect:
    room = room.adjusted(MARGIN, MARGIN, -MARGIN, -MARGIN)
    left = max(room.left(), min(place.left(), room.right() + 1 - place.width()))
    top = max(room.top(), min(place.top(), room.bottom() + 1 - place.height()))
    return QRect(left, top, min(place.width(), room.width()), min(place.height(), room.height()))


def _nearest(target: QRect, point: QPoint) -> QPoint:
    x = min(max(point.x(), target.left()), target.right())
    y = min(max(point.y(), target.top()), target.bottom())
    return QPoint(x, y)


def _area(rect: QRect) -> int:
    return rect.width() * rect.height() if rect.isValid() else 0
