"""Where everything stands in the window: three columns and the pictures between them."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QSplitter,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from vgviewer.app import theme
from vgviewer.app.alerts import AlertList
from vgviewer.app.document import Document
from vgviewer.app.editor.canvas import Canvas
from vgviewer.app.editor.inspector import Inspector
from vgviewer.app.editor.palette import Palette
from vgviewer.app.foresight import Foresight
from vgviewer.app.notes import Notes
from vgviewer.app.presets import PresetList
from vgviewer.app.views import VIEWS, View
from vgviewer.experiment import Card
from vgviewer.frames import History

ABOVE, *BELOW = VIEWS  # the first view of the catalogue is the main picture
LEAST_VIEW = (240, 136)  # px
LEAST_CANVAS_HEIGHT = 156  # px
NARROW = 1200  # px, below which the sides are as small as they are useful
SIDES = {True: (176, 304), False: (208, 312)}  # px at the first sight, by whether the window is narrow
SHORT = 760  # px, below which the network is as low as it can be read
NETWORK_HEIGHTS = {True: 188, False: 212}  # px
LEAST_SIDES = (168, 300)  # px


class Panes(QWidget):
    """Builds the panes; what they say to each other is the window's business."""

    def __init__(self, document: Document, cards: Sequence[Card], parent: QWidget) -> None:
        super().__init__(parent)
        self.layers = Palette(document)
        self.presets = PresetList(cards)
        self.canvas = Canvas(document)
        self._size = QLabel(self)
        self.foresight = Foresight(self)
        self.views: dict[str, View] = {name: view() for name, view in VIEWS.items()}
        self.inspector = Inspector(document)
        self.task = self._link("Task", "What is to be learned")
        self.training = self._link("Training", "Optimizer, steps, clipping, loss")
        self.alerts = AlertList()
        self.alerts.unfolded.connect(self._make_room)
        self.notes = Notes()
        columns = _splitter(Qt.Orientation.Horizontal, self._left(), self._middle(), self._right())
        for place, stretch in enumerate((0, 1, 0)):
            columns.setStretchFactor(place, stretch)
        self._columns = columns
        self._was_shown = False
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(columns)

    def showEvent(self, event: QShowEvent) -> None:
        """Only now the size of the window is known."""
        super().showEvent(event)
        if not self._was_shown:
            self._was_shown = True
            left, right = SIDES[self.width() < NARROW]
            self._columns.setSizes((left, self.width() - left - right, right))
            network = NETWORK_HEIGHTS[self.height() < SHORT]
            rest = self.height() - network
            self._rows.setSizes((network, rest * 2 // 5, rest * 3 // 5))

    def set_history(self, history: History | None) -> None:
        """Gives all views another run to draw, or none."""
        for view in self.views.values():
            view.set_history(history)

    def select(self, place: str) -> None:
        """Marks the row of what is selected in all views."""
        for view in self.views.values():
            view.select(place)

    def point_at(self, layer: str, timestep: int | None) -> None:
        """Says the value at a timestep of a layer in the views that have timesteps."""
        for view in self.views.values():
            view.point_at(layer, timestep)

    def show_size(self, text: str) -> None:
        """What stands at the right above the network."""
        self._size.setText(text)

    def _left(self) -> QWidget:
        upper = _titled("Palette", self.layers)
        left = _splitter(Qt.Orientation.Vertical, upper, self.presets)
        left.setMinimumWidth(LEAST_SIDES[0])
        self.presets.setMinimumHeight(112)
        upper.setMinimumHeight(160)
        left.setSizes((490, 280))
        return left

    def _middle(self) -> QWidget:
        for view in self.views.values():
            view.setMinimumSize(*LEAST_VIEW)
        self.canvas.setMinimumHeight(LEAST_CANVAS_HEIGHT)
        below = _splitter(Qt.Orientation.Horizontal, *(self.views[name] for name in BELOW))
        below.setSizes([1000] * len(BELOW))
        middle = _splitter(Qt.Orientation.Vertical, self._network(), self.views[ABOVE], below)
        for place, stretch in enumerate((0, 25, 32)):
            middle.setStretchFactor(place, stretch)
        self._rows = middle
        return middle

    def _link(self, text: str, tooltip: str) -> QToolButton:
        link = QToolButton(self)
        link.setProperty("role", "link")
        link.setCursor(Qt.CursorShape.PointingHandCursor)
        link.setText(text)
        link.setToolTip(tooltip)
        link.setAccessibleName(text)
        return link

    def _network(self) -> QWidget:
        pane = QWidget()
        pane.setProperty("role", "surface")
        pane.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._size.setProperty("role", "caption")
        head = QHBoxLayout()
        head.setContentsMargins(2 * theme.GRID, theme.GRID, 2 * theme.GRID, 0)
        head.addWidget(_section("Network"))
        head.addWidget(self.foresight, 1)
        head.setSpacing(theme.GRID)
        for part in (self._size, self.task, self.training):
            head.addWidget(part)
        column = QVBoxLayout(pane)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self.canvas, 1)
        return pane

    def _right(self) -> QWidget:
        upper = _titled("", self.inspector)
        right = _splitter(Qt.Orientation.Vertical, upper, self.alerts, self.notes)
        right.setMinimumWidth(LEAST_SIDES[1])
        for pane, height in ((upper, 180), (self.alerts, 112), (self.notes, 88)):
            pane.setMinimumHeight(height)
        for place, stretch in enumerate((4, 3, 2)):
            right.setStretchFactor(place, stretch)
        right.setSizes((360, 240, 180))
        self._right_column = right
        self._folded: list[int] = []
        return right

    def _make_room(self, is_unfolded: bool) -> None:
        """Who asks why wants to read: the alerts get what inspector and notes can spare, until all are folded."""
        sizes = self._right_column.sizes()
        if is_unfolded and not self._folded:
            self._folded = sizes
            self._right_column.setSizes((0, sum(sizes), 0))
        elif not is_unfolded and self._folded:
            self._right_column.setSizes(self._folded)
            self._folded = []


def _section(title: str) -> QLabel:
    label = QLabel(title)
    label.setProperty("role", "section")
    return label


def _titled(title: str, pane: QWidget) -> QWidget:
    outer = QWidget()
    column = QVBoxLayout(outer)
    column.setContentsMargins(theme.GRID if title else 2 * theme.GRID, 12, theme.GRID, theme.GRID)
    column.setSpacing(theme.GRID)
    if title:
        head = _section(title)
        head.setContentsMargins(theme.GRID, 0, 0, 0)
        column.addWidget(head)
    column.addWidget(pane, 1)
    return outer


def _splitter(orientation: Qt.Orientation, *panes: QWidget) -> QSplitter:
    splitter = QSplitter(orientation)
    for pane in panes:
        pane.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        splitter.addWidget(pane)
    splitter.setChildrenCollapsible(False)
    splitter.setHandleWidth(1)
    return splitter


def hairline(parent: QWidget) -> QFrame:
    """One pixel between two parts."""
    line = QFrame(parent)
    line.setProperty("role", "hairline")
    line.setFixedHeight(1)
    return line
