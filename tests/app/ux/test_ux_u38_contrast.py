"""U38: text contrast >= 4.5:1, graphics and controls >= 3:1, focus ring visible in each theme.

Computed from the palette, and from what reaches the screen.
"""

import itertools
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QCheckBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QListWidget,
    QPlainTextEdit,
    QPushButton,
    QSlider,
    QSpinBox,
    QToolButton,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from tests.app.contrast import contrast, ground_and_ink
from tests.app.filled import filled_window, picture, seen, words_of
from vgviewer.app import theme
from vgviewer.app.fade import Fade
from vgviewer.app.theme import CONTRAST, DARK, LIGHT, THEMES, Theme

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # offscreen says so for every small window

WORN = {dress.name: dress for dress in (LIGHT, DARK, CONTRAST)}
GROUNDS = ("window", "surface", "raised")
UNDER_WORDS = (*GROUNDS, "accent_soft", "hover")  # a chosen row, a soft button; what is pointed at
TEXTS = ("text", "text_muted", "accent", "vanishing", "exploding", "warning", "healthy", "baseline")
GRAPHICS = ("edge", "accent", "curve", "curve_raw", "not_finite", "exact_zero", "vanishing", "exploding")
LEAST_TEXT, LEAST_GRAPHIC = 4.5, 3.0
LEAST_RING = 30  # pixels that change


@pytest.mark.parametrize("dress", THEMES.values(), ids=THEMES)
@pytest.mark.parametrize(("color", "ground"), list(itertools.product(TEXTS, UNDER_WORDS)))
def test_that_words_stand_out_from_their_ground(dress: Theme, color: str, ground: str) -> None:
    assert contrast(getattr(dress, color), getattr(dress, ground)) >= LEAST_TEXT


@pytest.mark.parametrize("dress", THEMES.values(), ids=THEMES)
@pytest.mark.parametrize(("color", "ground"), list(itertools.product(GRAPHICS, GROUNDS)))
def test_that_graphics_and_controls_stand_out_from_their_ground(
    dress: Theme, color: str, ground: str
) -> None:
    assert contrast(getattr(dress, color), getattr(dress, ground)) >= LEAST_GRAPHIC


@pytest.mark.parametrize("name", WORN)
def test_that_high_contrast_is_higher(name: str) -> None:
    text, muted = (7.0, 7.0) if name == "contrast" else (LEAST_TEXT, LEAST_TEXT)
    dress = WORN[name]
    assert contrast(dress.text, dress.window) >= text
    assert contrast(dress.text_muted, dress.window) >= muted


@pytest.mark.parametrize("name", WORN)
def test_that_every_word_on_the_screen_can_be_read(qapp: QApplication, tmp_path: Path, name: str) -> None:
    """At twice the size a letter's stem is wider than a pixel, and shows its color."""
    with filled_window(tmp_path, size=(2400, 1500), theme=name, text_size=200) as window:
        whole, looked_at = picture(window), 0
        for widget in window.findChildren(QWidget):
            if not isinstance(widget, QLabel | QAbstractButton) or not seen(widget) or not words_of(widget):
                continue
            if not widget.isEnabled():
                continue  # what cannot be used now is not held to it
            if fades(window, widget):
                continue  # half below the edge: it is read when it is scrolled to
            part = widget.visibleRegion().boundingRect()
            image = whole.copy(part.translated(widget.mapTo(window, widget.rect().topLeft())))
            ground, ink = ground_and_ink(image)
            assert contrast(ground, ink) >= LEAST_TEXT, (words_of(widget), ground, ink)
            looked_at += 1
    assert looked_at > 25


def fades(window: QWidget, widget: QWidget) -> bool:
    """Whether it reaches into what goes on below the edge of its place."""
    box = QRect(widget.mapTo(window, QPoint(0, 0)), widget.size())
    shades = [
        fade
        for fade in window.findChildren(Fade)
        if fade.isVisible() and fade.parentWidget().isAncestorOf(widget)
    ]
    return any(QRect(fade.mapTo(window, QPoint(0, 0)), fade.size()).intersects(box) for fade in shades)


def line_edit() -> QWidget:
    return QLineEdit("words")


def text_edit() -> QWidget:
    return QPlainTextEdit("words")


def spin_box() -> QWidget:
    return QSpinBox()


def combo_box() -> QWidget:
    made = QComboBox()
    made.addItems(["one", "two"])
    return made


def check_box() -> QWidget:
    return QCheckBox("words")


def slider() -> QWidget:
    return QSlider(Qt.Orientation.Horizontal)


def list_of_words() -> QWidget:
    made = QListWidget()
    made.addItems(["one", "two"])
    made.setCurrentRow(0)
    return made


def button() -> QWidget:
    return QPushButton("words")


def primary_button() -> QWidget:
    made = QPushButton("words")
    made.setProperty("primary", True)
    return made


def soft_button() -> QWidget:
    made = QPushButton("words")
    made.setProperty("role", "soft")
    return made


def flat_button() -> QWidget:
    made = QPushButton("words")
    made.setFlat(True)
    return made


def link() -> QWidget:
    made = QToolButton()
    made.setText("words")
    made.setProperty("role", "link")
    made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return made


CONTROLS = (
    line_edit, text_edit, spin_box, combo_box, check_box, slider, list_of_words, button, primary_button,
    soft_button, flat_button, link,
)  # fmt: skip


@pytest.mark.parametrize("name", WORN)
@pytest.mark.parametrize("make", CONTROLS, ids=lambda make: make.__name__)
def test_that_the_focus_is_seen(
    qtbot: QtBot, qapp: QApplication, name: str, make: Callable[[], QWidget]
) -> None:
    theme.apply(qapp, WORN[name])
    place = QWidget()
    qtbot.addWidget(place)
    column, other, control = QVBoxLayout(place), QPushButton("other"), make()
    for part in (other, control):
        column.addWidget(part)
    place.show()
    place.activateWindow()
    qtbot.waitUntil(place.isActiveWindow)
    other.setFocus()
    without = picture(control)
    control.setFocus(Qt.FocusReason.TabFocusReason)
    assert control.hasFocus()
    within = picture(control)
    changed = [
        (x, y)
        for x in range(within.width())
        for y in range(within.height())
        if contrast(within.pixelColor(x, y).name(), without.pixelColor(x, y).name()) >= LEAST_GRAPHIC
    ]
    assert len(changed) >= LEAST_RING, "too little of it changes enough to be noticed"
    theme.apply(qapp, LIGHT)
