"""U45: Whole lesson without a mouse: build 3 layers, train, read alert, export.

Nothing is done but by keys, each sent to what has the focus; before that the lesson goes through the welcome page, a
task is chosen, Why is opened, the remedy applied and taken back, and the network saved.
"""

from collections.abc import Callable
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QWidget
from pytestqt.qtbot import QtBot

from tests.app.runs_by_hand import HandRun, messages
from tests.app.windows import make_window
from vgviewer.app.alerts.card import AlertCard
from vgviewer.app.window import Window
from vgviewer.experiment import load
from vgviewer.runner import Run

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
Key = Qt.Key
NO, CONTROL, SHIFT = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
)
MOST_KEYS = 60


def focus() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def press(key: Key, modifiers: Qt.KeyboardModifier = NO) -> None:
    QTest.keyClick(focus(), key, modifiers)


def write(words: str) -> None:
    QTest.keyClicks(focus(), words)


def go_to(name: str, key: Key = Key.Key_Tab) -> None:
    """By Tab or F6, to what a screen reader calls so."""
    for _ in range(MOST_KEYS):
        if focus().accessibleName().startswith(name):
            return
        press(key)
    raise AssertionError(f"{name} cannot be reached")


def run_command(window: Window, words: str) -> None:
    """As somebody does who does not know its key."""
    press(Key.Key_P, CONTROL | SHIFT)
    write(words)
    press(Key.Key_Return)
    assert window.guide.commands is not None
    assert not window.guide.commands.isVisible()


class Answers:
    """Writes and presses Enter in each dialog that comes, in their order; dialogs block whoever opened them."""

    def __init__(self, window: Window, words: list[str]) -> None:
        self.left = words
        self._answered: QWidget | None = None
        self._timer = QTimer(window, interval=10)
        self._timer.timeout.connect(self._look)
        self._timer.start()

    def _look(self) -> None:
        dialog, now = QApplication.activeModalWidget(), QApplication.focusWidget()
        if dialog is None or dialog is self._answered or now is None or not dialog.isAncestorOf(now):
            return
        self._answered = dialog
        words = self.left.pop(0)
        if not self.left:
            self._timer.stop()
        write(words)
        press(Key.Key_Return)


def test_that_the_whole_lesson_goes_by_keys(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(HandRun, "made", [])
    monkeypatch.setattr(HandRun, "script", messages(30))
    window = make_window(qtbot, tmp_path, cast(Callable[..., Run], HandRun))
    window.show()
    window.open_first(None)
    qtbot.waitUntil(lambda: window.stage.is_welcome and QApplication.focusWidget() is not None)

    press(Key.Key_N, CONTROL)
    assert not window.stage.is_welcome
    go_to("Find a layer", Key.Key_F6)
    for words in ("rnn", "last timestep", "dense"):
        write(words)
        press(Key.Key_Return)
        press(Key.Key_Escape)
    assert [layer.type for layer in window.document.experiment.network.layers] == [
        "rnn",
        "last_step",
        "dense",
    ]

    run_command(window, "task settings")
    go_to("Task")
    tasks = cast(QComboBox, focus())
    press(Key.Key_End)
    assert tasks.currentIndex() == tasks.count() - 1
    write("Adding")
    assert window.document.experiment.task.label == tasks.currentText() == "Adding problem"
    assert not window.document.experiment.problems

    with qtbot.waitSignal(window.live.ended):
        press(Key.Key_R, CONTROL)
    (alert,) = window.live.alerts
    run_command(window, "alerts")
    assert isinstance(focus(), AlertCard)
    assert focus().accessibleName() == alert.title
    assert alert.message in focus().accessibleDescription()
    press(Key.Key_Return)
    assert window.document.selected == "rnn1"
    go_to("Why")
    press(Key.Key_Return)
    card = window.desk.alerts.cards[0]
    assert card.why.isVisible()

    built = window.document.experiment
    go_to("Apply: ")
    wanted = focus().accessibleName().removeprefix("Apply: ")
    press(Key.Key_Space)
    assert window.document.experiment != built
    assert window.document.undo.undoText() == wanted
    press(Key.Key_Z, CONTROL)
    assert window.document.experiment == built

    file, picture = tmp_path / "lesson.vgnet.json", tmp_path / "lesson.png"
    saved = Answers(window, [str(file)])
    press(Key.Key_S, CONTROL)
    assert not saved.left
    assert load(file) == built
    window.activateWindow()  # as any desktop does when a dialog has gone
    qtbot.waitUntil(window.isActiveWindow)
    exported = Answers(window, ["", str(picture)])
    press(Key.Key_E, CONTROL | SHIFT)
    assert not exported.left
    assert QImage(str(picture)).width() > 1000


@pytest.mark.parametrize("key", [Key.Key_Space, Key.Key_Return])
def test_that_a_card_of_the_welcome_page_is_opened_by_keys(qtbot: QtBot, tmp_path: Path, key: Qt.Key) -> None:
    """The space bar means the card there, not the training of whatever lies behind the page."""
    window = make_window(qtbot, tmp_path, cast(Callable[..., Run], HandRun))
    window.show()
    window.open_first(None)
    page = window.stage.welcome
    assert page is not None
    qtbot.waitUntil(page.gallery.cards[0].hasFocus)
    press(Key.Key_Right)
    preset = page.gallery.cards[1].preset
    assert focus().accessibleName() == preset.title
    press(key)
    assert not window.stage.is_welcome
    assert window.document.preset == preset.id
    assert window.live.state == "idle"
