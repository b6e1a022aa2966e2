"""A small histogram of what an initializer draws, and a line of words below it."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QVBoxLayout, QWidget

from vgviewer.app import theme
from vgviewer.app.editor.drawn import Drawing

HEIGHT = 24  # px
BINS = 41  # odd: zero has a bin of its own
LEAST_BAR = 2.0  # px


class Bars(QWidget):
    """Counts, from −m to m; the middle is 0."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.counts: NDArray[np.int64] = np.zeros(BINS, np.int64)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        theme.grow(self.setFixedHeight, HEIGHT)
        theme.changed.connect(self.update)

    def show_entries(self, entries: NDArray[np.float64]) -> None:
        """Counts them anew."""
        largest = float(np.abs(entries).max(initial=0.0)) or 1.0
        self.counts, _ = np.histogram(entries, BINS, (-largest, largest))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        now, painter = theme.current(), QPainter(self)
        floor = self.height() - 1
        step = self.width() / BINS
        painter.fillRect(QRectF(0, floor, self.width(), 1), QColor(now.outline))
        painter.fillRect(QRectF(self.width() / 2 - 0.5, 0, 1, floor), QColor(now.hairline))
        painter.setPen(Qt.PenStyle.NoPen)
        most = max(int(self.counts.max()), 1)
        for place, count in enumerate(self.counts):
            if count:
                height = max(LEAST_BAR, float(count) / most * (floor - 1))
                box = QRectF(place * step + 0.5, floor - height, max(step - 1, 1), height)
                painter.fillRect(box, QColor(now.curve_raw))


class Preview(QWidget):
    """An example of what is drawn at the start of a run."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.bars = Bars(self)
        self.words = QLabel(self)
        self.words.setProperty("role", "caption")
        self.words.setTextFormat(Qt.TextFormat.PlainText)
        self.words.setWordWrap(True)
        column = QVBoxLayout(self)
        theme.grow(column.setContentsMargins, theme.GRID * 3 // 2, 0, 0, theme.GRID // 2)
        column.setSpacing(theme.GRID // 2)
        column.addWidget(self.bars)
        column.addWidget(self.words)

    def show_drawing(self, drawing: Drawing) -> None:
        """Replaces the example."""
        self.bars.show_entries(drawing.entries)
        self.words.setText(drawing.words)
        self.setAccessibleName("What is drawn at the start")
        self.setAccessibleDescription(drawing.words)
        self.setToolTip(f"An example of what is drawn at the start of a run.\n{drawing.words}")
