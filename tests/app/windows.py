"""A window for a test, which closes without a question when the test is over."""

from collections.abc import Callable
from pathlib import Path

from pytestqt.qtbot import QtBot

from vgviewer.app.preferences import Preferences
from vgviewer.app.window import Window
from vgviewer.experiment import Experiment
from vgviewer.runner import Run


def make_window(qtbot: QtBot, folder: Path, make_run: Callable[[Experiment], Run] = Run) -> Window:
    """With preferences of its own in `folder`."""
    window = Window(Preferences(folder / "settings.ini"), make_run)
    qtbot.addWidget(window, before_close_func=_settle)
    return window


def _settle(window: Window) -> None:
    window.document.let_go()
