"""Which words of a window cannot be read whole."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget

from tests.app.filled import seen, words_of
from vgviewer.app.alerts.disclosure import Disclosure
from vgviewer.app.picture.header import Elided


def cut_off(window: QWidget) -> list[str]:
    """Labels and buttons that are seen and have less room than their words need.

    A sentence that ends in … where there is no room is not cut off as long as its tooltip says the whole of it.
    """
    parts = [part for part in window.findChildren(QWidget) if isinstance(part, QLabel | QAbstractButton)]
    return [f"{type(part).__name__}: {words_of(part)}" for part in parts if seen(part) and _is_cut(part)]


def _is_cut(part: QWidget) -> bool:
    if not words_of(part):
        return False
    if isinstance(part, Elided):
        needed = part.fontMetrics().horizontalAdvance(words_of(part))
        says_it = bool(part.toolTip() or part.accessibleDescription())
        return part.height() < part.fontMetrics().height() - 1 or (needed > part.width() + 1 and not says_it)
    if isinstance(part, QLabel) and part.wordWrap():
        return part.heightForWidth(part.width()) > part.height() + 1
    if isinstance(part, Disclosure) and part.hasHeightForWidth():
        return part.heightForWidth(part.width()) > part.height() + 1
    least = part.sizeHint()
    if isinstance(part, QLabel) and part.textFormat() is not Qt.TextFormat.RichText:
        least = part.fontMetrics().boundingRect(words_of(part)).size()
    return least.width() > part.width() + 1 or least.height() > part.height() + 1
