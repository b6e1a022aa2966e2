"""Looks again at the task's data once a large file has been read, which nobody waits for."""

from PySide6.QtCore import QObject, QTimer

from vgviewer.app.document import Document
from vgviewer.tasks.files import is_reading

INTERVAL_MS = 100


class DataReading(QObject):
    """Its timer runs only while something is read."""

    def __init__(self, document: Document, parent: QObject) -> None:
        super().__init__(parent)
        self._document = document
        self._timer = QTimer(self, interval=INTERVAL_MS)
        self._timer.timeout.connect(self._look)
        document.changed.connect(self._begin)

    def _begin(self) -> None:
        if is_reading():
            self._timer.start()

    def _look(self) -> None:
        if not is_reading():
            self._timer.stop()
            self._document.look_again()
            self._begin()  # another one may have been asked for by then
