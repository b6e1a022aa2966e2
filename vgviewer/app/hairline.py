"""The line between two parts of the window."""

from PySide6.QtWidgets import QFrame, QWidget


def hairline(parent: QWidget) -> QFrame:
    """Across the window, as thin as can be."""
    line = QFrame(parent)
    line.setProperty("role", "hairline")
    line.setFixedHeight(1)
    return line
