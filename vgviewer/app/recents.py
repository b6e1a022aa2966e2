"""The menu of the files used last; one that is gone is gray."""

import os
from pathlib import Path

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from vgviewer.app.files import Files
from vgviewer.app.preferences import MOST_RECENT, Preferences


class RecentMenu(QMenu):
    """Filled each time it is opened, from entries that are made once."""

    def __init__(self, files: Files, preferences: Preferences, clear: QAction, parent: QWidget) -> None:
        super().__init__("Open &Recent", parent)
        self._files = files
        self._preferences = preferences
        self._clear = clear
        self.setToolTipsVisible(True)
        self.entries = [self.addAction("") for _ in range(MOST_RECENT)]
        self.addSeparator()
        self.addAction(clear)
        self.aboutToShow.connect(self.fill)
        self.triggered.connect(self._open)
        self.fill()

    def fill(self) -> None:
        """Brings the entries up to date."""
        recents = self._preferences.recents
        for place, entry in enumerate(self.entries):
            entry.setVisible(place < len(recents))
            if place < len(recents):
                path = recents[place]
                name = path.name.replace("&", "&&")
                entry.setText(f"&{place + 1}  {name}" if place < 9 else name)
                entry.setIconText(path.name)  # without the number
                entry.setToolTip(str(path))
                entry.setData(str(path))
                entry.setEnabled(os.path.isfile(path))  # whose folder may be closed to us by now
        self._clear.setEnabled(bool(recents))

    def _open(self, action: QAction) -> None:
        if action in self.entries:
            self._files.open_path(Path(action.data()))
