"""The network with the lines above it: how large it is, where task and training are set, what is expected of it."""

from math import isnan
from typing import TYPE_CHECKING, Optional

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from vgviewer.app import theme
from vgviewer.app.document import Document
from vgviewer.app.editor import costs
from vgviewer.app.editor.canvas import Canvas
from vgviewer.app.editor.key import Key
from vgviewer.app.foresight import Foresight
from vgviewer.app.icons import icon
from vgviewer.app.picture.header import Elided
from vgviewer.experiment import Experiment

if TYPE_CHECKING:  # theory is loaded when there is something to expect, after the first paint
    from vgviewer.theory import Prediction

LEAST_WIDTH, MOST_LEAST = 288, 576  # px at the first text size, and at any
NARROW = 440  # px at the first text size
ICON = 14  # px
LEAST_HEIGHTS = (128, 88)  # px at any text size, and times its factor: a block and the shape below it


class Parts(Elided):
    """A line of parts; those that have no room are left out whole."""

    def paintEvent(self, event: QPaintEvent) -> None:
        parts = self.text().split(costs.BETWEEN)
        lines = [costs.BETWEEN.join(parts[:count]) for count in range(len(parts), 0, -1)]
        metrics = self.fontMetrics()
        line = next((line for line in lines if metrics.horizontalAdvance(line) <= self.width()), "")
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignVCenter, line)


class NetworkPane(QWidget):
    """Builds the lines and the canvas; what they say to each other is the window's business."""

    def __init__(self, document: Document, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.canvas = Canvas(document, self)
        self._make_room()
        theme.changed.connect(self._make_room)
        self.foresight = Foresight(self)
        self.foresight.answered.connect(self._show_expected)
        self.costs = Parts(self)
        self.costs.setProperty("role", "caption")
        self.costs.setAccessibleName("Size of the network")
        self.task = _button(self, "Task", "What is to be learned")
        self.training = _button(self, "Training", "Optimizer, steps, clipping, loss")
        self.thresholds = _button(self, "Thresholds", "Which alerts are raised, and from which size on")
        self._title = title = QLabel("Network", self)
        title.setProperty("role", "section")
        self.key = Key(self)
        self.canvas.tinted.connect(self._show_strips)
        head = QHBoxLayout()
        theme.grow(head.setContentsMargins, 16, 8, 16, 0)
        theme.grow(head.setSpacing, 8)
        head.addWidget(title)
        head.addWidget(self.costs, 1)
        for part in (self.task, self.training, self.thresholds):
            head.addWidget(part)
        below = QHBoxLayout()
        theme.grow(below.setContentsMargins, 16, 0, 16, 0)
        theme.grow(below.setSpacing, 16)
        below.addWidget(self.foresight, 1)
        below.addWidget(self.key)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addLayout(below)
        column.addWidget(self.canvas, 1)

    def show_costs(self, experiment: Experiment) -> None:
        """What stands beside the title."""
        line, account = costs.account(experiment)
        self.costs.setText(line)
        self.costs.setToolTip(f"{line}\n{account}")
        self.costs.setAccessibleDescription(f"{line}. {account}")

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """What the rest says, too, goes first: icons, the heading, the key that the tooltips of the blocks repeat."""
        is_narrow = self.width() < theme.px(NARROW)
        style = (
            Qt.ToolButtonStyle.ToolButtonTextOnly
            if is_narrow
            else Qt.ToolButtonStyle.ToolButtonTextBesideIcon
        )
        for button in (self.task, self.training, self.thresholds):
            button.setToolButtonStyle(style)
        self._title.setVisible(not is_narrow)
        self.key.setVisible(bool(self.key.words) and not is_narrow)

    def _show_strips(self, is_expected: bool, is_measured: bool) -> None:
        if self.key.show_strips(is_expected, is_measured):
            self._fit()

    def _make_room(self) -> None:
        """Large texts do not push the picture out of the window."""
        self.setMinimumWidth(min(theme.px(LEAST_WIDTH), MOST_LEAST))
        fixed, growing = LEAST_HEIGHTS
        self.canvas.setMinimumHeight(max(fixed, theme.px(growing)))

    def _show_expected(self, prediction: Optional["Prediction"]) -> None:
        """Sizes along the chain, striped below the blocks until they are measured, and beside that afterwards."""
        places = prediction.places if prediction is not None else ()
        self.canvas.set_expected({place.id: place.size for place in places if not isnan(place.size)})


def _button(parent: QWidget, text: str, tooltip: str) -> QToolButton:
    """It leads to settings, and is neither a choice nor a link: it has their icon and not their color."""
    button = QToolButton(parent)
    button.setIcon(icon("settings-2"))
    theme.grow(button.setIconSize, ICON)
    button.setText(text)
    button.setToolTip(tooltip)
    button.setWhatsThis(tooltip)
    button.setAccessibleName(text)
    return button
