"""Which words of a window cannot be read whole."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QComboBox,
    QLabel,
    QStyle,
    QStyleOptionComboBox,
    QTabBar,
    QWidget,
)

from tests.app.filled import seen, words_of
from vgviewer.app.alerts.disclosure import Disclosure
from vgviewer.app.picture.header import Elided


def cut_off(window: QWidget) -> list[str]:
    """Labels, buttons, tabs and choices that are seen and have less room than their words need.

    A sentence that ends in … where there is no room is not cut off as long as its tooltip says the whole of it.
    """
    parts = [part for part in window.findChildren(QWidget) if seen(part)]
    words = [f"{type(part).__name__}: {words_of(part)}" for part in parts if _is_cut(part)]
    choices = [part for part in parts if isinstance(part, QComboBox)]
    words += [f"QComboBox: {box.currentText()}" for box in choices if _is_cut_choice(box)]
    bars = [part for part in parts if isinstance(part, QTabBar)]
    return words + [f"QTabBar: {name}" for bar in bars for name in _cut_tabs(bar)]


def _cut_tabs(bar: QTabBar) -> list[str]:
    """What lies beyond the bar's end is not cut as long as there are arrows to it."""
    names = {place: bar.tabText(place).replace("&", "") for place in range(bar.count())}
    return [
        name
        for place, name in names.items()
        if bar.fontMetrics().horizontalAdvance(name) > bar.tabRect(place).width() + 1
        or (bar.tabRect(place).right() > bar.width() and not bar.usesScrollButtons())
    ]


def _is_cut_choice(box: QComboBox) -> bool:
    option = QStyleOptionComboBox()
    box.initStyleOption(option)
    field = QStyle.SubControl.SC_ComboBoxEditField
    room = box.style().subControlRect(QStyle.ComplexControl.CC_ComboBox, option, field, box)
    return box.fontMetrics().horizontalAdvance(box.currentText()) > room.width()


def _is_cut(part: QWidget) -> bool:
    if not isinstance(part, QLabel | QAbstractButton) or not words_of(part):
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
