"""Words in a card."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from vgviewer.app import theme


def wrapped(parent: QWidget, role: str) -> QLabel:
    """A label that breaks its lines, with a role of the stylesheet."""
    label = QLabel(parent)
    label.setProperty("role", role)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    return label


def take_role(label: QLabel, role: str) -> None:
    """Another role of the stylesheet."""
    if label.property("role") != role:
        label.setProperty("role", role)
        theme.polish(label)
