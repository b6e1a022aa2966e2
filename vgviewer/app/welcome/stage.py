"""What stands in the middle of the window: the desk, or the welcome page over it."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from vgviewer.app.desk import Desk
from vgviewer.app.document import Document
from vgviewer.app.files import Files
from vgviewer.app.live import Live
from vgviewer.app.preferences import Preferences
from vgviewer.app.welcome.page import Welcome
from vgviewer.experiment import Card as Preset

MOVING = ("loading", "running")


class Stage(QStackedWidget):
    """Whatever happens to the network or its run brings the desk to the front, where it can be seen."""

    tour_wanted = Signal()
    turned = Signal(bool)  # whether the page is in front now

    def __init__(
        self,
        desk: Desk,
        document: Document,
        files: Files,
        live: Live,
        preferences: Preferences,
        presets: Sequence[Preset],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._desk, self._files, self._live = desk, files, live
        self._preferences = preferences
        self._presets = presets
        self.welcome: Welcome | None = None
        self._state = live.state
        self.addWidget(desk)
        desk.layout_changed.connect(self.show_desk)
        files.opened.connect(self.show_desk)
        document.undo.indexChanged.connect(self.show_desk)
        live.text_due.connect(self._follow)
        preferences.changed.connect(self._show_choice)

    @property
    def is_welcome(self) -> bool:
        """Whether the page stands in front."""
        return self.welcome is not None and self.currentWidget() is self.welcome

    def show_welcome(self) -> None:
        """Brings the page to the front; the network and its run stay as they are."""
        page = self._page()
        page.show_recents(self._preferences.recents)
        self.setCurrentWidget(page)
        self.turned.emit(True)
        page.focus_first()

    def show_desk(self) -> None:
        """Back to the network."""
        if self.is_welcome:
            self.setCurrentWidget(self._desk)
            self.turned.emit(False)
            self._desk.network.canvas.setFocus()

    def open(self, preset_id: str) -> None:
        """An example to look at."""
        self._files.open_preset(preset_id)

    def train(self, preset_id: str) -> None:
        """An example that moves at once."""
        if self._files.open_preset(preset_id):
            self._live.train_or_pause()

    def _page(self) -> Welcome:
        """Made when it is wanted first: a window on a file of its own does without."""
        if self.welcome is not None:
            return self.welcome
        self.welcome = page = Welcome(self._presets, self)
        self.addWidget(page)
        page.opened.connect(self.open)
        page.trained.connect(self.train)
        page.path_wanted.connect(self._open_path)
        page.new_wanted.connect(self._files.new)
        page.open_wanted.connect(self._files.open)
        page.tour_wanted.connect(self.tour_wanted)
        page.start_chosen.connect(self._choose_start)
        page.left.connect(self.show_desk)
        self._show_choice("start_with")
        return page

    def _open_path(self, path: Path) -> None:
        self._files.open_path(path)

    def _follow(self) -> None:
        """A run that begins, or goes on, is to be seen; one that is under way leaves the page where it is."""
        before, self._state = self._state, self._live.state
        if before not in MOVING and self._state in MOVING:
            self.show_desk()

    def _choose_start(self, is_welcome: bool) -> None:
        self._preferences.choose(start_with="welcome" if is_welcome else "last")

    def _show_choice(self, name: str) -> None:
        if name == "start_with" and self.welcome is not None:
            self.welcome.show_start(self._preferences.choices.start_with == "welcome")
