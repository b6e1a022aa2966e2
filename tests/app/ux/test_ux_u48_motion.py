"""U48: no flashing > 3/s; "reduce motion" setting honored.

A flash is there and gone: two changes. A picture that is drawn at most six times a second cannot flash more than three
times.
"""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.app.frames_by_hand import uniform_history
from tests.app.windows import make_window
from vgviewer.app import live_marks, motion
from vgviewer.app.views import VIEWS
from vgviewer.app.views.through_time import ThroughTime
from vgviewer.frames import Frame, History

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")
MOST_FLASHES = 3  # a second
LEAST_S = 1 / (2 * MOST_FLASHES)


@pytest.mark.parametrize("name", VIEWS)
def test_that_no_view_is_drawn_so_often_that_it_could_flash(name: str) -> None:
    assert VIEWS[name].interval_s >= LEAST_S


def test_that_the_canvas_is_not_either() -> None:
    assert live_marks.INTERVAL_S >= LEAST_S


class Clock:
    """Goes when it is told to."""

    def __init__(self) -> None:
        self.now = 1000.0

    def monotonic(self) -> float:
        return self.now


class Counted(ThroughTime):
    """Counts its pictures."""

    drawn = 0

    def draw(self, history: History) -> None:
        self.drawn += 1
        super().draw(history)


@pytest.mark.parametrize(("reduced", "most"), [(False, 12), (True, 2)])
def test_that_a_signal_that_flickers_at_every_step_is_drawn_slowly(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, reduced: bool, most: int
) -> None:
    clock = Clock()
    monkeypatch.setattr("vgviewer.app.views.view.time", clock)
    monkeypatch.setitem(motion._calm, "is_reduced", reduced)
    histories = [uniform_history(-1.0, 1), uniform_history(-9.0, 1)]
    view = Counted()
    qtbot.addWidget(view)
    view.set_history(histories[0])
    view.show()
    view._clock.stop()
    view._tick()
    view.drawn = 0
    for tick in range(200):  # two seconds
        clock.now += 0.01
        latest = histories[tick % 2].latest
        assert latest is not None
        histories[0].append(Frame(tick + 1, 0.1, readings=latest.readings))
        view._tick()
    assert 1 <= view.drawn <= most


def test_that_reduced_motion_stills_what_qt_moves(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> None:
    made = make_window(qtbot, tmp_path)
    assert made.desk.isAnimated()
    assert qapp.cursorFlashTime() > 0
    made.preferences.choose(reduce_motion=True)
    assert motion.is_reduced()
    assert not made.desk.isAnimated()
    assert qapp.cursorFlashTime() == 0
    assert not any(qapp.isEffectEnabled(effect) for effect in motion.EFFECTS)
    made.preferences.choose(reduce_motion=False)
    assert made.desk.isAnimated()
    assert qapp.cursorFlashTime() > 0


def test_that_the_caret_blinks_slowly_enough(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> None:
    make_window(qtbot, tmp_path)
    assert qapp.cursorFlashTime() >= 1000 / MOST_FLASHES


def test_that_nothing_else_is_animated() -> None:
    """Whoever begins to animate something asks `motion` first, and is then listed here."""
    folder = Path(motion.__file__).parent
    moving = ("QPropertyAnimation", "QVariantAnimation", "QTimeLine", "QMovie", "setTransitionDuration")
    found = [
        file.name
        for file in folder.rglob("*.py")
        if any(word in file.read_text("utf-8") for word in moving) and "motion" not in file.read_text("utf-8")
    ]
    assert found == []
    assert Qt.UIEffect.UI_AnimateMenu in motion.EFFECTS
