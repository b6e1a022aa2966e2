"""The panes with the keyboard: from one to the next, from tab to tab, out of the window and closed."""

from collections.abc import Mapping

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication, QMainWindow, QTabBar, QWidget

from vgviewer.app.desk.pane import Pane
from vgviewer.app.desk.stops import stops

Area = Qt.DockWidgetArea
READING = {
    Area.TopDockWidgetArea: 0,
    Area.LeftDockWidgetArea: 1,
    Area.BottomDockWidgetArea: 3,
    Area.RightDockWidgetArea: 4,
}
CENTER, FLOATING = 2, 5


class Rounds(QObject):
    """Goes through what can be seen as one reads: the left side, the network, what is below it, the right side."""

    def __init__(self, desk: QMainWindow, panes: Mapping[str, Pane], center: QWidget, first: QWidget) -> None:
        super().__init__(desk)
        self._desk = desk
        self._panes = panes
        self._center = center
        self._first = first  # what has the focus in the middle
        self._last: dict[QWidget, QWidget] = {}  # what had it in each pane

    @property
    def current(self) -> Pane | None:
        """The pane with the focus."""
        widget = QApplication.focusWidget()
        return next((pane for pane in self._panes.values() if widget and pane.isAncestorOf(widget)), None)

    def next_pane(self) -> None:
        """Puts the focus into the next pane."""
        self._go(1)

    def previous_pane(self) -> None:
        """Puts the focus into the pane before."""
        self._go(-1)

    def next_tab(self) -> None:
        """Shows what lies behind the pane with the focus."""
        self._turn(1)

    def previous_tab(self) -> None:
        """Shows what lies behind the pane with the focus, the other way round."""
        self._turn(-1)

    def float_pane(self) -> None:
        """Takes the pane with the focus out of the window, or puts it back."""
        pane = self.current
        if pane is not None:
            pane.setFloating(not pane.isFloating())
            pane.activateWindow()
            self.enter(pane)

    def close_pane(self) -> None:
        """Hides the pane with the focus; the View menu has it."""
        pane = self.current
        if pane is not None:
            pane.close()
            self._desk.window().activateWindow()
            self._first.setFocus(Qt.FocusReason.OtherFocusReason)

    def enter(self, place: QWidget) -> None:
        """Puts the focus where it last was in there, else on the first that takes it."""
        if place is self._center:
            self._first.setFocus(Qt.FocusReason.ShortcutFocusReason)
            return
        inside = place.stops() if isinstance(place, Pane) else stops(place)
        if place.isWindow():
            place.activateWindow()
        if inside:
            last = self._last.get(place)
            (last if last in inside else inside[0]).setFocus(Qt.FocusReason.ShortcutFocusReason)

    def in_order(self) -> list[QWidget]:
        """What can be seen and takes the focus."""
        shown = [pane for pane in self._panes.values() if pane.is_seen and stops(pane)]
        return sorted([*shown, self._center], key=self._key)

    def in_reading_order(self) -> list[QWidget]:
        """All that can be seen, each place behind the tabs above it; what is out of the window has a round of its
        own."""
        found: list[QWidget] = []
        shown = [pane for pane in self._panes.values() if pane.is_seen and not pane.isWindow()]
        for place in sorted([*shown, self._center], key=self._key):
            bar = self._bar_of(place) if isinstance(place, Pane) else None
            found += [place] if bar is None else [bar, place]
        return found

    def _go(self, direction: int) -> None:
        places, here = self.in_order(), self.current or self._center
        focus = QApplication.focusWidget()
        if focus is not None:
            self._last[here] = focus
        index = places.index(here) + direction if here in places else 0
        self.enter(places[index % len(places)])

    def _turn(self, direction: int) -> None:
        pane = self.current
        bar = self._bar_of(pane) if pane is not None else None
        if bar is None:
            return
        title = bar.tabText((bar.currentIndex() + direction) % bar.count())
        other = next(pane for pane in self._panes.values() if pane.windowTitle() == title)
        other.come_forward()
        self.enter(other)

    def _bar_of(self, pane: Pane) -> QTabBar | None:
        for bar in self._desk.findChildren(QTabBar, options=Qt.FindChildOption.FindDirectChildrenOnly):
            titles = [bar.tabText(index) for index in range(bar.count())]
            if bar.isVisible() and pane.windowTitle() in titles:
                return bar
        return None

    def _key(self, place: QWidget) -> tuple[int, int, int]:
        if not isinstance(place, Pane):
            return CENTER, 0, 0
        area = FLOATING if place.isFloating() else READING.get(self._desk.dockWidgetArea(place), FLOATING)
        return area, place.y(), place.x()
