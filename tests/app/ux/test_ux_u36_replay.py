"""U36: Replay: scrub, frame step, loop, speed, bookmarks with captions; works without torch loaded."""

import subprocess
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.app.recorded import FRAMES, run_file, settled, trained_window
from tests.app.windows import make_window
from vgviewer.app import runs
from vgviewer.app.rewind import NOT_RECORDED
from vgviewer.app.window import Window
from vgviewer.recording import Bookmark, Recording

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")
LEFT = Qt.MouseButton.LeftButton
LAST = FRAMES - 1
WITHOUT_TORCH = """
import sys
from pathlib import Path
from PySide6.QtWidgets import QApplication
from vgviewer.app.preferences import Preferences
from vgviewer.app.window import Window
app = QApplication([])
window = Window(Preferences(Path(sys.argv[1]) / "settings.ini"))
window.show()
assert window.files.open_path(Path(sys.argv[1]) / "a.vgrun")
for step in (0, 30, 7):
    window.runs.rewind.go_to(step)
    for view in window.desk.views.values():
        view.refresh()
    assert window.live.history.latest.step == step
window.close()
assert "torch" not in sys.modules, "torch was loaded"
print("seen")
"""


@pytest.fixture
def show(qtbot: QtBot, tmp_path: Path) -> Callable[[], Window]:
    """A window that dies with the test's own variables."""
    return partial(trained_window, qtbot, tmp_path)


def shown_step(window: Window) -> int:
    history = window.live.history
    assert history is not None
    assert history.latest is not None
    return history.latest.step


def test_that_a_drag_on_the_line_shows_the_steps_that_were(show: Callable[[], Window], qtbot: QtBot) -> None:
    window = show()
    track = window.status.track
    middle = track.height() // 2
    x = round(track.x_of(20))
    QTest.mousePress(track, LEFT, pos=QPoint(x, middle))
    QApplication.processEvents()
    assert shown_step(window) == track.step_at(x)  # the line has stayed where it was
    further = round(track.x_of(40))
    QTest.mouseMove(track, QPoint(further, middle))
    QTest.mouseRelease(track, LEFT, pos=QPoint(further, middle))
    QApplication.processEvents()
    assert window.live.looks_back
    step = shown_step(window)
    curves = window.desk.view("curves")
    curves.refresh()
    assert curves.history is window.live.history
    assert curves.history is not None
    assert curves.history.steps.tolist() == list(range(step + 1))
    assert f"Looking back at step {step}." in window.status.words.text()
    QTest.mouseClick(window.status.timeline.newest, LEFT)
    assert shown_step(window) == LAST
    assert not window.live.looks_back


def test_that_keys_go_step_by_step(show: Callable[[], Window]) -> None:
    window = show()
    track = window.status.track
    track.setFocus()
    for key, step in (
        (Qt.Key.Key_Left, LAST - 1),
        (Qt.Key.Key_Left, LAST - 2),
        (Qt.Key.Key_Home, 0),
        (Qt.Key.Key_Right, 1),
        (Qt.Key.Key_PageDown, 7),
        (Qt.Key.Key_PageUp, 1),
        (Qt.Key.Key_End, LAST),
    ):
        QTest.keyClick(track, key)
        assert shown_step(window) == step, key
    window.commands["step_back"].trigger()
    assert shown_step(window) == LAST - 1
    window.commands["step_on"].trigger()
    assert not window.live.looks_back


def test_that_every_view_shows_the_chosen_step_as_it_was_live(
    show: Callable[[], Window], qtbot: QtBot
) -> None:
    window = show()
    for name in ("through-time", "layers-training", "curves", "two-lenses"):
        window.desk.view(name)
    window.runs.rewind.go_to(12)
    assert settled(window, 12)
    for view in window.desk.views.values():
        assert view.history is window.live.history
    assert [alert.step <= 12 for alert in window.live.alerts] == [True] * len(window.live.alerts)
    assert window.live.newest is not window.live.history


def test_that_playing_goes_through_all_steps_stops_and_loops(
    show: Callable[[], Window], qtbot: QtBot
) -> None:
    window = show()
    rewind = window.runs.rewind
    seen: list[int] = []

    def note() -> None:
        seen.append(rewind.step or 0)

    rewind.moved.connect(note)
    rewind.speed = 4.0
    window.commands["play_back"].trigger()
    assert rewind.is_playing
    qtbot.waitUntil(lambda: not rewind.is_playing, timeout=10_000)
    assert shown_step(window) == LAST
    assert len(set(seen)) > 10
    assert seen == sorted(seen)
    window.commands["loop_back"].trigger()
    window.commands["play_back"].trigger()
    seen.clear()
    qtbot.waitUntil(lambda: any(np.diff(seen) < 0), timeout=10_000)
    assert rewind.is_playing
    window.commands["play_back"].trigger()
    assert not rewind.is_playing


def test_that_speed_is_doubled_and_halved_within_limits(show: Callable[[], Window]) -> None:
    window = show()
    rewind = window.runs.rewind
    for _ in range(5):
        window.commands["play_faster"].trigger()
    assert rewind.speed == 4.0
    for _ in range(9):
        window.commands["play_slower"].trigger()
    assert rewind.speed == 0.25


def test_that_bookmarks_have_captions_and_stay_in_the_file(
    show: Callable[[], Window], monkeypatch: pytest.MonkeyPatch
) -> None:
    window = show()
    rewind = window.runs.rewind
    for step, caption in ((30, "Here it dies."), (5, "Here it lives.")):
        monkeypatch.setattr(runs, "ask_caption", lambda parent, at, before, said=caption: said)
        rewind.go_to(step)
        window.commands["bookmark"].trigger()
    assert rewind.path is not None
    with Recording(rewind.path) as recording:
        assert recording.remarks.bookmarks == (Bookmark(5, "Here it lives."), Bookmark(30, "Here it dies."))
    window.commands["first_step"].trigger()
    window.commands["next_bookmark"].trigger()
    assert shown_step(window) == 5
    window.commands["next_bookmark"].trigger()
    assert shown_step(window) == 30
    assert "Here it dies." in window.status.words.text()
    window.commands["previous_bookmark"].trigger()
    assert shown_step(window) == 5
    window.commands["unmark"].trigger()
    with Recording(rewind.path) as recording:
        assert [mark.step for mark in recording.remarks.bookmarks] == [30]
    told = window.status.track.told_at(window.status.track.x_of(30))
    assert "Bookmark at step 30: Here it dies." in told
    assert "learning rate" in told or "lr turned to 0.5" in told


def test_that_a_run_goes_on_while_somebody_looks_back(qtbot: QtBot, tmp_path: Path) -> None:
    window = trained_window(qtbot, tmp_path, frames=100)
    window.commands["train"].trigger()
    qtbot.waitUntil(lambda: window.live.state == "running" and window.live.steps_made > 20, timeout=10_000)
    window.runs.rewind.go_to(10)
    before = window.live.steps_made
    qtbot.waitUntil(lambda: window.live.steps_made > before + 8, timeout=10_000)
    assert shown_step(window) == 10
    window.runs.rewind.go_to(15)
    assert shown_step(window) == 15
    window.commands["newest_step"].trigger()
    assert shown_step(window) >= before


def test_that_without_recording_it_is_said_that_nobody_can_look_back(qtbot: QtBot, tmp_path: Path) -> None:
    window = make_window(qtbot, tmp_path)
    window.preferences.choose(record=False)
    window.close()
    window = trained_window(qtbot, tmp_path)
    window.commands["step_back"].trigger()
    assert not window.live.looks_back
    assert NOT_RECORDED in window.status.words.text()


def test_that_it_works_without_torch(tmp_path: Path) -> None:
    run_file(tmp_path / "a.vgrun")
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT_TORCH, str(tmp_path)], capture_output=True, text=True, check=False
    )
    assert done.stdout.strip().endswith("seen"), done.stderr
