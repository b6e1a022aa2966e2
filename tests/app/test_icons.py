"""One set of icons, in the theme's colors."""

from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QIcon
from PySide6.QtWidgets import QApplication

from vgviewer.app import theme
from vgviewer.app.icons import icon
from vgviewer.resources import RESOURCES

FILES = sorted((RESOURCES / "icons").glob("*.svg"))


def inked(drawn: QIcon, side: int = 32) -> set[str]:
    """The colors of the opaque pixels."""
    image = drawn.pixmap(QSize(side, side)).toImage()
    pixels = [image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height())]
    return {pixel.name() for pixel in pixels if pixel.alpha() == 255}


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_that_every_icon_is_drawn(qapp: QApplication, file: Path) -> None:
    theme.apply(qapp, theme.LIGHT)
    assert inked(icon(file.stem))


def test_that_an_icon_follows_the_theme(qapp: QApplication) -> None:
    drawn = icon("play")
    theme.apply(qapp, theme.DARK)
    assert inked(drawn) == {theme.DARK.text}
    theme.apply(qapp, theme.LIGHT)
    assert inked(drawn) == {theme.LIGHT.text}


def test_that_an_icon_keeps_a_color_of_its_own(qapp: QApplication) -> None:
    assert inked(icon("play", "#ff0000")) == {QColor("#ff0000").name()}


def test_that_an_icon_is_drawn_anew_at_a_higher_scale(qapp: QApplication) -> None:
    pixmap = icon("play").pixmap(QSize(16, 16), 3.0)
    assert pixmap.width() == 48


def test_that_an_unknown_icon_is_an_error_at_once(qapp: QApplication) -> None:
    with pytest.raises(FileNotFoundError):
        icon("no-such-icon")


def test_that_an_icon_without_room_is_no_error(qapp: QApplication) -> None:
    assert icon("play").pixmap(QSize(0, 0)).isNull()
