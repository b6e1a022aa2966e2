"""The bar at the top: what is done to the run, what is open, how far it is."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction, QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QPushButton, QSlider, QVBoxLayout, QWidget

from vgviewer.app import theme
from vgviewer.app.icons import icon
from vgviewer.app.picture.header import Elided

HEIGHT = 56  # px
SPEEDS = 20  # positions of the slider; the last one is full speed
SLOWEST_STEP_S = 1.0
DECADES = 3  # from the slowest to the fastest slow motion
ICON = QSize(16, 16)


def step_seconds(position: int) -> float:
    """The least time of a step at a position of the speed slider; 0 at its right end."""
    return 0.0 if position >= SPEEDS else float(SLOWEST_STEP_S * 10 ** (-DECADES * position / (SPEEDS - 1)))


class Centered(Elided):
    """In the middle of its place."""

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        text = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, text)


class TopBar(QWidget):
    """Buttons stand for actions of the menu; the slider and the title are the bar's own."""

    speed_changed = Signal(float)  # the least seconds of a step

    def __init__(self, actions: dict[str, QAction], parent: QWidget) -> None:
        super().__init__(parent)
        self.setFixedHeight(HEIGHT)
        self._train = actions["train"]
        self.train = _button(self._train, self, "Train")
        self.train.setProperty("primary", True)
        self.train.setIconSize(ICON)
        self.train.setFixedWidth(96)
        self.step = _button(actions["step"], self, "Step")
        self.reset = _button(actions["reset"], self, "Reset")
        self.figure = _button(actions["export"], self, "Figure")
        self.dress = QPushButton(self)
        self.dress.setFlat(True)
        self.dress.setIconSize(QSize(18, 18))
        self.dress.setFixedWidth(34)
        self.dress.setAccessibleName("Light or dark")
        self._make_speed()
        self._make_words()
        self._lay_out()
        theme.changed.connect(self._dress)
        self._dress()

    def show_title(self, title: str, subtitle: str) -> None:
        """What is open, and the task it learns."""
        self._title.setText(title)
        self._subtitle.setText(subtitle)

    def show_training(self, is_training: bool) -> None:
        """Makes the primary button say what it will do."""
        self.train.setText("Pause" if is_training else "Train")
        color = theme.current().accent_text
        self.train.setIcon(icon("pause" if is_training else "play", color))
        self.train.setAccessibleName(self.train.text())
        self._is_training = is_training

    def show_numbers(self, first: str, second: str) -> None:
        """How far the run is, how fast, how long still."""
        self._first.setText(first)
        self._second.setText(second)
        self._second.setVisible(bool(second))

    def _make_speed(self) -> None:
        self._speed_label = QLabel("Speed", self)
        self._speed_label.setProperty("role", "muted")
        self.speed = QSlider(Qt.Orientation.Horizontal, self)
        self.speed.setRange(0, SPEEDS)
        self.speed.setValue(SPEEDS)
        self.speed.setFixedWidth(88)
        self.speed.setAccessibleName("Speed")
        self.speed.valueChanged.connect(self._choose_speed)
        self._say_speed()

    def _make_words(self) -> None:
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
        for button in (self.train, self.step, self.reset):
            left.addWidget(button)
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

    def resizeEvent(self, event: object) -> None:
        """Both sides get the same room where there is enough, so that the title stands in the middle."""
        side = max(self.width() * 0.3, 336) if self.width() >= 1200 else 0
        layout = self.layout()
        if isinstance(layout, QGridLayout):
            layout.setColumnMinimumWidth(0, int(side))
            layout.setColumnMinimumWidth(2, int(side))

    def _choose_speed(self, position: int) -> None:
        self._say_speed()
        self.speed_changed.emit(step_seconds(position))

    def _say_speed(self) -> None:
        seconds = step_seconds(self.speed.value())
        words = f"Slow motion: at least {seconds:.2g} s for a step" if seconds else "Full speed"
        self.speed.setToolTip(words)
        self.speed.setAccessibleDescription(words)

    def _dress(self) -> None:
        self.dress.setIcon(icon("sun" if theme.current().is_dark else "moon"))
        self.dress.setToolTip("Light theme" if theme.current().is_dark else "Dark theme")
        self.show_training(self._is_training)


def _button(action: QAction, parent: QWidget, text: str) -> QPushButton:
    button = QPushButton(text, parent)
    button.setToolTip(action.toolTip())
    button.setAccessibleName(text)
    button.clicked.connect(action.trigger)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # after a click the space bar still trains and pauses
    return button


def _stacked(first: QWidget, second: QWidget) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(0)
    column.addStretch(1)
    column.addWidget(first)
    column.addWidget(second)
    column.addStretch(1)
    return column
