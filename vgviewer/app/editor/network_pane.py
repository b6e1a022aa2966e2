"""The network with the line above it: what is expected of it, how large it is, where task and training are set."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from vgviewer.app import theme
from vgviewer.app.document import Document
from vgviewer.app.editor.canvas import Canvas
from vgviewer.app.foresight import Foresight

LEAST_HEIGHT = 156  # px


class NetworkPane(QWidget):
    """Builds the line and the canvas; what they say to each other is the window's business."""

    def __init__(self, document: Document, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.canvas = Canvas(document, self)
        self.canvas.setMinimumHeight(LEAST_HEIGHT)
        self.foresight = Foresight(self)
        self._size = QLabel(self)
        self._size.setProperty("role", "caption")
        self.task = _link(self, "Task", "What is to be learned")
        self.training = _link(self, "Training", "Optimizer, steps, clipping, loss")
        title = QLabel("Network", self)
        title.setProperty("role", "section")
        head = QHBoxLayout()
        head.setContentsMargins(2 * theme.GRID, theme.GRID, 2 * theme.GRID, 0)
        head.setSpacing(theme.GRID)
        head.addWidget(title)
        head.addWidget(self.foresight, 1)
        for part in (self._size, self.task, self.training):
            head.addWidget(part)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self.canvas, 1)

    def show_size(self, text: str) -> None:
        """What stands at the right above the network."""
        self._size.setText(text)


def _link(parent: QWidget, text: str, tooltip: str) -> QToolButton:
    link = QToolButton(parent)
    link.setProperty("role", "link")
    link.setCursor(Qt.CursorShape.PointingHandCursor)
    link.setText(text)
    link.setToolTip(tooltip)
    link.setAccessibleName(text)
    return link
