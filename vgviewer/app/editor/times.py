"""How many copies: a small field over the canvas, which blocks nothing."""

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QHBoxLayout, QLabel, QPushButton, QSpinBox

from vgviewer.app import theme

START = 2


class Times(QFrame):
    """Enter or the button makes the copies, Esc closes."""

    wanted = Signal(int)

    def __init__(self, canvas: QAbstractScrollArea) -> None:
        super().__init__(canvas.viewport())
        self._canvas = canvas
        self.setProperty("role", "card")
        self._label = QLabel(self)
        self.count = QSpinBox(self)
        self.count.setAccessibleName("Number of copies")
        self.count.setToolTip("How many copies are put behind what is chosen (Enter makes them)")
        self.count.setWhatsThis(self.count.toolTip())
        button = QPushButton("Duplicate", self)
        button.setProperty("primary", True)
        button.setToolTip("Put the copies behind what is chosen")
        button.clicked.connect(self._make)
        self._label.setBuddy(self.count)
        row = QHBoxLayout(self)
        theme.grow(row.setContentsMargins, 12, 8, 8, 8)
        theme.grow(row.setSpacing, 8)
        for part in (self._label, self.count, button):
            row.addWidget(part)
        self.hide()

    def ask(self, name: str, most: int, at: QPoint) -> None:
        """Opens at a point of the canvas, for at most so many copies."""
        self._label.setText(f"Copies of {name}")
        self.count.setRange(1, most)
        self.count.setValue(START)
        self.adjustSize()
        room = self._canvas.viewport().rect().adjusted(8, 8, -8, -8)
        x = min(max(at.x(), room.left()), max(room.right() - self.width() + 1, room.left()))
        y = min(max(at.y(), room.top()), max(room.bottom() - self.height() + 1, room.top()))
        self.move(x, y)
        self.show()
        self.raise_()
        self.count.setFocus()
        self.count.selectAll()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._make()
        elif event.key() == Qt.Key.Key_Escape:
            self._close()
        else:
            super().keyPressEvent(event)

    def _make(self) -> None:
        count = self.count.value()
        self._close()
        self.wanted.emit(count)

    def _close(self) -> None:
        self.hide()
        self._canvas.setFocus()
