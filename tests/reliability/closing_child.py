"""A child: opens the window as a person does, trains, and closes it; prints when it began to close.

argv: a preset, "loading" or "running" (closed so long after Train, or after the first frame), and milliseconds.
"""

import sys
import time
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, QTimer

from vgviewer.app import boot
from vgviewer.app.window import Window
from vgviewer.experiment import find

PRESET, SINCE, MILLISECONDS = sys.argv[1], sys.argv[2], int(sys.argv[3])


def close(window: Window) -> None:
    """Says when, in the clock that all processes share."""
    print(f"{window.live.state} {time.monotonic()}", flush=True)
    window.close()


def train_then_close(window: Window) -> None:
    """Once the window has been painted."""
    closing = partial(QTimer.singleShot, MILLISECONDS, partial(close, window))
    if SINCE == "running":
        window.live.refreshed.connect(closing, Qt.ConnectionType.SingleShotConnection)
    window.live.train_or_pause()
    if SINCE == "loading":
        closing()


class WindowToClose(Window):
    """The window itself, with a hand on it."""

    def open_first(self, path: Path | None) -> None:
        super().open_first(path)
        QTimer.singleShot(0, partial(train_then_close, self))


boot.Window = WindowToClose  # type: ignore[misc]
sys.exit(boot.open_window(find(PRESET)))
