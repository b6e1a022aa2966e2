"""What of the run is seen outside the views: tints and marks on the network, the line at the bottom."""

import time
from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal

from vgviewer.app.desk import Desk
from vgviewer.app.live import Live
from vgviewer.app.marks import marks, tints
from vgviewer.app.rewind import Rewind
from vgviewer.app.status_line import StatusLine
from vgviewer.app.track import Progress

INTERVAL_S = 0.2  # pictures have their own, faster timers


class LiveMarks(QObject):
    """Five times a second, and at once when an alert comes or goes."""

    alerts_changed = Signal()

    def __init__(self, live: Live, rewind: Rewind, desk: Desk, status: StatusLine, parent: QObject) -> None:
        super().__init__(parent)
        self._live, self._rewind, self._desk, self._status = live, rewind, desk, status
        self._troubles: Sequence[tuple[str, str | None, int | None]] = ()
        self._shown_at = 0.0
        live.refreshed.connect(self.follow)
        live.text_due.connect(self.show_now)  # the last news of all may have come too soon after others
        rewind.moved.connect(self.show_now)

    def follow(self) -> None:
        """After each drain that brought news."""
        troubles = [(alert.kind, alert.layer, alert.until) for alert in self._live.alerts]
        if troubles != self._troubles:
            self._troubles = troubles
            self.alerts_changed.emit()
        elif time.monotonic() - self._shown_at < INTERVAL_S:
            return
        self.show_now()

    def show_now(self) -> None:
        """Brings all of it up to date."""
        self._shown_at = time.monotonic()
        history, alerts = self._live.history, self._live.alerts
        self._desk.network.canvas.set_tints(tints(history))
        self._desk.network.canvas.set_alerts(marks(alerts))
        self._status.track.show_progress(self._progress())
        self._desk.count_alerts(sum(alert.stands for alert in alerts))

    def _progress(self) -> Progress | None:
        """Of the whole run, wherever one looks."""
        live, rewind, newest = self._live, self._rewind, self._live.newest
        if newest is None:
            return None
        changes = tuple(newest.changes)
        marks = rewind.remarks.bookmarks
        last = newest.latest.step if newest.latest else 0
        return Progress(
            live.steps_made, live.newest_alerts, rewind.at, changes, marks, rewind.is_possible, last
        )
