"""U51: Arrow keys walk bookmarks while presenting, each with its caption; a key blanks the screen."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.app.recorded import trained_window
from vgviewer.app.presentation import Blank
from vgviewer.app.window import Window

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")
STORY = {5: "It still learns.", 30: "Here the signal is lost.", 50: "Nothing moves any more."}


def presenting(qtbot: QtBot, folder: Path, story: dict[int, str]) -> Window:
    window = trained_window(qtbot, folder)
    for step, caption in story.items():
        window.runs.rewind.go_to(step)
        window.runs.rewind.mark(caption)
    window.runs.rewind.to_first()
    window.commands["present"].trigger()
    QApplication.processEvents()
    return window


def press(window: Window, key: Qt.Key) -> None:
    QTest.keyClick(window.focusWidget() or window, key)
    QApplication.processEvents()


@pytest.mark.parametrize(
    ("on", "back"), [(Qt.Key.Key_Right, Qt.Key.Key_Left), (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp)]
)
def test_that_keys_and_a_remote_control_walk_the_story(
    qtbot: QtBot, tmp_path: Path, on: Qt.Key, back: Qt.Key
) -> None:
    window = presenting(qtbot, tmp_path, STORY)
    caption = window.story.caption
    assert caption.isHidden()
    for step, words in STORY.items():
        press(window, on)
        assert window.runs.rewind.at == step
        assert caption.isVisible()
        assert caption.text() == words
        assert window.rect().contains(caption.geometry())
    press(window, on)
    assert window.runs.rewind.at == 50
    press(window, back)
    assert (window.runs.rewind.at, caption.text()) == (30, STORY[30])
    press(window, Qt.Key.Key_F5)
    assert caption.isHidden()


def test_that_a_key_blanks_the_screen_and_the_story_goes_on(qtbot: QtBot, tmp_path: Path) -> None:
    window = presenting(qtbot, tmp_path, STORY)
    press(window, Qt.Key.Key_Right)
    press(window, Qt.Key.Key_B)
    blank = window.findChild(Blank)
    assert blank is not None
    assert blank.isVisible()
    press(window, Qt.Key.Key_Right)
    assert blank.isHidden()
    assert window.runs.rewind.at == 5
    press(window, Qt.Key.Key_Right)
    assert window.runs.rewind.at == 30
    press(window, Qt.Key.Key_F5)


def test_that_without_a_story_and_without_presenting_the_keys_are_free(qtbot: QtBot, tmp_path: Path) -> None:
    window = presenting(qtbot, tmp_path, {})
    assert not window.commands["story_on"].isEnabled()
    press(window, Qt.Key.Key_F5)
    window.runs.rewind.go_to(5)
    window.runs.rewind.mark("Now there is one.")
    assert not window.commands["story_on"].isEnabled()
    press(window, Qt.Key.Key_F5)
    assert window.commands["story_on"].isEnabled()
    press(window, Qt.Key.Key_F5)
