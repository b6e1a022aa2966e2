"""U63: the status bar says what is going on in words; busy cursor after 200 ms, a way to cancel after 2 s."""

import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import QObject, Qt, QTimer, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.app.runs_by_hand import HandRun, experiment, messages
from tests.app.windows import make_window
from vgviewer.app import files
from vgviewer.app.busy import Cancelled, Patience
from vgviewer.app.window import Window
from vgviewer.experiment import Experiment, find
from vgviewer.runner import Run

Show = Callable[[], Window]
CURSOR_S, CANCEL_S = 0.2, 2.0
COARSE_S = 0.1  # Qt's timers may fire a twentieth early
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def show(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Show:
    """Makes a window that dies with the test's own variables."""
    monkeypatch.setattr(HandRun, "made", [])
    monkeypatch.setattr(HandRun, "script", messages(30))

    def shown() -> Window:
        made = make_window(qtbot, tmp_path, cast(Callable[[Experiment], Run], HandRun))
        made.document.replace(experiment(), None)
        made.show()
        QApplication.processEvents()
        return made

    return shown


class Watcher(QObject):
    """Looks at the program from within the wait, as a person would."""

    def __init__(self, window: Window, gate: threading.Event, at_sight: Callable[[Patience], None]) -> None:
        super().__init__(window)
        self.window, self.gate, self.at_sight = window, gate, at_sight
        self.begun = time.monotonic()
        self.cursor_after = self.cancel_after = 0.0
        self.said = ""
        self._timer = QTimer(self, interval=5)
        self._timer.timeout.connect(self._look)
        self._timer.start()

    @Slot()
    def _look(self) -> None:
        now = time.monotonic() - self.begun
        if QGuiApplication.overrideCursor() is not None and not self.cursor_after:
            assert QGuiApplication.overrideCursor().shape() == Qt.CursorShape.BusyCursor
            self.cursor_after, self.said = now, self.window.status.words.text()
        modal = QApplication.activeModalWidget()
        if isinstance(modal, Patience):
            self.cancel_after = now
            self._timer.stop()
            self.at_sight(modal)


@pytest.fixture
def gate() -> Iterator[threading.Event]:
    made = threading.Event()
    yield made
    made.set()
    for thread in threading.enumerate():
        if thread.name == "vgviewer-busy":
            thread.join(5)


def press_cancel(dialog: Patience) -> None:
    QTest.mouseClick(dialog.cancel, Qt.MouseButton.LeftButton)


def test_that_every_state_of_a_run_has_its_sentence(show: Show) -> None:
    window = show()
    said = []
    for command in ("train", "train", "train"):
        window.commands[command].trigger()
        said.append(window.status.words.text())
        window.live.drain()
    while window.live.state != "ended":
        window.live.drain()
    said.append(window.status.words.text())
    window.commands["reset"].trigger()
    said.append(window.status.words.text())
    starts = ("Training begins.", "Paused at step", "Training.", "Done after 30 steps.", "Ready.")
    assert [text.startswith(start) for text, start in zip(said, starts, strict=True)] == [True] * 5, said


def test_that_the_welcome_page_says_what_to_do_there(show: Show) -> None:
    window = show()
    window.stage.show_welcome()
    assert window.status.words.text() == "Choose an example, or start with an empty network."
    window.stage.show_desk()
    assert window.status.words.text() == "Ready. Press Train to begin."


def test_that_what_is_quick_is_just_done(show: Show) -> None:
    window = show()
    said: list[str] = []
    window.files.busy.said.connect(said.append)
    assert window.files.busy.do("Counting", lambda: 5) == 5
    assert said == []


def test_that_what_is_wrong_is_raised_where_one_waits(show: Show) -> None:
    window = show()

    def fail() -> None:
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        window.files.busy.do("Failing", fail)


def test_that_a_long_wait_says_why_shows_a_busy_cursor_and_offers_a_way_out(
    show: Show, gate: threading.Event
) -> None:
    window = show()
    watcher = Watcher(window, gate, press_cancel)
    with pytest.raises(Cancelled):
        window.files.busy.do("Opening big.csv", gate.wait)
    assert CURSOR_S <= watcher.cursor_after < CURSOR_S + 1
    assert CANCEL_S - COARSE_S <= watcher.cancel_after < CANCEL_S + 1
    assert watcher.said == "Opening big.csv…"
    assert QGuiApplication.overrideCursor() is None
    assert window.status.words.text().startswith("Ready.")


def test_that_the_answer_takes_the_dialog_away(show: Show, gate: threading.Event) -> None:
    window = show()
    Watcher(window, gate, lambda dialog: gate.set())
    assert window.files.busy.do("Opening big.csv", gate.wait) is True
    assert QApplication.activeModalWidget() is None
    assert QGuiApplication.overrideCursor() is None


def test_that_an_opening_that_is_given_up_leaves_the_network_as_it_was(
    show: Show, gate: threading.Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = show()

    def slow(path: Path) -> Experiment:
        gate.wait()
        raise AssertionError("nobody waits for it")

    monkeypatch.setattr(files, "load", slow)
    Watcher(window, gate, press_cancel)
    before = window.document.experiment
    assert not window.files.open_path(find("lstm-default"))
    assert window.document.experiment is before
