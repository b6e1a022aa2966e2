"""The catalogue of what can be done, and the menus made of it."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from tests.app.windows import make_window
from vgviewer.app.commands import COMMANDS, MENUS, commands_of
from vgviewer.app.window import Window
from vgviewer.network import LAYERS

Show = Callable[[], Window]


@pytest.fixture
def show(qtbot: QtBot, tmp_path: Path) -> Show:
    """Makes a window that dies with the test's own variables."""
    return partial(make_window, qtbot, tmp_path)


def menus(window: Window) -> dict[str, QMenu]:
    found = {menu.title(): menu for menu in window.menuBar().findChildren(QMenu)}
    return {action.text(): found[action.text()] for action in window.menuBar().actions()}


def test_that_the_menus_stand_in_the_customary_order(show: Show) -> None:
    window = show()
    assert list(menus(window)) == ["&File", "&Edit", "&View", "&Network", "&Training", "&Help"]


def test_that_every_command_is_in_a_menu_and_every_entry_is_a_command() -> None:
    listed = [command.id for entries in MENUS.values() for command in commands_of(entries)]
    assert listed == [command.id for command in COMMANDS]
    assert len(listed) == len(set(listed))


def test_that_every_action_says_what_it_does(show: Show) -> None:
    window = show()
    for action in window.commands.values():
        assert action.text().strip(), action.objectName()
        assert len(action.toolTip()) > 5, action.objectName()


def test_that_no_two_actions_share_a_shortcut(show: Show) -> None:
    window = show()
    keys = [
        keys.toString(QKeySequence.SequenceFormat.PortableText)
        for action in window.commands.values()
        for keys in action.shortcuts()
    ]
    assert len(keys) == len(set(keys))
    assert all(keys)


@pytest.mark.parametrize(
    ("command", "keys"),
    [("new", "Ctrl+N"), ("open", "Ctrl+O"), ("save", "Ctrl+S"), ("save_as", "Ctrl+Shift+S"), ("undo", "Ctrl+Z"),
     ("redo", "Ctrl+Shift+Z"), ("quit", "Ctrl+Q"), ("train", "Space"), ("full_screen", "F11")],
)  # fmt: skip
def test_that_customary_keys_do_the_customary_things(show: Show, command: str, keys: str) -> None:
    window = show()
    assert QKeySequence(keys) in window.commands[command].shortcuts()


def test_that_no_two_entries_of_a_menu_share_a_mnemonic(show: Show) -> None:
    window = show()
    for title, menu in menus(window).items():
        letters = [
            action.text().split("&")[1][:1].lower() for action in menu.actions() if "&" in action.text()
        ]
        assert len(letters) == len(set(letters)), title


def test_that_every_layer_type_can_be_added_from_the_menu(show: Show) -> None:
    window = show()
    adding = next(menu for menu in window.findChildren(QMenu) if menu.title() == "&Add Layer")
    assert [action.text() for action in adding.actions()] == [layer.label for layer in LAYERS]
    for action in adding.actions():
        action.trigger()
    kinds = [layer.type for layer in window.document.experiment.network.layers]
    assert sorted(kinds) == sorted(layer.model_fields["type"].default for layer in LAYERS)


def test_that_undo_and_redo_say_what_they_do(show: Show) -> None:
    window = show()
    undo, redo = window.commands["undo"], window.commands["redo"]
    assert not undo.isEnabled()
    window.add_layer("dense")
    assert undo.text() == "&Undo add Dense"
    undo.trigger()
    assert redo.text() == "&Redo add Dense"
    assert not undo.isEnabled()
    redo.trigger()
    assert [layer.id for layer in window.document.experiment.network.layers] == ["dense1"]


def test_that_delete_and_duplicate_wait_for_a_layer(show: Show) -> None:
    window = show()
    delete, duplicate = window.commands["delete"], window.commands["duplicate"]
    assert not delete.isEnabled()
    window.add_layer("dense")
    duplicate.trigger()
    assert len(window.document.experiment.network.layers) == 2
    delete.trigger()
    delete.trigger()
    assert window.document.experiment.network.layers == ()
    assert not duplicate.isEnabled()
