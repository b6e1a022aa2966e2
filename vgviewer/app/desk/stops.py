"""What Tab stops at in a part of the window, as one reads: row by row, what stands in a card right after the card.

Qt's own chain is not followed. It is the order in which widgets were made, panes that have been moved about tear it, so
that half of the window is never reached; and it is not asked either: PySide takes the widgets that it hands out for
children of the one that was asked, and never lets go of them.
"""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QAbstractScrollArea, QAbstractSpinBox, QComboBox, QScrollArea, QWidget


def stops(place: QWidget) -> list[QWidget]:
    """All that can have the focus in there; with the place itself, where it takes the focus."""
    takers = [widget for widget in (place, *place.findChildren(QWidget)) if _takes_focus(widget, place)]
    inner: dict[QWidget | None, list[QWidget]] = {}
    for taker in takers:
        inner.setdefault(_around(taker, place, takers), []).append(taker)
    return _with_inner(None, inner, place)


def go_round(widgets: Sequence[QWidget], now: QWidget | None, forward: bool) -> bool:
    """Puts the focus on the next of them, behind the last on the first; False when there is none."""
    if not widgets:
        return False
    first = 0 if forward else -1
    index = widgets.index(now) + (1 if forward else -1) if now in widgets else first
    give_focus(widgets[index % len(widgets)], forward)
    return True


def give_focus(widget: QWidget, forward: bool = True) -> None:
    """As by Tab, and scrolled to."""
    reason = Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason
    widget.setFocus(reason)
    around = widget.parentWidget()
    while around is not None:
        if isinstance(around, QScrollArea):
            around.ensureWidgetVisible(widget)
        around = around.parentWidget()


def _takes_focus(widget: QWidget, place: QWidget) -> bool:
    """The line in a spin box and the drawing area of a picture are their own."""
    if not (widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isEnabled()):
        return False
    is_here = widget is place or (widget.isVisibleTo(place) and widget.window() is place.window())
    around = widget.parentWidget() if is_here else None
    is_viewport = isinstance(around, QAbstractScrollArea) and around.viewport() is widget
    return is_here and not is_viewport and not isinstance(around, QAbstractSpinBox | QComboBox)


def _around(widget: QWidget, place: QWidget, takers: Sequence[QWidget]) -> QWidget | None:
    """The nearest that takes the focus, too."""
    above = widget.parentWidget() if widget is not place else None
    while above is not None and above is not place.parentWidget():
        if above in takers:
            return above
        above = above.parentWidget()
    return None


def _with_inner(
    outer: QWidget | None, inner: dict[QWidget | None, list[QWidget]], place: QWidget
) -> list[QWidget]:
    found = []
    for widget in _in_rows(inner.get(outer, []), place):
        found += [widget, *_with_inner(widget, inner, place)]
    return found


def _in_rows(widgets: Sequence[QWidget], place: QWidget) -> list[QWidget]:
    """From top to bottom and from left to right; what overlaps by half stands in the same row."""
    boxes = [QRect(widget.mapTo(place, QPoint(0, 0)), widget.size()) for widget in widgets]
    order = sorted(range(len(boxes)), key=lambda index: (boxes[index].top(), boxes[index].left()))
    rows: list[list[int]] = []
    for index in order:
        first = boxes[rows[-1][0]] if rows else None
        half = min(first.height(), boxes[index].height()) / 2 if first is not None else 0
        if first is not None and boxes[index].top() - first.top() < half:
            rows[-1].append(index)
        else:
            rows.append([index])
    return [widgets[index] for row in rows for index in sorted(row, key=lambda index: boxes[index].left())]
