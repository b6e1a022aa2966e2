"""U69: a right-to-left layout does not break.

The same window from right to left: every part is there, nothing lies on its neighbor, and pictures run as before: time
is an axis, not a text.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from tests.app.filled import filled_window, picture, seen
from vgviewer.app.window import Window


@contextmanager
def mirrored(folder: Path, layout: str) -> Iterator[Window]:
    """As `vgviewer -reverse` has it."""
    QApplication.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    try:
        with filled_window(folder, layout=layout) as window:
            yield window
    finally:
        QApplication.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


def middle(widget: QWidget) -> int:
    return widget.mapTo(widget.window(), widget.rect().center()).x()


@pytest.mark.parametrize("layout", ["build", "watch", "teach"])
def test_that_the_window_is_mirrored_and_whole(qapp: QApplication, tmp_path: Path, layout: str) -> None:
    with filled_window(tmp_path / "left", layout=layout) as window:
        names = {name for name, pane in window.desk.panes.items() if seen(pane)}
        train, figure = middle(window.top_bar.train), middle(window.top_bar.figure)
        assert train < figure
        size = window.size()
    with mirrored(tmp_path / "right", layout) as window:
        assert {name for name, pane in window.desk.panes.items() if seen(pane)} == names
        assert middle(window.top_bar.train) > middle(window.top_bar.figure)
        assert window.size() == size
        places = [pane.geometry() for pane in window.desk.panes.values() if seen(pane)]
        places.append(window.desk.network.geometry())
        for one in range(len(places)):
            for other in range(one):
                assert not places[one].intersects(places[other])


def test_that_time_still_runs_to_the_right(qapp: QApplication, tmp_path: Path) -> None:
    grabs = []
    for make in (filled_window, mirrored):
        with make(tmp_path / make.__name__, layout="watch") as window:
            view = window.desk.view("through-time")
            plot = view.plot
            grabs.append(
                [picture(plot).pixelColor(plot.position_of(t, 0.5).toPoint()) for t in (2, 8, 14, 19)]
            )
    assert grabs[0] == grabs[1]
