"""A figure is read back as a stranger would read it."""

import xml.etree.ElementTree as ElementTree
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from tests.app.frames_by_hand import vanishing_history
from vgviewer.app import theme
from vgviewer.app.figure import FigureError, grab_window, render_view
from vgviewer.app.views import VIEWS


@pytest.fixture(autouse=True)
def dressed(qapp: QApplication) -> None:
    theme.apply(qapp, theme.DARK)  # a figure has a theme of its own


@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0])
@pytest.mark.parametrize("name", VIEWS)
def test_that_a_png_has_the_size_asked_for_and_is_not_blank(tmp_path: Path, name: str, scale: float) -> None:
    out = tmp_path / "figure.png"
    render_view(name, vanishing_history(50), out, (800, 450), scale, theme.PRINT)
    image = QImage(str(out))
    assert (image.width(), image.height()) == (800 * scale, 450 * scale)
    colors = {image.pixel(x, y) for x in range(0, image.width(), 3) for y in range(0, image.height(), 3)}
    assert len(colors) > 20
    assert image.pixelColor(1, 1).name() == theme.PRINT.window


@pytest.mark.parametrize("name", VIEWS)
def test_that_an_svg_holds_its_words_as_text_and_no_photograph_of_them(tmp_path: Path, name: str) -> None:
    out = tmp_path / "figure.svg"
    render_view(name, vanishing_history(50), out, (800, 450))
    root = ElementTree.parse(out).getroot()  # noqa: S314 (our own file)
    words = " ".join(text for text in root.itertext() if text.strip())
    assert VIEWS[name].title in words
    for image in root.iter("{http://www.w3.org/2000/svg}image"):
        cells = float(image.get("width", 0)) * float(image.get("height", 0))
        assert cells < 800 * 450  # cells and the colorbar, never the whole view


def test_that_the_colors_of_a_figure_are_those_of_its_data(tmp_path: Path) -> None:
    out = tmp_path / "figure.png"
    render_view("through-time", vanishing_history(2), out, (800, 450), dress=theme.PRINT)
    image = QImage(str(out))
    row = [image.pixelColor(x, 150) for x in range(80, 672)]
    darkest, lightest = row[0], row[-1]
    assert darkest.lightness() < 60 < 200 < lightest.lightness()


def test_that_a_run_without_a_frame_gives_a_figure_that_says_so(tmp_path: Path) -> None:
    out = tmp_path / "figure.svg"
    render_view("curves", None, out, (400, 300))
    assert "loss falls" in out.read_text(encoding="utf-8")


def test_that_an_unknown_view_is_answered_with_the_known_ones(tmp_path: Path) -> None:
    with pytest.raises(FigureError, match=r"through-time, time-training, layers-training"):
        render_view("spectrum", None, tmp_path / "figure.png")


def test_that_an_unknown_ending_is_answered_with_the_known_ones(tmp_path: Path) -> None:
    with pytest.raises(FigureError, match=r"\.png or \.svg"):
        render_view("curves", None, tmp_path / "figure.bmp")


@pytest.mark.parametrize("ending", ["png", "svg"])
def test_that_a_missing_folder_is_named(tmp_path: Path, ending: str) -> None:
    with pytest.raises(FigureError, match="nowhere"):
        render_view("curves", None, tmp_path / "nowhere" / f"figure.{ending}")


@pytest.mark.parametrize("ending", ["png", "svg"])
def test_that_a_folder_in_the_way_stays_and_leaves_no_litter(tmp_path: Path, ending: str) -> None:
    out = tmp_path / f"figure.{ending}"
    out.mkdir()
    with pytest.raises(FigureError, match="figure"):
        render_view("curves", None, out, (400, 300))
    assert list(tmp_path.iterdir()) == [out]


@pytest.mark.parametrize(
    ("size", "scale"), [((0, 10), 1.0), ((10, 10), 0.0), ((10, 10), np.nan), ((50000, 50000), 1.0)]
)
def test_that_an_absurd_size_is_refused(tmp_path: Path, size: tuple[int, int], scale: float) -> None:
    with pytest.raises(FigureError, match="cannot be drawn"):
        render_view("curves", None, tmp_path / "figure.png", size, scale)


def test_that_a_widget_is_grabbed_at_a_scale(tmp_path: Path) -> None:
    label = QLabel("words")
    label.resize(120, 40)
    grab_window(label, tmp_path / "window.png", 2.0)
    assert QImage(str(tmp_path / "window.png")).width() == 240
    label.deleteLater()


def test_that_a_figure_has_no_mark_of_what_was_clicked(qtbot: QtBot, tmp_path: Path) -> None:
    history = vanishing_history(4)
    pictures = []
    for clicked in (None, "rnn1"):
        view = VIEWS["layers-training"]()
        qtbot.addWidget(view)
        view.set_history(history)
        view.select(clicked)
        view.refresh()
        path = tmp_path / f"{clicked}.png"
        render_view("layers-training", history, path, size=(600, 300), like=view)
        pictures.append(QImage(str(path)))
    assert pictures[0] == pictures[1]
