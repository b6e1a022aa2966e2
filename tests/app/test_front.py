"""In front stands a picture that the network can fill."""

from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.app.windows import make_window
from vgviewer.app.desk import LAYOUTS
from vgviewer.app.window import Window

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
Show = Callable[[], Window]
OVER_TIME, OVER_LAYERS = "rnn-forgets", "relu-30-he"


@pytest.fixture
def show(qtbot: QtBot, tmp_path: Path) -> Show:
    """Makes a window in the layout Watch that dies with the test's own variables."""

    def shown() -> Window:
        window = make_window(qtbot, tmp_path)
        window.resize(1440, 900)
        window.show()
        window.files.open_preset(OVER_TIME)
        qtbot.waitUntil(lambda: is_front(window, "through-time"))
        return window

    return shown


def is_front(window: Window, name: str) -> bool:
    """Whether its content is what can be seen in its place."""
    view = window.desk.views.get(name)
    return view is not None and view.isVisible() and not view.visibleRegion().isEmpty()


def test_that_a_network_without_recurrence_is_met_by_a_picture_of_its_layers(
    qtbot: QtBot, show: Show
) -> None:
    window = show()
    window.files.open_preset(OVER_LAYERS)
    qtbot.waitUntil(lambda: is_front(window, "two-lenses"))
    assert not is_front(window, "through-time")
    window.files.open_preset(OVER_TIME)
    qtbot.waitUntil(lambda: is_front(window, "through-time"))
    assert not is_front(window, "two-lenses")


def test_that_what_the_person_brings_forward_stays(qtbot: QtBot, show: Show) -> None:
    window = show()
    window.files.open_preset(OVER_LAYERS)
    qtbot.waitUntil(lambda: is_front(window, "two-lenses"))
    window.desk.bring("units")
    window.files.open_preset(OVER_TIME)
    qtbot.waitUntil(lambda: is_front(window, "units"))
    window.files.open_preset(OVER_LAYERS)
    qtbot.wait(20)
    assert is_front(window, "units")
    window.desk.bring("through-time")  # to read what it says
    window.document.select("training")
    qtbot.wait(20)
    assert is_front(window, "through-time")


def test_that_another_layout_fits_the_network_too(qtbot: QtBot, show: Show) -> None:
    window = show()
    window.files.open_preset(OVER_LAYERS)
    window.desk.arrange(LAYOUTS["build"])
    qtbot.waitUntil(lambda: is_front(window, "curves"))
    assert not is_front(window, "through-time")


def test_that_the_arrangement_is_remembered_as_the_person_left_it(qtbot: QtBot, show: Show) -> None:
    window = show()
    window.files.open_preset(OVER_LAYERS)
    qtbot.waitUntil(lambda: is_front(window, "two-lenses"))
    window.desk.remember()
    assert is_front(window, "two-lenses")
    again = show()
    qtbot.wait(50)
    assert is_front(again, "through-time")
