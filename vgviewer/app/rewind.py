"""Where one looks in a run that is recorded: at its newest step, or back at one of the past."""

import time
from pathlib import Path

import numpy as np
from PySide6.QtCore import QObject, QTimer, Signal

from vgviewer.app.live import Live
from vgviewer.app.numerals import counted
from vgviewer.recording import BadRun, Bookmark, Damaged, Recording, Remarks, remark
from vgviewer.runner import Replay

PLAY_MS = 50
WHOLE_S = 12.0  # that playing a run takes, at ordinary speed
LEAST_RATE = 10.0  # steps a second, of a short run
SPEEDS = (0.25, 0.5, 1.0, 2.0, 4.0)
NOT_RECORDED = (
    "This run is not recorded, so that nobody can look back. Switch “Record runs” on in the preferences."
)


class Rewind(QObject):
    """Of the run at hand, while it goes on and afterwards, or of a run file that was opened. `at` is the step on show,
    None for the newest one."""

    moved = Signal()  # to another step, or what can be done here is something else now
    remarked = Signal()
    said = Signal(str)

    def __init__(self, live: Live, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._live = live
        self._recording: Recording | None = None
        self.path: Path | None = None
        self.at: int | None = None
        self.remarks = Remarks()
        self.speed = 1.0
        self.loops = False
        self._place = 0.0  # of what is played, among the steps
        self._played_at = 0.0
        self._clock = QTimer(self, interval=PLAY_MS)
        self._clock.timeout.connect(self._play_on)
        live.run_started.connect(self._follow_run)
        live.dropped.connect(self._forget)

    @property
    def is_possible(self) -> bool:
        """Whether there is a past to look at."""
        return self.path is not None and self._live.newest is not None

    @property
    def is_playing(self) -> bool:
        """Whether the steps go by."""
        return self._clock.isActive()

    @property
    def step(self) -> int | None:
        """The one on show, also where that is the newest; None before there is one."""
        latest = self._live.history.latest if self._live.history else None
        return latest.step if latest else None

    def open(self, recording: Recording) -> None:
        """Shows a run file at its last step."""
        self._live.show(Replay(recording, int(recording.steps[-1])), is_opened=True)
        self._recording, self.path = recording, recording.path
        self.remarks = recording.remarks
        self.moved.emit()
        self.remarked.emit()

    def go_to(self, step: int) -> None:
        """Shows that step, or the nearest one that there is; the newest one of all goes on."""
        recording = self._read()
        if recording is None:
            return
        steps = recording.steps
        place = int(np.clip(np.searchsorted(steps, step), 0, len(steps) - 1))
        if place == len(steps) - 1 and step >= self._newest:
            self._show(None)
            return
        try:
            self._show(Replay(recording, int(steps[place])), int(steps[place]))
        except (Damaged, OSError) as error:
            self.said.emit(f"Step {counted(int(steps[place]))} cannot be read: {error}.")

    def to_newest(self) -> None:
        """No longer looks back."""
        self.pause()
        self._show(None)

    def to_first(self) -> None:
        """The first step."""
        self._by_hand(0)

    def back(self) -> None:
        """A step back."""
        self._by_hand((self.step or 0) - 1)

    def on(self) -> None:
        """A step on."""
        if self.at is not None:
            self._by_hand(self.at + 1)

    def play_or_pause(self) -> None:
        """Lets the steps go by, from the first one where the newest is on show."""
        if self.is_playing:
            self.pause()
            return
        recording = self._read()
        if recording is None:
            return
        self._place = 0.0 if self.at is None else float(np.searchsorted(recording.steps, self.at))
        self._played_at = time.monotonic()
        self._clock.start()
        self.go_to(int(recording.steps[int(self._place)]))
        self.moved.emit()

    def pause(self) -> None:
        """The step on show stays."""
        if self.is_playing:
            self._clock.stop()
            self.moved.emit()

    def loop(self) -> None:
        """Whether it begins again when it has come to its end."""
        self.loops = not self.loops
        self.moved.emit()

    def faster(self) -> None:
        """Plays at twice the speed."""
        self._take_speed(1)

    def slower(self) -> None:
        """Plays at half the speed."""
        self._take_speed(-1)

    def mark(self, caption: str) -> None:
        """Bookmarks the step on show, or gives its bookmark another caption."""
        if self.step is not None and self.is_possible:
            others = [mark for mark in self.remarks.bookmarks if mark.step != self.step]
            self._remark([*others, Bookmark(self.step, caption)], self.remarks.note)

    def unmark(self) -> None:
        """Takes the bookmark of the step on show away."""
        others = [mark for mark in self.remarks.bookmarks if mark.step != self.step]
        self._remark(others, self.remarks.note)

    @property
    def bookmark(self) -> Bookmark | None:
        """That of the step on show."""
        return next((mark for mark in self.remarks.bookmarks if mark.step == self.step), None)

    def next_bookmark(self) -> None:
        """Shows the first one behind the step on show."""
        self._to_mark([mark for mark in self.remarks.bookmarks if mark.step > (self.step or 0)][:1])

    def previous_bookmark(self) -> None:
        """Shows the last one before the step on show."""
        self._to_mark([mark for mark in self.remarks.bookmarks if mark.step < (self.step or 0)][-1:])

    def close(self) -> None:
        """The file is free."""
        self._clock.stop()
        if self._recording is not None:
            self._recording.close()
        self._recording = None

    @property
    def _newest(self) -> int:
        latest = self._live.newest.latest if self._live.newest else None
        return latest.step if latest else 0

    def _by_hand(self, step: int) -> None:
        self.pause()
        self.go_to(max(0, step))

    def _to_mark(self, found: list[Bookmark]) -> None:
        if found:
            self._by_hand(found[0].step)
            self.said.emit(f"Step {counted(found[0].step)}: {found[0].caption}".rstrip(": "))

    def _take_speed(self, by: int) -> None:
        place = min(len(SPEEDS) - 1, max(0, SPEEDS.index(self.speed) + by))
        self.speed = SPEEDS[place]
        self.said.emit(f"Looking back at {self.speed:g} times the speed.")

    def _play_on(self) -> None:
        recording, now = self._recording, time.monotonic()
        if recording is None:
            self.pause()
            return
        rate = max(LEAST_RATE, len(recording.steps) / WHOLE_S) * self.speed
        self._place += rate * min(now - self._played_at, 1.0)  # the computer may have slept
        self._played_at = now
        if self._place < len(recording.steps) - 1:
            step = int(recording.steps[int(self._place)])
            if step != self.at:
                self.go_to(step)
        elif self.loops:
            self._place = 0.0
        else:
            self.to_newest()

    def _show(self, past: Replay | None, step: int | None = None) -> None:
        self.at = None if past is None else step
        self._live.look_at(past)
        self.moved.emit()

    def _remark(self, bookmarks: list[Bookmark], note: str) -> None:
        remarks = Remarks(tuple(sorted(bookmarks, key=lambda mark: mark.step)), note)
        if remarks == self.remarks or self.path is None:
            return
        recorder = self._live.recorder
        try:
            if recorder is not None and recorder.path == self.path:
                recorder.remark(remarks)
            else:
                remark(self.path, remarks)
        except OSError as error:
            self.said.emit(f"The bookmark is not kept: {self.path}: {error.strerror or error}.")
        self.remarks = remarks
        self.remarked.emit()
        self.moved.emit()

    def _read(self) -> Recording | None:
        """Of what is in the file by now; nothing, with a sentence, where nobody can look back."""
        if self.path is None:
            if self._live.newest is not None:
                self.said.emit(NOT_RECORDED)
            return None
        try:
            if self._recording is None:
                self._recording = Recording(self.path)
            elif self._live.recorder is not None or self._recording.end is None:
                self._recording.extend()
        except (BadRun, Damaged, OSError) as error:
            self.said.emit(f"Nobody can look back: {error}")
            return None
        return self._recording if len(self._recording.steps) else None

    def _follow_run(self) -> None:
        self._forget()
        recorder = self._live.recorder
        self.path = None if recorder is None else recorder.path
        self.moved.emit()

    def _forget(self) -> None:
        self.close()
        self.path, self.at, self.remarks = None, None, Remarks()
        self.moved.emit()
        self.remarked.emit()
