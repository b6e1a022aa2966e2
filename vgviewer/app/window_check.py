"""Makes the window off screen, paints it, trains some steps in it and closes it: `python -m vgviewer.app.window_check`.

Part of `vgviewer --self-test`; prints what was seen as JSON.
"""

import json
import os
import time

from PySide6.QtCore import QEventLoop, QObject, QTimer

from vgviewer.app.measured import a_window
from vgviewer.app.window import Window

STEPS = 20
LONGEST_S = 60.0
LOOK_MS = 20


class Look(QObject):
    """Waits until so many steps have been drawn, or the run has ended in another way."""

    def __init__(self, window: Window, loop: QEventLoop) -> None:
        super().__init__(window)
        self._window = window
        self._loop = loop
        self._ends = time.monotonic() + LONGEST_S
        self.timer = QTimer(self, interval=LOOK_MS)
        self.timer.timeout.connect(self._look)

    def _look(self) -> None:
        live = self._window.live
        if live.steps_made >= STEPS or live.end is not None or time.monotonic() > self._ends:
            self.timer.stop()
            self._loop.quit()


def main() -> dict[str, object]:
    """What was seen."""
    with a_window() as window:
        loop = QEventLoop()
        window.painted.connect(loop.quit)
        window.open_first(None)
        window.show()
        loop.exec()
        image = window.grab().toImage()
        size = (image.width(), image.height())
        look = Look(window, loop)
        look.timer.start()
        window.live.train_or_pause()
        loop.exec()
        steps = window.live.steps_made
        window.live.stop(LONGEST_S)
    return {"size": size, "steps": steps, "trained": steps >= STEPS}


if __name__ == "__main__":
    print(json.dumps(main()), flush=True)
    os._exit(0)  # a thread inside torch may crash the interpreter's own end
