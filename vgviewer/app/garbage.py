"""Garbage is collected on the window's own thread alone.

Python collects wherever an object happens to be made, so also on the thread that trains or the one of theory; Qt's
widgets must be deleted on their own thread, and the tests have died of it with a segmentation fault in a collection.
"""

import gc

from PySide6.QtCore import QObject, QTimer

INTERVAL_MS = 1000


class Garbage(QObject):
    """From `begin` on; what exists then stays for good and is not looked through again."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._timer = QTimer(self, interval=INTERVAL_MS)
        self._timer.timeout.connect(self.collect)

    def begin(self) -> None:
        """Python's own collections end, ours begin."""
        gc.disable()
        gc.freeze()
        self._timer.start()

    def collect(self) -> None:
        """As much as Python would have done by now: the oldest generation that is due, and the younger ones."""
        due = [
            generation
            for generation, (count, most) in enumerate(zip(gc.get_count(), gc.get_threshold(), strict=True))
            if count > most
        ]
        if due:
            gc.collect(max(due))
