"""One alert as a card; a click or Enter leads to its place, "Why" unfolds its cause and what may help."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from vgviewer.app import theme
from vgviewer.app.alerts.disclosure import Disclosure
from vgviewer.app.alerts.looks import LOOKS, OTHER, Sign
from vgviewer.app.alerts.text import take_role, wrapped
from vgviewer.app.alerts.why import Why
from vgviewer.app.cures import Cure
from vgviewer.app.icons import icon
from vgviewer.app.numerals import counted, localized_words
from vgviewer.diagnosis import Alert
from vgviewer.diagnosis.alert import TITLES

STRIPE = 4  # px
RADIUS = 8  # px
MUTE = 16  # px
WHY, WAS = "Why, and what helps", "What it was"
PRESS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)

Cures = Callable[[Alert], Sequence[Cure]]


def since(alert: Alert) -> str:
    """When it was raised and taken back, and how serious it is."""
    if alert.until is not None:
        return f"From step {counted(alert.step)}, taken back at step {counted(alert.until)}"
    measured = "" if alert.measured is None else f"; measured at step {counted(alert.measured)}"
    return f"{_raised(alert)}{measured}"


def _raised(alert: Alert) -> str:
    """What has become critical was a warning first: it is not dated back."""
    first = counted(alert.step)
    if alert.severity == "critical" and alert.critical_since not in (None, alert.step):
        return f"Critical since step {counted(alert.critical_since)}, first seen at step {first}"
    return f"{'Critical' if alert.severity == 'critical' else 'Warning'}, raised at step {first}"


def trouble(alert: Alert) -> tuple[object, ...]:
    """What stays the same while an alert is updated."""
    return alert.kind, alert.axis, alert.step


class AlertCard(QFrame):
    """Folded it costs nothing but its words; it stays unfolded while it shows the same trouble."""

    place_clicked = Signal(Alert)
    unfolded = Signal(bool)
    tried = Signal(Alert, str)
    applied = Signal(Alert, str)
    muted = Signal(Alert)

    def __init__(self, cures: Cures, parent: QWidget) -> None:
        super().__init__(parent)
        self.alert: Alert | None = None
        self._cures = cures
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._sign = Sign(self)
        self._title, self._message = wrapped(self, "card-title"), wrapped(self, "")
        self._since = wrapped(self, "caption")
        self.unfold, self.mute = Disclosure(self, is_link=True), _mute_button(self)
        self.unfold.setText(WHY)
        self.why = Why(self)
        self.why.hide()
        self._lay_out()
        self.unfold.toggled.connect(self._unfold)
        self.mute.clicked.connect(self._mute)
        self.why.wanted.connect(self._try)
        self.why.apply_wanted.connect(self._apply)

    def show_alert(self, alert: Alert) -> None:
        """Shows another alert, or what has become of this one."""
        if alert == self.alert:
            return
        is_another = self.alert is None or trouble(alert) != trouble(self.alert)
        if is_another or (self.alert and self.alert.stands and not alert.stands):
            self.unfold.setChecked(False)
            self.why.fold()
        self.alert = alert
        self._sign.show_look(LOOKS.get(alert.kind, OTHER), alert.stands, alert.severity == "critical")
        self._title.setText(alert.title)
        take_role(self._title, "card-title" if alert.stands else "muted")
        self.unfold.setText(WHY if alert.stands else WAS)
        self._message.setText(localized_words(alert.message))
        self._message.setVisible(alert.stands)
        self._since.setText(since(alert))
        self.mute.setVisible(alert.stands)
        self.mute.setAccessibleName(f"Mute this kind: {TITLES[alert.kind]}")
        self.unfold.setAccessibleName(
            f"Why {alert.title}, and what helps" if alert.stands else f"{WAS}: {alert.title}"
        )
        self.setAccessibleName(alert.title)
        words = f"{localized_words(alert.message)} " if alert.stands else ""
        self.setAccessibleDescription(f"{words}{since(alert)}")
        self.look_again()
        self.update()

    def look_again(self) -> None:
        """The alert or the network has become another one; folded, nobody wants to know."""
        if self.alert and self.unfold.isChecked():
            self.why.explain(self.alert, self._cures(self.alert) if self.alert.stands else ())

    @property
    def stops(self) -> list[QWidget]:
        """Where Tab stops, in order."""
        rows = [part for row in self.why.rows for part in (row.title, row.button, row.apply)]
        return [self, self.unfold, self.mute, *rows, self.why.term]

    def event(self, event: QEvent) -> bool:
        """Elsewhere in the window the space bar trains or pauses."""
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and _presses(event):
            event.accept()
            return True
        return super().event(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self._go()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if _presses(event):
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
            painter.fillRect(0, 0, theme.px(STRIPE), self.height(), QColor(color))
            painter.setClipping(False)
        painter.setPen(
            QPen(QColor(now.accent if self.hasFocus() else now.hairline), 2 if self.hasFocus() else 1)
        )
        painter.drawPath(shape)

    def _lay_out(self) -> None:
        head, foot = QHBoxLayout(), QHBoxLayout()
        head.setSpacing(theme.GRID)
        head.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self._title, 1)
        foot.addWidget(self.unfold, 0, Qt.AlignmentFlag.AlignVCenter)
        foot.addStretch(1)
        foot.addWidget(self.mute)
        column = QVBoxLayout(self)
        theme.grow(column.setContentsMargins, 2 * theme.GRID, 12, 12, theme.GRID)
        column.setSpacing(4)
        column.addLayout(head)
        for part in (self._message, self._since):
            column.addWidget(part)
        column.addLayout(foot)
        column.addWidget(self.why)

    def _unfold(self, is_open: bool) -> None:
        self.look_again()
        self.why.setVisible(is_open)
        self.unfolded.emit(is_open)

    def _go(self) -> None:
        if self.alert:
            self.place_clicked.emit(self.alert)

    def _try(self, remedy: str) -> None:
        if self.alert:
            self.tried.emit(self.alert, remedy)

    def _apply(self, remedy: str) -> None:
        if self.alert:
            self.applied.emit(self.alert, remedy)

    def _mute(self) -> None:
        if self.alert:
            self.muted.emit(self.alert)


def _presses(event: QKeyEvent) -> bool:
    plain = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier == Qt.KeyboardModifier.NoModifier
    return plain and event.key() in PRESS


def _mute_button(parent: QWidget) -> QPushButton:
    button = QPushButton(icon("bell-off"), "", parent)
    button.setFlat(True)
    theme.grow(button.setIconSize, MUTE)
    button.setProperty("role", "small")
    button.setAutoDefault(True)  # Enter, too
    button.setToolTip("Mute this kind of alert for this network; Ctrl+Z takes it back")
    return button
