"""The runs that are kept: recorded while they go on, opened again, saved elsewhere, looked back into."""

import shutil
import threading
from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from vgviewer.app import dialogs
from vgviewer.app.desk import Desk
from vgviewer.app.library import Shelf
from vgviewer.app.live import Live
from vgviewer.app.log import log
from vgviewer.app.numerals import counted
from vgviewer.app.preferences import Preferences
from vgviewer.app.rewind import Rewind
from vgviewer.app.timeline import ask_caption
from vgviewer.experiment import Experiment
from vgviewer.recording import ENDING, Recorder, Recording

MB = 1_000_000
GOES_ON = "Training goes on, and the steps so far can be looked at."


class Runs(QObject):
    """Every run goes into a file of its own on the shelf, unless the person does not want it."""

    said = Signal(str)
    troubled = Signal(str, str, str)  # recording stopped, details, the command that may help; said once

    def __init__(self, window: QWidget, live: Live, desk: Desk, preferences: Preferences) -> None:
        super().__init__(window)
        self._window, self._live, self._desk, self._preferences = window, live, desk, preferences
        self.shelf = Shelf(preferences.runs)
        self.rewind = Rewind(live, self)
        self.rewind.said.connect(self.said)
        self._trouble = ""
        self.stem: Callable[[], str] = str  # the open document's name, for a file's
        live.make_recorder = self._recorder
        live.refreshed.connect(self._look_after)
        live.looked.connect(self._show)
        live.ended.connect(self.tidy)

    def bookmark(self) -> None:
        """Keeps the step on show, with what is said of it."""
        rewind = self.rewind
        if rewind.step is None or not rewind.is_possible:
            self.said.emit("There is no recorded step to bookmark. Train first.")
            return
        before = rewind.bookmark
        step = rewind.step
        caption = ask_caption(self._window, counted(step), before.caption if before else "")
        if caption is not None and step == rewind.step:
            rewind.mark(" ".join(caption.split()))

    @property
    def in_use(self) -> Path | None:
        """The file that is written to now."""
        return None if self._live.recorder is None else self._live.recorder.path

    def save_as(self) -> bool:
        """Copies the run at hand to a place of the person's choice."""
        path = self.rewind.path
        if path is None:
            self.said.emit("There is no recorded run to save. Train first.")
            return False
        suggestion = self._preferences.folder / f"{self.stem()}{ENDING}"
        to = dialogs.ask_save_path(self._window, suggestion, dialogs.RUNS, ENDING)
        if to is None:
            return False
        try:
            shutil.copyfile(path, to)
        except OSError as error:
            dialogs.show_save_failure(
                self._window, f"{to} was not saved: {error.strerror or error}.", "Choose another place."
            )
            return False
        self._preferences.folder = to.absolute().parent
        self.said.emit(f"Saved to {to}.")
        return True

    def resume(self) -> None:
        """Goes on recording after a trouble that may be over."""
        if self._live.recorder is not None:
            self._live.recorder.resume()
            self._trouble = ""
            self.said.emit("Recording goes on; the steps in between are missing.")

    def open(self, recording: Recording) -> None:
        """Shows it at its last step."""
        self.rewind.open(recording)
        if recording.lost:
            self.said.emit(f"{recording.path.name}: {recording.lost}")

    def tidy(self) -> None:
        """Keeps the shelf within its limit, on a thread that ends with it: files may be large."""
        most = self._preferences.choices.most_kept * MB
        threading.Thread(
            target=partial(self.shelf.fit, most, self.rewind.path), name="vgviewer-tidy", daemon=True
        ).start()

    def close(self) -> None:
        """The window goes."""
        self.rewind.close()

    def _recorder(self, experiment: Experiment) -> Recorder | None:
        self._trouble = ""
        if not self._preferences.choices.record:
            return None
        try:
            return self.shelf.recorder(experiment)
        except (OSError, ValueError) as error:
            reason = getattr(error, "strerror", None) or str(error)
            log.warning("no run file in %s: %s", self.shelf.folder, error)
            self.troubled.emit(f"This run is not recorded: {self.shelf.folder}: {reason}.", "", "")
            return None

    def _look_after(self) -> None:
        recorder = self._live.recorder
        if recorder is not None and recorder.problem and recorder.problem != self._trouble:
            self._trouble = recorder.problem
            self.troubled.emit(f"{recorder.problem} {GOES_ON}", "", "resume_recording")

    def _show(self) -> None:
        self._desk.set_history(self._live.history)
