"""Where everything stands in the window: panes around the network, in one of the named layouts."""

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QMainWindow, QMenu, QTabWidget, QWidget

from vgviewer.app.alerts import AlertList
from vgviewer.app.desk.layouts import LAYOUTS, WATCH, Layout, Tabs
from vgviewer.app.desk.pane import Pane, ViewPane, titled
from vgviewer.app.document import Document
from vgviewer.app.editor.inspector import Inspector
from vgviewer.app.editor.network_pane import NetworkPane
from vgviewer.app.editor.palette import Palette
from vgviewer.app.notes import Notes
from vgviewer.app.presets import PresetList
from vgviewer.app.views import VIEWS, View
from vgviewer.experiment import Card
from vgviewer.frames import History
from vgviewer.frames.wishes import Wanted

NARROW = 1200  # px, below which the sides are as small as they are useful
SIDES = {True: (176, 304), False: (208, 312)}  # px at the first sight, by whether the window is narrow
LEFT, RIGHT, BELOW = (
    Qt.DockWidgetArea.LeftDockWidgetArea,
    Qt.DockWidgetArea.RightDockWidgetArea,
    Qt.DockWidgetArea.BottomDockWidgetArea,
)


class Desk(QMainWindow):
    """Builds the panes and puts them in their places; what they say to each other is the window's business."""

    view_made = Signal(View)
    layout_changed = Signal(str)

    def __init__(self, document: Document, cards: Sequence[Card], parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowFlags(Qt.WindowType.Widget)  # within the window
        self.setDockNestingEnabled(True)
        self.setDockOptions(QMainWindow.DockOption.AllowNestedDocks | QMainWindow.DockOption.AllowTabbedDocks)
        self.setTabPosition(Qt.DockWidgetArea.AllDockWidgetAreas, QTabWidget.TabPosition.North)
        self.setCorner(Qt.Corner.BottomLeftCorner, LEFT)
        self.setCorner(Qt.Corner.BottomRightCorner, RIGHT)
        self._document = document
        self.layers = Palette(document)
        self.presets = PresetList(cards)
        self.network = NetworkPane(document)
        self.inspector = Inspector(document)
        self.alerts = AlertList()
        self.notes = Notes()
        self.setCentralWidget(self.network)
        self.panes: dict[str, Pane] = {}
        self._add("palette", "Palette", titled("Palette", self.layers))
        self._add("presets", "Presets", self.presets)
        self._add("inspector", "Inspector", titled("", self.inspector))
        self._add("alerts", "Alerts", self.alerts)
        self._add("notes", "Notes", self.notes)
        for name, kind in VIEWS.items():
            pane = ViewPane(name, kind.name, kind, self)
            pane.made.connect(self._greet)
            self.panes[name] = pane
        self._history: History | None = None
        self.arrangement: Layout = WATCH
        self._arranged = False
        self._folded: list[int] = []
        self.alerts.unfolded.connect(self._make_room)

    @property
    def views(self) -> dict[str, View]:
        """Those that have been seen, by name."""
        panes = {name: pane for name, pane in self.panes.items() if isinstance(pane, ViewPane)}
        return {name: pane.view for name, pane in panes.items() if pane.view is not None}

    def view(self, name: str) -> View:
        """The view of that name, made now if nobody has seen it yet."""
        pane = self.panes[name]
        assert isinstance(pane, ViewPane)
        return pane.need()

    def wanted(self) -> frozenset[Wanted]:
        """What the views that are visible would have measured."""
        return frozenset().union(*(view.wants for view in self.views.values() if view.isVisible()))

    def menu(self) -> QMenu:
        """One entry for each pane, which shows or hides it."""
        menu = QMenu("&Panes", self)
        for pane in self.panes.values():
            menu.addAction(pane.toggleViewAction())
        return menu

    def build(self) -> None:
        """Room for the network."""
        self.arrange(LAYOUTS["build"])

    def watch(self) -> None:
        """Room for the pictures."""
        self.arrange(LAYOUTS["watch"])

    def teach(self) -> None:
        """Room for the main picture and the notes."""
        self.arrange(LAYOUTS["teach"])

    def reset_layout(self) -> None:
        """Puts all panes back where the layout has them."""
        self.arrange(self.arrangement)

    def arrange(self, layout: Layout) -> None:
        """Puts every pane where the layout has it, and hides the others."""
        self.arrangement = layout = _of_known(layout, set(self.panes))
        self._folded = []
        for pane in self.panes.values():
            pane.setFloating(False)
            self.removeDockWidget(pane)
        self._stack(LEFT, layout.left)
        self._stack(RIGHT, layout.right)
        self._stack(BELOW, tuple(row[0] for row in layout.below))
        for row in layout.below:
            for one, other in pairwise(row):
                self._beside(one[0], other)
        for tabs in (*layout.left, *layout.right, *(tabs for row in layout.below for tabs in row)):
            self._tab(tabs)
        if self.isVisible():
            self._share_out()
        self.layout_changed.emit(layout.id)

    def set_history(self, history: History | None) -> None:
        """Gives all views another run to draw, or none."""
        self._history = history
        for view in self.views.values():
            view.set_history(history)

    def select(self, place: str) -> None:
        """Marks the row of what is selected in all views."""
        for view in self.views.values():
            view.select(place)

    def point_at(self, layer: str, timestep: int | None) -> None:
        """Says the value at a timestep of a layer in the views that have timesteps."""
        for view in self.views.values():
            view.point_at(layer, timestep)

    def showEvent(self, event: QShowEvent) -> None:
        """Only now the size of the window is known."""
        super().showEvent(event)
        if not self._arranged:
            self._arranged = True
            self.arrange(self.arrangement)

    def _add(self, name: str, title: str, content: QWidget) -> None:
        self.panes[name] = Pane(name, title, content, self)

    def _greet(self, name: str) -> None:
        """A view that is seen for the first time learns what the others know."""
        view = self.views[name]
        view.foresee(self._document.experiment)
        view.set_history(self._history)
        view.select(self._document.selected)
        self.view_made.emit(view)

    def _stack(self, area: Qt.DockWidgetArea, groups: Sequence[Tabs]) -> None:
        for place, tabs in enumerate(groups):
            pane = self.panes[tabs[0]]
            if place:
                self.splitDockWidget(self.panes[groups[place - 1][0]], pane, Qt.Orientation.Vertical)
            else:
                self.addDockWidget(area, pane)
            pane.show()

    def _beside(self, left: str, tabs: Tabs) -> None:
        self.splitDockWidget(self.panes[left], self.panes[tabs[0]], Qt.Orientation.Horizontal)
        self.panes[tabs[0]].show()

    def _tab(self, tabs: Tabs) -> None:
        for one, other in pairwise(tabs):
            self.tabifyDockWidget(self.panes[one], self.panes[other])
            self.panes[other].show()
        self.panes[tabs[0]].raise_()

    def _share_out(self) -> None:
        layout = self.arrangement
        left, right = SIDES[self.width() < NARROW]
        for groups, width in ((layout.left, left), (layout.right, right)):
            first = [self.panes[tabs[0]] for tabs in groups]
            self.resizeDocks(first, [width] * len(first), Qt.Orientation.Horizontal)
        rows = [self.panes[row[0][0]] for row in layout.below]
        height = self.height() * (1 - layout.network)
        self.resizeDocks(rows, [round(height * part) for part in layout.rows], Qt.Orientation.Vertical)
        for row in layout.below:
            across = [self.panes[tabs[0]] for tabs in row]
            self.resizeDocks(across, [1000] * len(across), Qt.Orientation.Horizontal)
        column = [self.panes[tabs[0]] for tabs in layout.right]
        parts = [round(self.height() * part) for part in layout.right_parts]
        self.resizeDocks(column, parts, Qt.Orientation.Vertical)

    def _make_room(self, is_unfolded: bool) -> None:
        """Who asks why wants to read: the alerts get what their column can spare, until all are folded."""
        column = [self.panes[tabs[0]] for tabs in self.arrangement.right]
        column = [pane for pane in column if pane.isVisible() and not pane.isFloating()]
        heights = [pane.height() for pane in column]
        if is_unfolded and not self._folded:
            self._folded = heights
            wanted = [sum(heights) if pane.objectName() == "alerts" else 1 for pane in column]
            self.resizeDocks(column, wanted, Qt.Orientation.Vertical)
        elif not is_unfolded and self._folded:
            if len(self._folded) == len(column):
                self.resizeDocks(column, self._folded, Qt.Orientation.Vertical)
            self._folded = []


def _of_known(layout: Layout, names: set[str]) -> Layout:
    """TEMPORARY while views are being written."""
    from dataclasses import replace

    def kept(groups: Sequence[Tabs]) -> tuple[Tabs, ...]:
        found = [tuple(name for name in tabs if name in names) for tabs in groups]
        return tuple(tabs for tabs in found if tabs)

    return replace(layout, below=tuple(filter(None, map(kept, layout.below))))
