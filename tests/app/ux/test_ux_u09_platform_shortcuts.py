"""U09: platform shortcuts: New, Open, Save, Save As, Undo, Redo, Copy, Preferences, Quit, F1, F11, Ctrl+/-/0; Space =
run and pause.

None is given twice, in the whole window.
"""

from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from pytestqt.qtbot import QtBot

from tests.app.windows import make_window
from vgviewer.app.commands import COMMANDS
from vgviewer.app.window import Window

Show = Callable[[], Window]
Standard = QKeySequence.StandardKey
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

CUSTOMARY = {
    "new": ("Ctrl+N", Standard.New),
    "open": ("Ctrl+O", Standard.Open),
    "save": ("Ctrl+S", Standard.Save),
    "save_as": ("Ctrl+Shift+S", None),
    "undo": ("Ctrl+Z", Standard.Undo),
    "redo": ("Ctrl+Shift+Z", None),
    "preferences": ("Ctrl+,", None),
    "quit": ("Ctrl+Q", None),
    "keys": ("F1", None),
    "full_screen": ("F11", None),
    "larger": ("Ctrl++", Standard.ZoomIn),
    "smaller": ("Ctrl+-", Standard.ZoomOut),
    "normal": ("Ctrl+0", None),
    "train": ("Space", None),
    "delete": ("Del", Standard.Delete),
    "copy": ("Ctrl+C", Standard.Copy),
}


@pytest.fixture
def show(qtbot: QtBot, tmp_path: Path) -> Show:
    """Makes a window that dies with the test's own variables."""

    def shown() -> Window:
        return make_window(qtbot, tmp_path)

    return shown


@pytest.mark.parametrize("name", CUSTOMARY)
def test_that_customary_keys_do_the_customary_things(show: Show, name: str) -> None:
    window = show()
    keys, standard = CUSTOMARY[name]
    shortcuts = window.commands[name].shortcuts()
    assert QKeySequence(keys) in shortcuts
    if standard is not None:
        assert set(QKeySequence.keyBindings(standard)) & set(shortcuts)


def test_that_no_key_is_given_twice(show: Show) -> None:
    window = show()
    window.files.open_preset("rnn-forgets")
    window.show()
    keys = [key.toString() for action in window.findChildren(QAction) for key in action.shortcuts()]
    keys += [key.key().toString() for key in window.findChildren(QShortcut)]
    assert len(keys) > len(CUSTOMARY)
    assert [key for key, count in Counter(keys).items() if count > 1] == []


def test_that_every_key_of_the_catalogue_is_one_that_qt_knows(show: Show) -> None:
    window = show()
    for command in COMMANDS:
        shortcuts = window.commands[command.id].shortcuts()
        assert len(shortcuts) == len(command.keys), command.id
        assert all(not shortcut.isEmpty() for shortcut in shortcuts), command.id
