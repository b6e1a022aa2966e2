"""What helps somebody find the way: tour, keys, commands by name, what was said, what this is."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMainWindow

from vgviewer.app.about import About
from vgviewer.app.desk import Desk
from vgviewer.app.finding import CheatSheet, CommandPalette
from vgviewer.app.finding.command_palette import GO_TO
from vgviewer.app.finding.offers import Offer, offers
from vgviewer.app.notice_sheet import Bell, NoticeSheet
from vgviewer.app.notifications import Notifications
from vgviewer.app.preferences import Preferences
from vgviewer.app.welcome.stage import Stage
from vgviewer.experiment import Card

if TYPE_CHECKING:  # loaded when somebody asks, after the first paint
    from vgviewer.app.finding import CheatSheet, CommandPalette
    from vgviewer.app.finding.offers import Offer
    from vgviewer.app.tour import Tour


class Guide(QObject):
    """Makes each helper when it is asked for the first time."""

    def __init__(
        self, window: QMainWindow, desk: Desk, stage: Stage, presets: Sequence[Card], preferences: Preferences
    ) -> None:
        super().__init__(window)
        self._window, self._desk, self._stage = window, desk, stage
        self._presets, self._preferences = presets, preferences
        self.notifications = Notifications(self)
        self.about = About(window)
        self.bell = Bell(self.notifications, window)
        self.bell.clicked.connect(self.show_messages)
        self.commands: CommandPalette | None = None
        self.messages: NoticeSheet | None = None
        self.tour: Tour | None = None
        stage.tour_wanted.connect(self.take_tour)

    def take_tour(self) -> None:
        """From the beginning."""
        from vgviewer.app.tour import Tour

        self.tour = self.tour or Tour(self._window, self._desk, self._stage)
        self.tour.begin()

    def find_command(self) -> None:
        """Opens the command palette, or puts it away."""
        from vgviewer.app.finding import CommandPalette

        self.commands = self.commands or CommandPalette(self.offers, self._window)
        self.commands.toggle()

    def show_messages(self) -> None:
        """Opens the sheet of what was said, or puts it away."""
        self.messages = self.messages or NoticeSheet(self.notifications, self._window)
        self.messages.toggle()

    def show_keys(self) -> "CheatSheet":
        """Opens the sheet of all keys."""
        from vgviewer.app.finding import CheatSheet

        sheet = self._window.findChild(CheatSheet)
        if isinstance(sheet, CheatSheet):
            sheet.raise_()
            sheet.activateWindow()
            return sheet
        sheet = CheatSheet(self.offers(), self._folder, self._window)
        sheet.show()
        return sheet

    def offers(self) -> "list[Offer]":
        """All that can be done at this moment: menus, actions that no menu shows, presets, panes."""
        from vgviewer.app.finding.offers import Offer

        everything = self._window.findChildren(QAction)
        hidden = [action for action in everything if action.parent() is self._window or action.shortcuts()]
        found = offers(self._window.menuBar(), [action for action in hidden if _is_command(action)])
        for preset in self._presets:
            run = partial(self._stage.open, preset.id)
            found.append(Offer(preset.title, "Open preset", preset.summary, (), True, run))
        for name, pane in self._desk.panes.items():
            run = partial(self._bring, name)
            found.append(Offer(pane.accessibleName(), GO_TO, "Show this pane", (), True, run))
        return found

    def _bring(self, name: str) -> None:
        self._stage.show_desk()
        self._desk.bring(name)

    def _folder(self) -> Path:
        return self._preferences.folder


def _is_command(action: QAction) -> bool:
    return bool(action.text()) and not action.isSeparator() and action.menu() is None
