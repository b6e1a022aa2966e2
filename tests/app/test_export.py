"""Pictures of the window and of its views, as files."""

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from unittest.mock import Mock

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.app.runs_by_hand import experiment, messages
from tests.app.windows import make_window
from vgviewer.app import dialogs, theme
from vgviewer.app.export import ExportDialog
from vgviewer.app.window import Window
from vgviewer.app.window_figure import render_window
from vgviewer.runner import Session

Show = Callable[[], Window]


@pytest.fixture(autouse=True)
def dressed(qapp: QApplication) -> Iterator[None]:
    theme.apply(qapp, theme.LIGHT)
    yield
    theme.apply(qapp, theme.LIGHT)


@pytest.fixture
def show(qtbot: QtBot, tmp_path: Path) -> Show:
    """Makes a window, never shown, on a run that is over; it dies with the test's own variables."""
    return partial(_made, qtbot, tmp_path)


def _made(qtbot: QtBot, folder: Path) -> Window:
    window = make_window(qtbot, folder)
    window.document.replace(experiment(), None)
    window.live.show(trained())
    return window


def trained() -> Session:
    """A run of 30 steps."""
    session = Session(experiment())
    for message in messages(30):
        session.take(message)
    return session


@pytest.mark.parametrize(("what", "format_"), [("window", ".png"), ("curves", ".png"), ("curves", ".svg")])
def test_that_a_picture_is_exported_under_a_name_that_says_what_it_is(
    show: Show, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, what: str, format_: str
) -> None:
    window = show()

    def choose(dialog: ExportDialog) -> int:
        dialog.format.setCurrentIndex(dialog.format.findData(format_))
        dialog.what.setCurrentIndex(dialog.what.findData(what))
        return 1

    out = tmp_path / f"picture{format_}"
    asked = Mock(return_value=out)
    monkeypatch.setattr(ExportDialog, "exec", choose)
    monkeypatch.setattr(dialogs, "ask_save_path", asked)
    window.export_picture()
    assert asked.call_args.args[1].name == f"A small network-step29{format_}"
    assert out.stat().st_size > 2000
    assert window.status.words.text() == f"Picture saved to {out}."


def test_that_a_picture_that_cannot_be_written_is_said(
    show: Show, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    window = show()
    monkeypatch.setattr(ExportDialog, "exec", lambda dialog: 1)
    monkeypatch.setattr(dialogs, "ask_save_path", Mock(return_value=tmp_path / "none" / "a.png"))
    window.export_picture()
    assert "does not exist" in window.status.words.text()


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_that_the_window_is_drawn_without_a_display(qapp: QApplication, tmp_path: Path, scale: float) -> None:
    out = tmp_path / "window.png"
    render_window(trained(), out, (1200, 800), scale, theme.DARK)
    image = QImage(str(out))
    assert (image.width(), image.height()) == (1200 * scale, 800 * scale)
    assert image.pixelColor(2, int(400 * scale)).name() == theme.DARK.window
    assert theme.current() is theme.LIGHT
