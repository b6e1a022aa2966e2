"""Saying something at once; without a screen reader it costs nothing."""

from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QAccessibleEvent
from PySide6.QtWidgets import QWidget


def announce(widget: QWidget, words: str) -> None:
    """Says a sentence to those who may not see where it appears."""
    if words:
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(widget, words))


def announce_block(canvas: QWidget, index: int) -> None:
    """Says the block that the keys have gone to, as a list says its item."""
    event = QAccessibleEvent(canvas, QAccessible.Event.Focus)
    event.setChild(index)
    QAccessible.updateAccessibility(event)
