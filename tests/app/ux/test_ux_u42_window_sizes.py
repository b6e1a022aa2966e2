"""U42: usable at 1024x768 and at 3840x2160; splitters have sensible minima."""

from pathlib import Path

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QApplication

from tests.app.filled import filled_window, seen, settle
from vgviewer.app.window import Window

LEAST = {"through-time": (240, 120), "inspector": (240, 160), "alerts": (240, 120), "palette": (150, 120)}
SHOWN = {
    "build": ("palette", "inspector", "through-time"),
    "watch": ("palette", "inspector", "alerts", "through-time"),
    "teach": ("through-time",),
}


@pytest.mark.parametrize("size", [(1024, 768), (3840, 2160)])
@pytest.mark.parametrize("layout", SHOWN)
def test_that_every_part_has_room_for_what_it_shows(
    qapp: QApplication, tmp_path: Path, size: tuple[int, int], layout: str
) -> None:
    with filled_window(tmp_path, size=size, layout=layout) as window:
        assert window.size() == QSize(*size)
        for name in SHOWN[layout]:
            pane = window.desk.panes[name]
            assert seen(pane), name
            assert pane.width() >= LEAST[name][0], name
            assert pane.height() >= LEAST[name][1], name
        assert window.desk.network.canvas.height() >= 120
        assert_nothing_sticks_out(window)


def test_that_the_sides_do_not_eat_a_wide_screen(qapp: QApplication, tmp_path: Path) -> None:
    with filled_window(tmp_path, size=(3840, 2160)) as window:
        middle = window.desk.network.width()
        assert middle >= 0.7 * window.width()


def test_that_a_separator_cannot_squeeze_a_pane_to_nothing(qapp: QApplication, tmp_path: Path) -> None:
    with filled_window(tmp_path, size=(1280, 800)) as window:
        for name in ("palette", "inspector", "through-time", "alerts"):
            pane = window.desk.panes[name]
            for orientation in (Qt.Orientation.Horizontal, Qt.Orientation.Vertical):
                window.desk.resizeDocks([pane], [1], orientation)
            settle(window)
            assert pane.width() >= 120, name
            assert pane.height() >= 60, name


def test_that_the_window_itself_has_a_least_size(qapp: QApplication, tmp_path: Path) -> None:
    with filled_window(tmp_path, size=(1024, 768)) as window:
        window.resize(1, 1)
        settle(window)
        least = window.minimumSize().expandedTo(window.minimumSizeHint())
        assert least.width() <= 1024
        assert least.height() <= 768


def assert_nothing_sticks_out(window: Window) -> None:
    """Every pane lies wholly within the desk."""
    for name, pane in window.desk.panes.items():
        if seen(pane):
            assert window.desk.rect().contains(pane.geometry()), name
