"""U50: presentation mode (F5): bigger everything (factor setting 125-250 %), chrome hidden, cursor highlight,
pointer and zoom key; >= 20 pt text.

At 96 dots per inch 20 points are 27 px. Esc or F5 leaves, and everything is as it was.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager
from functools import partial
from pathlib import Path

import numpy as np
import pytest
from pydantic import ValidationError
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor, QCursor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from tests.app.filled import filled_window, picture, seen, settle, words_of
from vgviewer.app import theme
from vgviewer.app.pointer import Lens, Ring
from vgviewer.app.presentation import Blank
from vgviewer.app.window import Window

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")
ROOM = (1600, 900)
POINTS = 20
AFAR = ("title", "section", "muted")  # captions name ticks and units


Show = Callable[[], AbstractContextManager[Window]]


@pytest.fixture
def show(qapp: QApplication, tmp_path: Path) -> Show:
    """A window that dies with the test's own variables."""
    return partial(filled_window, tmp_path, size=ROOM)


def press(window: Window, key: Qt.Key, times: int = 1) -> None:
    for _ in range(times):
        QTest.keyClick(window.focusWidget() or window, key)
    QApplication.processEvents()
    window.resize(*ROOM)  # offscreen's own screen is smaller than any
    settle(window)


def apart(one: QImage, other: QImage) -> float:
    """The mean difference of two pictures of one size, from 0 to 255."""
    arrays = [
        np.frombuffer(image.convertToFormat(QImage.Format.Format_RGB32).constBits(), np.uint8).astype(float)
        for image in (one, other)
    ]
    return float(np.abs(arrays[0] - arrays[1]).mean())


def test_that_f5_hides_what_is_not_for_the_room(show: Show) -> None:
    with show() as window:
        QTest.keyClick(window.focusWidget() or window, Qt.Key.Key_F5)
        assert window.isFullScreen()
        settle(window)
        for hidden in (window.menuBar(), window.status, window.desk.layers, window.desk.presets):
            assert not seen(hidden)
        for shown in (window.top_bar, window.desk.network.canvas, window.desk.view("through-time")):
            assert seen(shown)


def test_that_everything_is_larger_by_the_factor_that_was_set(show: Show) -> None:
    with show() as window:
        before = window.top_bar.height(), window.desk.view("through-time").header.font().pixelSize()
        for percent in (125, 150, 250):
            window.preferences.choose(presentation_size=percent)
            press(window, Qt.Key.Key_F5)
            assert window.top_bar.height() == round(before[0] * percent / 100)
            assert theme.factor() == percent / 100
            press(window, Qt.Key.Key_F5)
            assert window.top_bar.height() == before[0]


@pytest.mark.parametrize("percent", [124, 251])
def test_that_the_factor_has_limits(show: Show, percent: int) -> None:
    with show() as window, pytest.raises(ValidationError):
        window.preferences.choose(presentation_size=percent)


@pytest.mark.parametrize("percent", [125, 150])
def test_that_what_is_read_from_afar_has_20_points(show: Show, percent: int) -> None:
    with show() as window:
        window.preferences.choose(presentation_size=percent)
        press(window, Qt.Key.Key_F5)
        inch = window.logicalDpiY()
        said = []
        for label in window.findChildren(QLabel):
            if seen(label) and words_of(label) and label.property("role") in AFAR:
                assert label.font().pixelSize() * 72 / inch >= POINTS, words_of(label)
                said.append(words_of(label))
        assert window.top_bar._first.font().pixelSize() * 72 / inch >= POINTS
        assert len(said) >= 4
        assert "Gradient through time" in said


@pytest.mark.parametrize("leave", [Qt.Key.Key_F5, Qt.Key.Key_Escape])
def test_that_everything_is_as_it_was_afterwards(show: Show, leave: Qt.Key) -> None:
    with show() as window:
        window.desk.panes["notes"].raise_()
        settle(window)
        before = picture(window)
        press(window, Qt.Key.Key_F5)
        assert picture(window) != before
        press(window, leave)
        assert not window.presentation.is_on
        assert not window.isFullScreen()
        assert picture(window) == before
        assert not window.commands["present"].isChecked()


def test_that_keys_work_while_the_menus_are_hidden(show: Show) -> None:
    with show() as window:
        press(window, Qt.Key.Key_F5)
        window.live.reset()
        QTest.keyClick(window.desk.network.canvas, Qt.Key.Key_Space)
        assert window.live.state in ("loading", "running")


def test_that_a_ring_follows_the_pointer_and_lets_clicks_through(show: Show) -> None:
    with show() as window:
        press(window, Qt.Key.Key_F5)
        ring = window.findChild(Ring)
        assert ring is not None
        assert seen(ring)
        QCursor.setPos(window.mapToGlobal(QPoint(400, 300)))
        ring.follow()
        assert (ring.geometry().center() - QPoint(400, 300)).manhattanLength() <= 2
        assert ring.testAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        around = picture(window).copy(ring.geometry())
        ring.hide()
        assert around != picture(window).copy(ring.geometry())
        press(window, Qt.Key.Key_F5)
        assert ring.isHidden()
        assert not ring._clock.isActive()


def test_that_z_shows_a_lens_that_enlarges_what_is_under_the_pointer(show: Show) -> None:
    with show() as window:
        press(window, Qt.Key.Key_F5)
        for ring in window.findChildren(Ring):
            ring.hide()
        picture_of = window.desk.view("through-time")
        middle = picture_of.mapTo(window, picture_of.rect().center())
        QCursor.setPos(window.mapToGlobal(middle))
        plain = picture(window)
        press(window, Qt.Key.Key_Z)
        lens = window.findChild(Lens)
        assert lens is not None
        assert seen(lens)
        lens.follow()
        large = picture(window)
        inner = QRect(0, 0, 200, 120)
        inner.moveCenter(middle)
        half = QRect(0, 0, 100, 60)
        half.moveCenter(middle)
        expected = plain.copy(half).scaled(inner.size())
        assert apart(large.copy(inner), expected) < apart(large.copy(inner), plain.copy(inner)) / 2
        press(window, Qt.Key.Key_Z)
        assert lens.isHidden()
        assert not lens._clock.isActive()


def test_that_b_blanks_the_screen_until_any_key(show: Show) -> None:
    with show() as window:
        press(window, Qt.Key.Key_F5)
        for ring in window.findChildren(Ring):
            ring.hide()
        before = picture(window)
        press(window, Qt.Key.Key_B)
        assert {picture(window).pixelColor(x, 200).name() for x in range(0, window.width(), 40)} == {
            "#000000"
        }
        press(window, Qt.Key.Key_Space)
        blank = window.findChild(Blank)
        assert blank is not None
        assert blank.isHidden()
        assert window.live.state == "ended", "the key that ended it did nothing else"
        settle(window)
        assert picture(window) == before
        assert window.presentation.is_on


def test_that_letters_are_letters_when_nobody_presents(show: Show) -> None:
    with show() as window:
        press(window, Qt.Key.Key_B)
        press(window, Qt.Key.Key_Z)
        assert window.findChild(Blank) is None
        assert window.findChild(Lens) is None
        assert not window.commands["blank"].isEnabled()


def test_that_the_ring_is_in_the_accent(show: Show) -> None:
    with show() as window:
        press(window, Qt.Key.Key_F5)
        ring = window.findChild(Ring)
        assert ring is not None
        image = ring.grab().toImage()
        pixel = image.pixelColor(round(image.width() * 0.9), image.height() // 2)
        accent = QColor(theme.current().accent)
        assert abs(pixel.hslHue() - accent.hslHue()) <= 12
