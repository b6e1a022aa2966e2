"""What was said, with its time: nothing is lost because somebody looked away. No widget."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from PySide6.QtCore import QObject, Signal

MOST = 200  # notices; older ones go


@dataclass(frozen=True)
class Notice:
    """`count` is how often the same was said, `at` when it was said last."""

    text: str
    at: datetime
    count: int = 1

    @property
    def words(self) -> str:
        """With the count, where it was said more than once."""
        return f"{self.text} ×{self.count}" if self.count > 1 else self.text


class Notifications(QObject):
    """The newest first; what is said again moves to the top and counts up."""

    changed = Signal()

    def __init__(self, parent: QObject, now: Callable[[], datetime] = datetime.now) -> None:
        super().__init__(parent)
        self._now = now
        self.notices: tuple[Notice, ...] = ()
        self.unread = 0

    def note(self, text: str) -> None:
        """Keeps a sentence; an empty one says nothing."""
        text = text.strip()
        if not text:
            return
        said = next((notice for notice in self.notices if notice.text == text), Notice(text, self._now(), 0))
        newest = replace(said, at=self._now(), count=said.count + 1)
        others = tuple(notice for notice in self.notices if notice.text != text)
        self.notices = (newest, *others)[:MOST]
        self.unread += 1
        self.changed.emit()

    def read(self) -> None:
        """Somebody has looked."""
        if self.unread:
            self.unread = 0
            self.changed.emit()

    def clear(self) -> None:
        """Forgets everything."""
        self.notices, self.unread = (), 0
        self.changed.emit()
