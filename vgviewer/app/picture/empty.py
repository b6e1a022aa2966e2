"""What stands in the place of a picture that has nothing to show yet."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QLabel, QPushButton, QWidget

from vgviewer.app import theme


class Empty(QWidget):
    """A sentence, and below it, or beside it where there is little room, the button that fills the view where a button
    can."""

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
        self._row = QBoxLayout(QBoxLayout.Direction.TopToBottom, self)
        theme.grow(self._row.setContentsMargins, theme.GRID, 0, theme.GRID, 0)
        self._row.setSpacing(2 * theme.GRID)
        self._row.addStretch(1)
        self._row.addWidget(self._text)
        self._row.addWidget(self._fill, 0, Qt.AlignmentFlag.AlignCenter)
        self._row.addStretch(1)

    def say(self, text: str, can_fill: bool) -> None:
        """Shows the sentence, with the button if training would fill the view."""
        self._text.setText(text)
        self._fill.setVisible(can_fill)
        self._fit()

    def hide_button(self) -> None:
        """For a figure, where nothing can be pressed."""
        self._fill.setMaximumSize(0, 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """One below the other, if that goes."""
        parts = (
            self._text.heightForWidth(self.width() - 2 * theme.px(theme.GRID)),
            self._fill.sizeHint().height(),
        )
        is_low = not self._fill.isHidden() and sum(parts) + self._row.spacing() > self.height()
        way = QBoxLayout.Direction.LeftToRight if is_low else QBoxLayout.Direction.TopToBottom
        self._row.setDirection(way)
        self._row.setStretch(1, int(is_low))  # the sentence takes the width, or no more height than it needs
        for end in (0, 3):
            self._row.setStretch(end, int(not is_low))
