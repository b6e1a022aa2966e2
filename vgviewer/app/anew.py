"""The way to train what has been edited, while the run goes on with the network as it was."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QToolButton, QWidget


class TrainAnew(QToolButton):
    """A link beside the words of the status line, seen only while the network differs from the run's."""

    def __init__(self, action: QAction, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("role", "link")
        self.setText("Train Anew")
        self.setToolTip(action.toolTip())
        self.setWhatsThis(action.toolTip())
        self.setAccessibleName("Train Anew")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.clicked.connect(action.trigger)
        self.hide()

    def offer(self, is_outdated: bool) -> None:
        """Shows itself, or not."""
        self.setVisible(is_outdated)
