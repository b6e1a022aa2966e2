"""The bar at the top: what is done to the run, what is open, how far it is."""

from collections.abc import Iterable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QIcon, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QSlider,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from vgviewer.app import theme
from vgviewer.app.icons import icon
from vgviewer.app.numerals import short
from vgviewer.app.pace import SPEEDS, step_seconds
from vgviewer.app.picture.header import Elided

HEIGHT = 56  # px
WIDE = 1200  # px, from which both sides get the same room, so that the title stands in the middle
LEAST_TITLE = 104  # px, in which a title that ends in … still tells which it is
NARROWEST = 6  # levels of giving way
PURPOSE = "Trains, pauses, steps and resets the run, says how far it is, and saves a picture."
MORE_STEPS = ("step_10", "step_100")


class Centered(Elided):
    """In the middle of its place."""

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        text = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, text)


class TopBar(QWidget):
    """Buttons stand for actions of the menu; the slider and the title are the bar's own."""

    speed_changed = Signal(int)  # a position of the slider

    def __init__(self, actions: dict[str, QAction], parent: QWidget) -> None:
        super().__init__(parent)
        theme.grow(self.setFixedHeight, HEIGHT)
        self.setWhatsThis(PURPOSE)
        self.train = _button(actions["train"], self, "Train")
        self.train.setProperty("primary", True)
        theme.grow(self.train.setIconSize, 24, 14)  # wider than high: air before the word
        theme.grow(self.train.setMinimumWidth, 96)
        self.step = _button(actions["step"], self, "Step")
        self.more = _menu_button([actions[name] for name in MORE_STEPS], self, "More steps")
        self.reset = _button(actions["reset"], self, "Reset")
        self.figure = _button(actions["export"], self, "Figure")
        self.dress = QPushButton(self)
        self.dress.setFlat(True)
        theme.grow(self.dress.setIconSize, 18)
        theme.grow(self.dress.setFixedWidth, 34)
        self.dress.setAccessibleName("Light or dark")
        self._short = {self.step: "step-forward", self.reset: "rotate-ccw", self.figure: "camera"}
        self._words = {button: button.text() for button in self._short}
        self._level = 0
        self._make_speed()
        self._make_labels()
        self._lay_out()
        theme.changed.connect(self._dress)
        self._dress()

    def show_title(self, title: str, subtitle: str) -> None:
        """What is open, and the task it learns."""
        for label, words in ((self._title, title), (self._subtitle, subtitle)):
            label.setText(words)
            label.setToolTip(words)
        self._fit()

    def show_training(self, is_training: bool) -> None:
        """Makes the primary button say what it will do."""
        self.train.setText("Pause" if is_training else "Train")
        color = theme.current().accent_text
        self.train.setIcon(icon("pause-solid" if is_training else "play-solid", color))
        self.train.setAccessibleName(self.train.text())
        self._is_training = is_training

    def show_numbers(self, first: str, second: str) -> None:
        """How far the run is, how fast, how long still."""
        self._first.setText(first)
        self._second.setText(second)
        self._second.setVisible(bool(second) and self._level < NARROWEST)
        self._fit()
        layout = self.layout()
        assert layout is not None
        layout.activate()  # or a longer text stands in the room of a shorter one for a moment, without its beginning

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _make_speed(self) -> None:
        self._speed_label = QLabel("Speed", self)
        self._speed_label.setProperty("role", "muted")
        self.speed = QSlider(Qt.Orientation.Horizontal, self)
        self.speed.setRange(0, SPEEDS)
        self.speed.setValue(SPEEDS)
        theme.grow(self.speed.setFixedWidth, 88)
        self.speed.setAccessibleName("Speed")
        self.speed.valueChanged.connect(self._choose_speed)
        self._say_speed()

    def _make_labels(self) -> None:
        self._title, self._subtitle = Centered(self), Centered(self)
        self._title.setProperty("role", "section")
        self._subtitle.setProperty("role", "caption")
        self._first, self._second = QLabel(self), QLabel(self)
        self._second.setProperty("role", "caption")
        for label in (self._first, self._second):
            label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._is_training = False

    def _lay_out(self) -> None:
        left, right = QHBoxLayout(), QHBoxLayout()
        for row in (left, right):
            row.setSpacing(theme.GRID)
        step = QHBoxLayout()
        step.setSpacing(2)
        for part in (self.step, self.more):
            step.addWidget(part)
        left.addWidget(self.train)
        left.addLayout(step)
        left.addWidget(self.reset)
        left.addSpacing(theme.GRID)
        left.addWidget(self._speed_label)
        left.addWidget(self.speed)
        left.addStretch(1)
        right.addStretch(1)
        right.addLayout(_stacked(self._first, self._second))
        right.addSpacing(theme.GRID)
        right.addWidget(self.figure)
        right.addWidget(self.dress)
        grid = QGridLayout(self)
        grid.setContentsMargins(2 * theme.GRID, 0, 2 * theme.GRID, 0)
        grid.setHorizontalSpacing(2 * theme.GRID)
        grid.addLayout(left, 0, 0)
        grid.addLayout(_stacked(self._title, self._subtitle), 0, 1)
        grid.addLayout(right, 0, 2)
        grid.setColumnStretch(1, 1)

    def _fit(self) -> None:
        """Gives way in this order: the slider's name, words that an icon can stand for, the title, which the window
        has, too, the slider, what the menus have, the numbers."""
        level = next((level for level in range(NARROWEST) if self._needed(level) <= self.width()), NARROWEST)
        if level != self._level:
            self._level = level
            for button, name in self._short.items():
                button.setText(self._words[button] if level < 2 else "")
                button.setIcon(icon(name) if level >= 2 else QIcon())
            for last, parts in self._given_up():
                for part in parts:
                    part.setVisible(level < last)
            self._second.setVisible(bool(self._second.text()) and level < NARROWEST)
        layout = self.layout()
        if isinstance(layout, QGridLayout):
            side = max(self.width() * 0.3, theme.px(336)) if self.width() >= theme.px(WIDE) else 0
            layout.setColumnMinimumWidth(0, int(side))
            layout.setColumnMinimumWidth(2, int(side))

    def _given_up(self) -> tuple[tuple[int, tuple[QWidget, ...]], ...]:
        """What is gone from a level on."""
        return (
            (1, (self._speed_label,)),
            (3, (self._title, self._subtitle)),
            (4, (self.speed,)),
            (5, (self.figure, self.dress)),
            (6, (self._first,)),
        )

    def _needed(self, level: int) -> int:
        """The width at which nothing is cut when so much has given way."""
        gone = {part for last, parts in self._given_up() if level >= last for part in parts}
        widths = [max(part.sizeHint().width(), part.minimumWidth()) for part in (self.train, self.more)]
        for fixed in (self.speed, self.dress):
            widths += [fixed.minimumWidth()] if fixed not in gone else []
        for button, words in self._words.items():
            inside = button.fontMetrics().horizontalAdvance(words) if level < 2 else button.iconSize().width()
            widths += [inside + theme.px(24) + 2] if button not in gone else []
        for labels in ((self._speed_label,), (self._first, self._second)):
            widths += [_widest(*labels)] if labels[0] not in gone else []
        title = _widest(self._title, self._subtitle)
        title = title if level < 2 else min(title, theme.px(LEAST_TITLE))
        widths += [title] if self._title not in gone else []
        return sum(widths) + theme.GRID * (len(widths) + 7)

    def _choose_speed(self, position: int) -> None:
        self._say_speed()
        self.speed_changed.emit(position)

    def _say_speed(self) -> None:
        seconds = step_seconds(self.speed.value())
        words = f"Slow motion: at least {short(seconds, 2)} s for a step" if seconds else "Full speed"
        self.speed.setToolTip(words)
        self.speed.setWhatsThis(f"<p>{words}.</p><p>In slow motion every step can be watched.</p>")
        self.speed.setAccessibleDescription(words)

    def _dress(self) -> None:
        self.dress.setIcon(icon("sun" if theme.current().is_dark else "moon"))
        self.dress.setToolTip("Light theme" if theme.current().is_dark else "Dark theme")
        self.show_training(self._is_training)
        self._fit()


def _button(action: QAction, parent: QWidget, text: str) -> QPushButton:
    button = QPushButton(text, parent)
    button.setToolTip(action.toolTip())
    button.setAccessibleName(text)
    button.clicked.connect(action.trigger)
    theme.grow(button.setIconSize, 16)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # after a click the space bar still trains and pauses
    return button


def _menu_button(actions: Iterable[QAction], parent: QWidget, name: str) -> QToolButton:
    button = QToolButton(parent)
    button.setIcon(icon("chevron-down"))
    theme.grow(button.setIconSize, 14)
    button.setAccessibleName(name)
    button.setToolTip(name)
    button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    menu = QMenu(button)
    menu.addActions(list(actions))
    button.setMenu(menu)
    return button


def _widest(*labels: QLabel) -> int:
    return max(label.fontMetrics().horizontalAdvance(label.text()) for label in labels) + 2


def _stacked(first: QWidget, second: QWidget) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(0)
    column.addStretch(1)
    column.addWidget(first)
    column.addWidget(second)
    column.addStretch(1)
    return column
