"""Where Tab goes in the window: the bar, then the panes as one reads, then the line at the bottom."""

from PySide6.QtWidgets import QApplication, QMainWindow, QWidget

from vgviewer.app.desk import Desk
from vgviewer.app.desk.stops import give_focus, go_round, stops


class TabOrder:
    """`above` and `below` stand around the desk, or around the page that lies over it."""

    def __init__(
        self, window: QMainWindow, above: list[QWidget], stage: QWidget, desk: Desk, below: list[QWidget]
    ) -> None:
        self._window, self._desk, self._stage = window, desk, stage
        self._above, self._below = above, below

    def go(self, forward: bool) -> bool:
        """The next stop, or the one before. A sheet over the window keeps the focus until it is put away."""
        now = QApplication.focusWidget()
        here = [place for place in self._places(now) if place.isVisible()]
        widgets = [widget for place in here for widget in stops(place)]
        if now is None or now in widgets or not self._desk.isVisible():
            return go_round(widgets, now, forward)
        # what had the focus has gone
        nearest = next((place for place in here if place.isAncestorOf(now) and stops(place)), None)
        give_focus(stops(nearest)[0] if nearest is not None else self._desk.network.canvas)
        return True

    def _places(self, now: QWidget | None) -> list[QWidget]:
        central = self._window.centralWidget()
        if now is not None and now is not self._window and not central.isAncestorOf(now):
            sheet: QWidget | None = now
            while sheet is not None and sheet.parentWidget() is not self._window:
                sheet = sheet.parentWidget()
            return [sheet] if sheet is not None else []
        middle = self._desk.rounds.in_reading_order() if self._desk.isVisible() else [self._stage]
        return [*self._above, *middle, *self._below]
