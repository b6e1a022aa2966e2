"""U07: opens to the last session or the welcome page, per setting; the window is always on a visible screen."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QRect
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.app.windows import make_window
from vgviewer.app import boot, placement
from vgviewer.app.choices import Place
from vgviewer.app.window import FIRST_PRESET, Window
from vgviewer.experiment import find, load

Show = Callable[[], Window]
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
ONE_SCREEN = [QRect(0, 0, 1280, 800)]


@pytest.fixture
def start(qtbot: QtBot, tmp_path: Path) -> Show:
    """As the program does it, without a file on the command line."""

    def started() -> Window:
        window = make_window(qtbot, tmp_path)
        boot.place(window)
        window.show()
        window.open_first(None)
        QApplication.processEvents()
        return window

    return started


def end(window: Window) -> None:
    window.document.let_go()
    window.close()


def test_that_the_first_start_shows_the_welcome_page(start: Show) -> None:
    window = start()
    assert window.stage.is_welcome
    assert window.document.preset == FIRST_PRESET


@pytest.mark.parametrize("choice", ["welcome", "last"])
def test_that_the_next_start_follows_the_setting(start: Show, choice: str) -> None:
    window = start()
    window.preferences.choose(start_with=choice)
    window.files.open_preset("lstm-default")
    end(window)
    again = start()
    assert again.stage.is_welcome == (choice == "welcome")
    assert (again.document.preset == "lstm-default") == (choice == "last")


def test_that_a_file_of_ones_own_is_opened_again(start: Show, tmp_path: Path) -> None:
    window = start()
    window.preferences.choose(start_with="last")
    window.document.replace(load(find("lstm-default")), None)
    window.document.save(tmp_path / "mine.vgnet.json")
    end(window)
    again = start()
    assert again.document.path == tmp_path / "mine.vgnet.json"
    end(again)
    (tmp_path / "mine.vgnet.json").unlink()
    assert start().document.preset == FIRST_PRESET
    assert QApplication.activeModalWidget() is None


def test_that_the_window_is_where_it_was(start: Show, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(placement, "screens", lambda: ONE_SCREEN)
    window = start()
    window.setGeometry(40, 50, 1100, 700)
    end(window)
    assert start().geometry() == QRect(40, 50, 1100, 700)


@pytest.mark.parametrize(
    "place",
    [
        Place(x=5000, y=100, width=1100, height=700),  # on a screen that is gone
        Place(x=-3000, y=-3000, width=1100, height=700),
        Place(x=100, y=780, width=1100, height=700),  # nothing left to drag it by
        Place(x=0, y=0, width=50_000, height=50_000),
        Place(x=90_000, y=90_000, width=1, height=1, is_maximized=True),
    ],
)
def test_that_a_window_out_of_sight_comes_back(
    start: Show, monkeypatch: pytest.MonkeyPatch, place: Place
) -> None:
    monkeypatch.setattr(placement, "screens", lambda: ONE_SCREEN)
    window = start()
    end(window)
    window.preferences.note(window=place)
    again = start()
    if not again.isMaximized():
        assert ONE_SCREEN[0].contains(again.geometry())
    assert ONE_SCREEN[0].contains(again.geometry().topLeft())
