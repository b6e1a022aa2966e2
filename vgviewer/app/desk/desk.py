"""Where everything stands in the window: panes around the network, in one of the named layouts."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QChildEvent, QEvent, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QMainWindow, QMenu, QTabBar, QTabWidget, QWidget

from vgviewer.app import theme
from vgviewer.app.alerts import AlertList
from vgviewer.app.desk.arranging import arrange, packed, put_together, share_out, unpack
from vgviewer.app.desk.compact import fitting
from vgviewer.app.desk.front import Front
from vgviewer.app.desk.handle import PaneMenu
from vgviewer.app.desk.layouts import LAYOUTS, WATCH, Layout
from vgviewer.app.desk.maximizing import Maximizing
from vgviewer.app.desk.pane import Pane, ViewPane, titled
from vgviewer.app.desk.purposes import PURPOSES
from vgviewer.app.desk.room import Room
from vgviewer.app.desk.rounds import Rounds
from vgviewer.app.desk.tabs import CutTabs
from vgviewer.app.document import Document
from vgviewer.app.editor.inspector import Inspector
from vgviewer.app.editor.network_pane import NetworkPane
from vgviewer.app.editor.palette import Palette
from vgviewer.app.notes import Notes
from vgviewer.app.preferences import Preferences
from vgviewer.app.presets import PresetList
from vgviewer.app.view_names import VIEW_NAMES
from vgviewer.experiment import Card
from vgviewer.frames import History
from vgviewer.frames.wishes import Wanted

if TYPE_CHECKING:  # views and theory are loaded when there is something to see, after the first paint
    from vgviewer.app.views import View
    from vgviewer.theory import Prediction


class Desk(QMainWindow):
    """Builds the panes and puts them in their places; what they say to each other is the window's business.

    Each layout is remembered as the person left it, until it is reset.
    """

    view_made = Signal(object)  # View
    layout_changed = Signal(str)

    def __init__(
        self, document: Document, cards: Sequence[Card], preferences: Preferences, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.setWindowFlags(Qt.WindowType.Widget)  # within the window
        self._cut_tabs: list[CutTabs] = []  # PySide forgets what it knows of the child of a bar that Qt made
        self._document = document
        self._preferences = preferences
        self.layers = Palette(document)
        self.presets = PresetList(cards)
        self.network = NetworkPane(document)
        self.inspector = Inspector(document)
        self.alerts = AlertList()
        self.notes = Notes()
        self.panes: dict[str, Pane] = {}
        self._menu = PaneMenu(self)
        self._make_panes()
        self._history: History | None = None
        self._prediction: Prediction | None = None
        self._run_is = (False, False)  # outdated, paused
        first = preferences.choices.layout
        self.arrangement = LAYOUTS.get(preferences.memory.layout if first == "last" else first, WATCH)
        self._shown = self.arrangement  # with fewer places where the desk is small for its texts
        self._factor = theme.factor()
        self._arranged = False
        self.maximizing = Maximizing(self, self.panes, self.network)
        self.rounds = Rounds(self, self.panes, self.network, self.network.canvas)
        self._room = Room(self)
        self._front = Front(self, document, self.panes)
        self.alerts.unfolded.connect(self._make_room)
        for link in (self.network.task, self.network.training, self.network.thresholds):
            link.clicked.connect(self._show_inspector)
        theme.changed.connect(self._follow_text_size)

    @property
    def views(self) -> "dict[str, View]":
        """Those that have been seen, by name."""
        panes = {name: pane for name, pane in self.panes.items() if isinstance(pane, ViewPane)}
        return {name: pane.view for name, pane in panes.items() if pane.view is not None}

    def view(self, name: str) -> "View":
        """The view of that name, made now if nobody has seen it yet."""
        pane = self.panes[name]
        assert isinstance(pane, ViewPane)
        return pane.need()

    def wake(self) -> None:
        """The window has been painted: from now on a view is made as soon as it is seen."""
        for pane in self.panes.values():
            if isinstance(pane, ViewPane):
                pane.wake()

    def wanted(self) -> frozenset[Wanted]:
        """What the views that are visible would have measured."""
        return frozenset().union(*(view.wanted for view in self.views.values() if view.isVisible()))

    def menu(self) -> QMenu:
        """One entry for each pane, which shows or hides it."""
        menu = QMenu("&Panes", self)
        menu.setToolTipsVisible(True)
        for pane in self.panes.values():
            menu.addAction(pane.toggleViewAction())
        return menu

    def bring(self, name: str) -> None:
        """Shows a pane wherever it is, before all others there, and gives it the focus."""
        self.panes[name].come_forward()
        self.rounds.enter(self.panes[name])

    def inspect(self) -> None:
        """Goes to the settings of what is selected."""
        self._show_inspector()
        self.inspector.setFocus()

    def build(self) -> None:
        """Room for the network."""
        self.change_to(LAYOUTS["build"])

    def watch(self) -> None:
        """Room for the pictures."""
        self.change_to(LAYOUTS["watch"])

    def teach(self) -> None:
        """Room for the main picture and the notes."""
        self.change_to(LAYOUTS["teach"])

    def change_to(self, layout: Layout) -> None:
        """Another layout, as the person left it; the one that is seen is remembered."""
        if self._arranged:
            self.remember()
        self._put_as_kept(layout)

    def _put_as_kept(self, layout: Layout) -> None:
        kept = self._preferences.memory.arrangements.get(layout.id, "")
        with put_together(self, self.panes):
            self._put(layout)
            if self.isVisible() and self._shown == self.arrangement:
                unpack(self, self.panes, kept)
        self._front.fit()
        self.layout_changed.emit(layout.id)

    def reset_layout(self) -> None:
        """Puts all panes back where the layout has them."""
        others = dict(self._preferences.memory.arrangements)
        others.pop(self.arrangement.id, None)
        self._preferences.note(arrangements=others)
        self.arrange(self.arrangement)

    def arrange(self, layout: Layout) -> None:
        """Puts every pane where the layout has it, and hides the others."""
        with put_together(self, self.panes):
            self._put(layout)
        self._front.fit()
        self.layout_changed.emit(layout.id)

    def maximize(self, name: str) -> None:
        """Gives a pane all the room."""
        self.maximizing.maximize(name)

    def restore(self) -> None:
        """Puts everything back where it was before."""
        self.maximizing.restore()

    def remember(self) -> None:
        """Keeps where everything stands, for the next time; a layout without a name of ours is not kept."""
        self.maximizing.restore()
        name = self.arrangement.id
        if name in LAYOUTS and self._arranged and self._shown == self.arrangement:
            self._front.put_back()
            kept = self._preferences.memory.arrangements | {name: packed(self, self.panes)}
            self._front.fit()
            self._preferences.note(layout=name, arrangements=kept)

    def set_history(self, history: History | None) -> None:
        """Gives all views another run to draw, or none."""
        self._history = history
        for view in self.views.values():
            view.set_history(history)

    def expect(self, prediction: "Prediction | None") -> None:
        """Tells all views what theory expects of the network as drawn."""
        self._prediction = prediction
        for view in self.views.values():
            view.expect(prediction)

    def note_run(self, is_outdated: bool, is_paused: bool) -> None:
        """Tells all views whether the network as drawn is another one than the run's, and whether that rests."""
        if self._run_is != (is_outdated, is_paused):
            self._run_is = (is_outdated, is_paused)
            for view in self.views.values():
                view.note_run(is_outdated, is_paused)

    def select(self, place: str) -> None:
        """Marks the row of what is selected in all views."""
        for view in self.views.values():
            view.select(place)

    def point_at(self, layer: str, timestep: int | None) -> None:
        """Says the value at a timestep of a layer in the views that have timesteps."""
        for view in self.views.values():
            view.point_at(layer, timestep)

    def count_alerts(self, standing: int) -> None:
        """Says on their tab how many there are, also to somebody who looks at another."""
        self.panes["alerts"].count(standing)

    def showEvent(self, event: QShowEvent) -> None:
        """Only now the size of the window is known."""
        super().showEvent(event)
        if not self._arranged:
            self.change_to(self.arrangement)
            self._arranged = True
        QTimer.singleShot(0, self._front.fit)  # only now it is true what is seen

    def childEvent(self, event: QChildEvent) -> None:
        """Qt makes the bars of tabs when it needs them."""
        super().childEvent(event)
        bar = event.child()
        if event.type() is QEvent.Type.ChildPolished and isinstance(bar, QTabBar):
            bar.setAccessibleName("Panes in the same place")
            bar.setDrawBase(False)
            bar.setExpanding(False)
            bar.setElideMode(Qt.TextElideMode.ElideNone)
            bar.setUsesScrollButtons(True)
            self._cut_tabs.append(CutTabs(bar))

    def _put(self, layout: Layout) -> None:
        self.arrangement = self._shown = layout
        if self.isVisible():
            self._shown = fitting(layout, self.size())
        arrange(self, self.panes, self._shown)
        if self.isVisible():
            share_out(self, self.panes, self._shown)
        self._room.forget()
        self.maximizing.end()

    def _make_panes(self) -> None:
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)  # panes have menus of their own
        self.setDockNestingEnabled(True)
        self.setDockOptions(QMainWindow.DockOption.AllowNestedDocks | QMainWindow.DockOption.AllowTabbedDocks)
        self.setTabPosition(Qt.DockWidgetArea.AllDockWidgetAreas, QTabWidget.TabPosition.North)
        self.setCorner(Qt.Corner.BottomLeftCorner, Qt.DockWidgetArea.LeftDockWidgetArea)
        self.setCorner(Qt.Corner.BottomRightCorner, Qt.DockWidgetArea.RightDockWidgetArea)
        self.network.setWhatsThis(PURPOSES["network"])
        self.setCentralWidget(self.network)
        self._naming = QTimer(self, interval=0, singleShot=True)
        self._naming.timeout.connect(self._name_once)
        self._add("palette", Pane("palette", "Palette", titled("Palette", self.layers), self))
        self._add("presets", Pane("presets", "Presets", self.presets, self))
        for name, title in VIEW_NAMES.items():
            pane = ViewPane(name, title, self)
            pane.made.connect(self._greet)
            self._add(name, pane)
        self._add("inspector", Pane("inspector", "Inspector", titled("", self.inspector), self))
        self._add("alerts", Pane("alerts", "Alerts", self.alerts, self))
        self._add("notes", Pane("notes", "Notes", self.notes, self))

    def _add(self, name: str, pane: Pane) -> None:
        self.panes[name] = pane
        pane.setWhatsThis(PURPOSES[name])
        pane.toggleViewAction().setToolTip(PURPOSES[name])
        pane.menu_wanted.connect(self._open_menu)
        for moved in (pane.visibilityChanged, pane.topLevelChanged, pane.dockLocationChanged):
            moved.connect(self._name_soon)

    def _name_soon(self) -> None:
        """Several panes move at once."""
        self._naming.start()

    def _name_once(self) -> None:
        """A pane behind or before others has its name on its tab, and needs no heading."""
        for pane in self.panes.values():
            pane.show_heading(all(other.isHidden() for other in self.tabifiedDockWidgets(pane)))

    def _greet(self, name: str) -> None:
        """A view that is seen for the first time learns what the others know."""
        view = self.views[name]
        view.foresee(self._document.experiment)
        view.expect(self._prediction)
        view.note_run(*self._run_is)
        view.set_history(self._history)
        view.select(self._document.selected)
        self.view_made.emit(view)

    def _follow_text_size(self) -> None:
        """The sides grow with their texts, and where that leaves no room there are fewer of them."""
        before, self._factor = self._factor, theme.factor()
        if before == self._factor or not self._arranged or not self.isVisible():
            return
        if fitting(self.arrangement, self.size()) != self._shown:
            self.remember()
            QTimer.singleShot(0, self._fit_again)  # when everything knows its new size
            return
        for groups, _ in self._shown.columns:
            first = [self.panes[tabs[0]] for tabs in groups]
            widths = [round(pane.width() * self._factor / before) for pane in first]
            self.resizeDocks(first, widths, Qt.Orientation.Horizontal)

    def _fit_again(self) -> None:
        if self.isVisible():
            self._put_as_kept(self.arrangement)

    def _open_menu(self, where: QPoint) -> None:
        pane = self.sender()
        if isinstance(pane, Pane):
            self._menu.open_for(pane, where)

    def _show_inspector(self) -> None:
        self.panes["inspector"].come_forward()

    def _make_room(self, is_unfolded: bool) -> None:
        if is_unfolded:
            alerts = self.panes["alerts"]
            self._room.make(alerts, [pane for pane in self.panes.values() if pane is not alerts])
        else:
            self._room.give_back()
