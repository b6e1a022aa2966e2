"""Room for who reads: an alert that is unfolded gets what its column can spare, and gives it back."""

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QMainWindow, QStyle

from vgviewer.app import theme
from vgviewer.app.desk.pane import Pane

KEPT = 160  # px of what stands beside it, so that it can still be used


class Room(QObject):
    """What the person drags meanwhile stays as it was dragged."""

    def __init__(self, desk: QMainWindow) -> None:
        super().__init__(desk)
        self._desk = desk
        self._is_made = False
        self._before: list[int] = []
        self._column: list[Pane] = []
        desk.installEventFilter(self)

    def make(self, pane: Pane, others: Sequence[Pane]) -> None:
        """Takes from the others in its column what they can spare."""
        if self._is_made or pane.isFloating():
            return
        self._is_made = True
        shown = [each for each in (pane, *others) if each.is_seen and not each.isFloating()]
        self._column = [each for each in shown if each.geometry().left() == pane.geometry().left()]
        self._column.sort(key=_top)
        self._before = self._heights()
        kept = [
            0 if each is pane else min(now, theme.px(KEPT))
            for each, now in zip(self._column, self._before, strict=True)
        ]
        wanted = [part or sum(self._before) - sum(kept) for part in kept]
        self._desk.resizeDocks(self._column, wanted, Qt.Orientation.Vertical)

    def give_back(self) -> None:
        """As it was before, if nobody has moved anything."""
        if self._before and all(pane.is_seen and not pane.isFloating() for pane in self._column):
            self._desk.resizeDocks(self._column, self._before, Qt.Orientation.Vertical)
        self.forget()
        self._is_made = False

    def forget(self) -> None:
        """Somebody else has decided about the room."""
        self._before, self._column = [], []

    def _heights(self) -> list[int]:
        """Of each place, the tabs above its pane included: that is what Qt shares out."""
        line = self._desk.style().pixelMetric(
            QStyle.PixelMetric.PM_DockWidgetSeparatorExtent, None, self._desk
        )
        ends = [0, *(pane.geometry().bottom() + 1 + line for pane in self._column)]
        return [end - start - line for start, end in pairwise(ends)]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """What is pressed on the desk itself, and on no pane, is a separator."""
        if event.type() is QEvent.Type.MouseButtonPress:
            self.forget()
        return False


def _top(pane: Pane) -> int:
    return pane.y()
