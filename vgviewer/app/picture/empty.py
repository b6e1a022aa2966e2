"""What stands in the place of a picture that has nothing to show yet."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from vgviewer.app import theme


class Empty(QWidget):
    """A sentence, and the button that fills the view where a button can."""

    fill_wanted = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._text = QLabel(self)
        self._text.setProperty("role", "muted")
        self._text.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._text.setWordWrap(True)
        self._fill = QPushButton("Train", self)
        self._fill.setProperty("role", "soft")
        self._fill.clicked.connect(self.fill_wanted)
        column = QVBoxLayout(self)
        column.setSpacing(2 * theme.GRID)
        column.addStretch(1)
        column.addWidget(self._text)
        column.addWidget(self._fill, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)

    def say(self, text: str, can_fill: bool) -> None:
        """Shows the sentence, with the button if training would fill the view."""
        self._text.setText(text)
        self._fill.setVisible(can_fill)

    def hide_button(self) -> None:
        """For a figure, where nothing can be pressed."""
        self._fill.setMaximumSize(0, 0)
