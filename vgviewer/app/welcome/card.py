"""One example: what its gradient looks like, what it is about, how it ends, and two ways in."""

from PySide6.QtCore import QEvent, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QEnterEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from vgviewer.app import theme
from vgviewer.app.alerts import LOOKS, OTHER
from vgviewer.app.alerts.looks import Look, Sign
from vgviewer.app.welcome.picture import Picture
from vgviewer.app.welcome.sketch import Sketch
from vgviewer.diagnosis.alert import TITLES
from vgviewer.experiment import Card as Preset

HEALTHY = Look("circle-check", "healthy")
PRESSED_BY = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
RADIUS = 8  # px
PADDING = 12  # px
WEIGHT = "font-weight: 600;"


class Card(QFrame):
    """The whole of it is a button that opens; a smaller one in it opens and trains."""

    opened = Signal(str)  # the preset's id
    trained = Signal(str)

    def __init__(self, preset: Preset, sketch: Sketch | None, parent: QWidget) -> None:
        super().__init__(parent)
        self.preset = preset
        self.setObjectName(f"card-{preset.id}")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.ending = ending(sketch)
        self.setAccessibleName(preset.title)
        self.setAccessibleDescription(f"{preset.summary} {self.ending}".strip())
        self.setToolTip(f"Open “{preset.title}”")
        self.picture = Picture(sketch, self)
        self.train = QPushButton("Train", self)
        self.train.setProperty("role", "soft")
        self.train.setAccessibleName(f"Train {preset.title}")
        self.train.setToolTip(f"Open “{preset.title}” and train it at once")
        self.train.clicked.connect(self._train)
        self._lay_out(sketch)
        theme.changed.connect(self.update)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in PRESSED_BY:
            self.opened.emit(self.preset.id)
            return
        super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.opened.emit(self.preset.id)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.accept()  # or the release goes to whatever lies behind

    def paintEvent(self, event: QPaintEvent) -> None:
        now, painter = theme.current(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        width = 2 if self.hasFocus() else 1
        lively = self.hasFocus() or self.underMouse()
        painter.setPen(QPen(QColor(now.accent if lively else now.hairline), width))
        painter.setBrush(QColor(now.surface))
        box = QRectF(self.rect()).adjusted(width / 2, width / 2, -width / 2, -width / 2)
        painter.drawRoundedRect(box, theme.px(RADIUS), theme.px(RADIUS))

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def _train(self) -> None:
        self.trained.emit(self.preset.id)

    def _lay_out(self, sketch: Sketch | None) -> None:
        title, summary = QLabel(self.preset.title, self), QLabel(self.preset.summary, self)
        summary.setProperty("role", "caption")
        title.setStyleSheet(WEIGHT)
        for label in (title, summary):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
            label.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        column, foot = QVBoxLayout(self), QHBoxLayout()
        theme.grow(column.setContentsMargins, *[PADDING] * 4)
        theme.grow(column.setSpacing, theme.GRID / 2)
        column.addWidget(self.picture)
        column.addSpacing(theme.GRID // 2)
        column.addWidget(title)
        column.addWidget(summary)
        column.addStretch(1)
        column.addSpacing(theme.GRID // 2)
        foot.setSpacing(theme.GRID)
        if sketch is not None:
            sign, words = Sign(self), QLabel(self.ending, self)
            sign.show_look(look(sketch), True)
            words.setProperty("role", "caption")
            foot.addWidget(sign)
            foot.addWidget(words, 1)
        else:
            foot.addStretch(1)
        foot.addWidget(self.train)
        column.addLayout(foot)


def look(sketch: Sketch) -> Look:
    """The sign of what was found when the preset was trained."""
    return LOOKS.get(sketch.alerts[0][0], OTHER) if sketch.alerts else HEALTHY


def ending(sketch: Sketch | None) -> str:
    """What was found when the preset was trained, in a few words; empty when nobody has trained it."""
    if sketch is None:
        return ""
    if not sketch.alerts:
        return "No alert"
    kind, layer = sketch.alerts[0]
    title = TITLES.get(kind, kind.replace("_", " ").capitalize())  # type: ignore[call-overload]
    return f"{title}, {layer}" if layer else str(title)
