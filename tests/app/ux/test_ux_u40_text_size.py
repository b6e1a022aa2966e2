"""U40: Ctrl+/-/0 scales all fonts 80-300 %; nothing clipped at 200 % on 1280x800.

A sentence beside a title may end in … where there is no room, if its tooltip says the whole of it.
"""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QLabel
from pytestqt.qtbot import QtBot

from tests.app.clipped import cut_off
from tests.app.filled import filled_window, picture, seen, settle, words_of
from tests.app.windows import make_window
from vgviewer.app import theme
from vgviewer.app.preferences import Preferences
from vgviewer.app.text_size import SIZES
from vgviewer.app.window import Window

CONTROL = Qt.KeyboardModifier.ControlModifier


def press(window: Window, key: Qt.Key) -> None:
    QTest.keyClick(window, key, CONTROL)
    QApplication.processEvents()


def test_that_the_keys_go_from_80_to_300_percent_and_back(qtbot: QtBot, tmp_path: Path) -> None:
    window = make_window(qtbot, tmp_path)
    window.show()
    title = window.top_bar._title
    seen_sizes = []
    for _ in SIZES:
        press(window, Qt.Key.Key_Minus)
    for _ in SIZES:
        seen_sizes.append((window.preferences.choices.text_size, title.font().pixelSize()))
        press(window, Qt.Key.Key_Plus)
    percents = [percent for percent, _ in seen_sizes]
    assert percents == list(SIZES)
    assert (percents[0], percents[-1]) == (80, 300)
    assert [pixels for _, pixels in seen_sizes] == [round(15 * percent / 100) for percent in SIZES]
    press(window, Qt.Key.Key_0)
    assert window.preferences.choices.text_size == 100
    assert title.font().pixelSize() == 15


def test_that_the_size_is_remembered(qtbot: QtBot, tmp_path: Path) -> None:
    window = make_window(qtbot, tmp_path)
    window.commands["larger"].trigger()
    assert Preferences(window.preferences.file).choices.text_size == 110
    window.commands["normal"].trigger()


@pytest.mark.parametrize("percent", [80, 150, 200, 300])
def test_that_every_text_grows(qapp: QApplication, tmp_path: Path, percent: int) -> None:
    with filled_window(tmp_path, size=(2400, 1600)) as window:
        labels = [label for label in window.findChildren(QLabel) if seen(label) and words_of(label)]
        before = [label.font().pixelSize() for label in labels]
        window.preferences.choose(text_size=percent)
        settle(window)
        for label, size in zip(labels, before, strict=True):
            if seen(label):
                assert abs(label.font().pixelSize() - size * percent / 100) <= 1, words_of(label)
    assert len(labels) > 20


@pytest.mark.parametrize("layout", ["build", "watch", "teach"])
def test_that_nothing_is_clipped_at_200_percent(qapp: QApplication, tmp_path: Path, layout: str) -> None:
    with filled_window(tmp_path, size=(1280, 800), layout=layout, text_size=200) as window:
        assert (window.width(), window.height()) == (1280, 800)
        assert cut_off(window) == []


def test_that_nothing_is_clipped_at_200_percent_on_the_welcome_page(
    qapp: QApplication, tmp_path: Path
) -> None:
    with filled_window(tmp_path, size=(1280, 800), text_size=200) as window:
        window.stage.show_welcome()
        settle(window)
        assert window.stage.is_welcome
        assert cut_off(window) == []


@pytest.mark.qt_log_ignore("This plugin does not support")
@pytest.mark.parametrize("name", ["preferences", "keys", "glossary", "color_vision", "about"])
def test_that_nothing_is_clipped_at_200_percent_in_a_dialog_which_has_room(
    qapp: QApplication, tmp_path: Path, name: str
) -> None:
    with filled_window(tmp_path, size=(1280, 800), text_size=200) as window:
        window.commands[name].trigger()
        settle(window)
        (dialog,) = (each for each in window.findChildren(QDialog) if each.isVisible())
        assert (dialog.width() <= 1280, dialog.height() <= 800) == (True, True), dialog.size()
        assert len(dialog.findChildren(QLabel)) + len(dialog.findChildren(QAbstractButton)) > 1
        assert cut_off(dialog) == []
        dialog.close()


def test_that_going_back_leaves_the_window_as_it_was(qapp: QApplication, tmp_path: Path) -> None:
    with filled_window(tmp_path, size=(1280, 800)) as window:
        before = picture(window)
        for percent in (200, 100):
            window.preferences.choose(text_size=percent)
            settle(window)
        assert theme.factor() == 1
        assert picture(window) == before
