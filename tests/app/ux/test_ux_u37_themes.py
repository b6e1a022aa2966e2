"""U37: light, dark, high contrast, follow the system; a live switch repaints every item including curves and color
bars.

A window that was switched while it was open is the same picture, pixel for pixel, as one that was born in the theme.
"""

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.app.filled import filled_window, picture, settle
from tests.app.windows import make_window
from vgviewer.app import theme
from vgviewer.app.report import Report

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # offscreen says so for every dialog

CHOICES = ("light", "dark", "contrast")
LAYOUTS = ("build", "watch", "teach")


def pixels(image: QImage) -> NDArray[np.uint8]:
    return np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.width(), 4)[..., :3]


def differing(one: QImage, other: QImage) -> int:
    assert one.size() == other.size()
    return int((pixels(one) != pixels(other)).any(axis=2).sum())


@pytest.mark.parametrize("chosen", CHOICES)
@pytest.mark.parametrize("layout", LAYOUTS)
def test_that_a_window_switched_live_is_the_one_born_in_the_theme(
    qapp: QApplication, tmp_path: Path, chosen: str, layout: str
) -> None:
    other = CHOICES[CHOICES.index(chosen) - 1]
    with filled_window(tmp_path / "switched", layout=layout, theme=other) as window:
        before = picture(window)
        window.commands[chosen].trigger()
        settle(window)
        switched = picture(window)
    with filled_window(tmp_path / "born", layout=layout, theme=chosen) as window:
        born = picture(window)
    assert differing(before, born) > born.width() * born.height() / 10
    assert differing(switched, born) == 0


@pytest.mark.parametrize("chosen", CHOICES)
def test_that_an_open_dialog_follows_too(qapp: QApplication, tmp_path: Path, chosen: str) -> None:
    other = CHOICES[CHOICES.index(chosen) - 1]
    grabs = []
    for first in (other, chosen):
        with filled_window(tmp_path / first, theme=first) as window:
            dialog = Report(window, "Training stopped", "A sentence.", "An advice.", "details\nof it")
            dialog.open()
            window.commands[chosen].trigger()
            settle(window)
            grabs.append(picture(dialog))
            dialog.reject()
    assert differing(*grabs) == 0


def test_that_all_four_can_be_chosen_in_the_menu_and_are_kept(qtbot: QtBot, tmp_path: Path) -> None:
    window = make_window(qtbot, tmp_path)
    for name, worn in (("dark", theme.DARK), ("contrast", theme.CONTRAST), ("light", theme.LIGHT)):
        window.commands[name].trigger()
        assert theme.current() is worn
        assert window.preferences.theme == name
        assert window.commands[name].isChecked()
    window.commands["system"].trigger()
    assert window.preferences.theme == "system"
    assert window.commands["system"].isChecked()


def test_that_the_desktop_is_followed_while_that_is_the_choice(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path
) -> None:
    """Offscreen has no desktop that could change; the signal is the one that Qt sends then."""
    window = make_window(qtbot, tmp_path)
    window.commands["system"].trigger()
    qapp.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    assert theme.current() is theme.DARK
    qapp.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Light)
    assert theme.current() is theme.LIGHT
    window.commands["contrast"].trigger()
    qapp.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    assert theme.current() is theme.CONTRAST
    theme.apply(qapp, theme.LIGHT)
