"""A child: the window in a state that the system may end it in, told by its name on a line; then it waits.

argv: a preset of a person, a state, and how the document stands there: "edited" or "clean".
"""

import signal
import sys
import time
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, QTimer

from tests.reliability.hands import edit_once
from vgviewer.app import boot
from vgviewer.app.figure import render_view
from vgviewer.app.window import Window

FILE, STATE, IS_EDITED = Path(sys.argv[1]), sys.argv[2], sys.argv[3] == "edited"
SIZE = (800, 450)  # px
ONCE = Qt.ConnectionType.SingleShotConnection


def tell() -> None:
    """The state is reached."""
    print(STATE, flush=True)


class Ended(Window):
    """The window itself, brought into the state after its first paint."""

    def open_first(self, path: Path | None) -> None:
        super().open_first(None if STATE == "welcome" else path)
        self.painted.connect(self._begin)

    def _begin(self) -> None:
        if IS_EDITED:
            edit_once(self)
        QTimer.singleShot(0, getattr(self, f"_{STATE}"))

    def _welcome(self) -> None:
        assert self.stage.is_welcome
        tell()

    def _editing(self) -> None:
        tell()

    def _loading(self) -> None:
        self.live.train_or_pause()
        assert self.live.state == "loading"
        tell()

    def _running(self) -> None:
        self.live.refreshed.connect(tell, ONCE)
        self.live.train_or_pause()

    def _paused(self) -> None:
        self.live.refreshed.connect(self._pause, ONCE)
        self.live.train_or_pause()

    def _pause(self) -> None:
        self.live.train_or_pause()
        assert self.live.state == "paused"
        tell()

    def _question(self) -> None:
        QTimer.singleShot(0, tell)
        self.close()  # asks for the changes, and stays there

    def _export(self) -> None:
        QTimer.singleShot(0, tell)
        self.commands["export_picture"].trigger()

    def _exporting(self) -> None:
        tell()
        self._draw(0)

    def _draw(self, number: int) -> None:
        out = FILE.parent / "pictures" / f"{number}.png"
        out.parent.mkdir(exist_ok=True)
        render_view("curves", self.live.history, out, SIZE)
        QTimer.singleShot(0, partial(self._draw, number + 1))

    def _stuck(self) -> None:
        tell()
        while signal.getsignal(signal.SIGTERM) is not signal.SIG_DFL:
            time.sleep(0.01)
        print("heard", flush=True)
        time.sleep(3600)


boot.Window = Ended  # type: ignore[misc]
sys.exit(boot.open_window(FILE))
