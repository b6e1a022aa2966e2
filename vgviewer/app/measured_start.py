"""How long a person waits for a picture that moves, in a process of its own (`vgviewer bench` starts it).

    python -m vgviewer.app.measured_start

starts as the command does, presses Train on the first card as soon as the welcome page is painted, and prints the
seconds until that page and until the second painted frame, as JSON.
"""

import gc
import json
import time

BEGUN = time.perf_counter()
gc.disable()  # as the command does

from PySide6.QtCore import QEvent, QEventLoop, QObject  # noqa: E402

from vgviewer.app.boot import Warmth  # noqa: E402
from vgviewer.app.measured import a_window  # noqa: E402
from vgviewer.app.window import Window  # noqa: E402

PICTURE = "layers-training"
FRAMES = 2


class Watching(QObject):
    """Quits the loop when the picture has been painted at so many different training steps."""

    def __init__(self, window: Window, loop: QEventLoop) -> None:
        super().__init__(window)
        self._window, self._loop = window, loop
        self._steps: set[int] = set()
        self.welcome_s = 0.0
        window.painted.connect(self.press)

    def press(self) -> None:
        """The one click, as soon as there is something to click on."""
        self.welcome_s = time.perf_counter() - BEGUN
        page = self._window.stage.welcome
        assert page is not None
        page.gallery.cards[0].train.click()
        self._window.desk.view(PICTURE).plot.viewport().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        history = self._window.live.history
        if event.type() is QEvent.Type.Paint and history is not None and history.latest is not None:
            self._steps.add(history.latest.step)
            if len(self._steps) >= FRAMES:
                self._loop.quit()
        return super().eventFilter(watched, event)


def second_frame() -> dict[str, float]:
    """Seconds since this process began to work."""
    with a_window() as window:
        loop = QEventLoop()
        warmth = Warmth(window)
        window.painted.connect(warmth.begin)  # before the click, as in the program
        watching = Watching(window, loop)
        window.show()
        window.open_first(None)
        loop.exec()
        seconds = time.perf_counter() - BEGUN
        window.live.stop(5.0)
    return {"welcome_s": watching.welcome_s, "second_frame_s": seconds}


if __name__ == "__main__":
    print(json.dumps(second_frame()))
