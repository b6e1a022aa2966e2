"""A child: the command itself, whose window a hand closes once it has been painted; argv is the command's own."""

import sys

from PySide6.QtCore import Qt

from vgviewer.app import boot
from vgviewer.app.window import Window
from vgviewer.cli import main


class Closed(Window):
    """The window itself."""

    def show(self) -> None:
        self.painted.connect(self.close, Qt.ConnectionType.QueuedConnection)
        super().show()


boot.Window = Closed  # type: ignore[misc]
sys.exit(main())
