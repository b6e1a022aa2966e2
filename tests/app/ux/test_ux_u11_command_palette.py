"""U11: Command palette (Ctrl+Shift+P) lists every action."""

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from tests.app.windows import make_window
from vgviewer.app.commands import COMMANDS
from vgviewer.app.finding import CommandPalette
from vgviewer.app.window import Window
from vgviewer.experiment import shipped
from vgviewer.network import LAYERS

Key, LEFT = Qt.Key, Qt.MouseButton.LeftButton
CTRL_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


def opened(qtbot: QtBot, folder: Path) -> tuple[Window, CommandPalette]:
    window = make_window(qtbot, folder)
    window.resize(1024, 768)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    canvas = window.desk.network.canvas
    canvas.setFocus()
    qtbot.keyClick(canvas, Key.Key_P, CTRL_SHIFT)
    palette = window.guide.commands
    assert palette is not None
    assert palette.isVisible()
    return window, palette


def chosen(palette: CommandPalette, text: str) -> str:
    palette.search.setText(text)
    return palette.found[0].title if palette.found else ""


def test_that_it_lists_every_command_layer_preset_and_pane(qtbot: QtBot, tmp_path: Path) -> None:
    window, palette = opened(qtbot, tmp_path)
    listed = [(offer.title, offer.group) for offer in palette.found]
    for command in COMMANDS:
        title = window.commands[command.id].iconText()
        assert any(name == title for name, _ in listed), command.id
    assert [name for name, group in listed if group == "Network › Add Layer"] == [
        each.label for each in LAYERS
    ]
    assert [name for name, group in listed if group == "Open preset"] == [each.title for each in shipped()]
    panes = [pane.windowTitle() for pane in window.desk.panes.values()]
    assert [name for name, group in listed if group == "Go to"] == panes
    assert [name for name, group in listed if group == "View › Panes"] == panes
    assert len(listed) == len(COMMANDS) + len(LAYERS) + len(shipped()) + 2 * len(panes)


def test_that_a_few_letters_and_enter_do_it(qtbot: QtBot, tmp_path: Path) -> None:
    window, palette = opened(qtbot, tmp_path)
    qtbot.keyClicks(palette.search, "lstm")
    qtbot.keyClick(palette.search, Key.Key_Return)
    assert not palette.isVisible()
    assert [layer.type for layer in window.document.experiment.network.layers] == ["lstm"]
    assert window.focusWidget() is window.desk.network.canvas


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("cheat", ""), ("keys", "Keys"), ("batch", "Batch norm"), ("thirty he", "Thirty ReLU layers, He, learn"),
     ("fs", "Full Screen"), ("undo", "Undo"), ("go alerts", "Alerts")],
)  # fmt: skip
def test_that_what_is_meant_stands_first(qtbot: QtBot, tmp_path: Path, typed: str, meant: str) -> None:
    _window, palette = opened(qtbot, tmp_path)
    assert chosen(palette, typed) == meant


def test_that_it_shows_the_key_and_what_cannot_be_done_now(qtbot: QtBot, tmp_path: Path) -> None:
    _window, palette = opened(qtbot, tmp_path)
    assert chosen(palette, "undo") == "Undo"
    undo = palette.found[0]
    assert undo.keys == ("Ctrl+Z",)
    assert not undo.is_enabled
    qtbot.keyClick(palette.search, Key.Key_Return)
    assert palette.isVisible()
    assert "not now" in palette.search.accessibleDescription()


def test_that_a_preset_and_a_pane_are_reached(qtbot: QtBot, tmp_path: Path) -> None:
    window, palette = opened(qtbot, tmp_path)
    palette.search.setText("thirty relu xavier")
    qtbot.keyClick(palette.search, Key.Key_Return)
    assert window.document.preset == "relu-30-xavier"
    window.commands["find_command"].trigger()
    palette.search.setText("go to notes")
    qtbot.keyClick(palette.search, Key.Key_Return)
    notes = window.desk.panes["notes"]
    assert notes.isVisible()


def test_that_arrows_move_and_a_click_does_it(qtbot: QtBot, tmp_path: Path) -> None:
    window, palette = opened(qtbot, tmp_path)
    palette.search.setText("layout")
    first = palette.list.currentIndex().row()
    qtbot.keyClick(palette.search, Key.Key_Down)
    assert palette.list.currentIndex().row() == first + 1
    qtbot.keyClick(palette.search, Key.Key_Up)
    palette.search.setText("batch norm")
    box = palette.list.visualRect(palette.list.model().index(0, 0))
    qtbot.mouseClick(palette.list.viewport(), LEFT, pos=box.center() - QPoint(40, 0))
    assert len(window.document.experiment.network.layers) == 1


def test_that_esc_and_a_look_elsewhere_put_it_away(qtbot: QtBot, tmp_path: Path) -> None:
    window, palette = opened(qtbot, tmp_path)
    qtbot.keyClick(palette.search, Key.Key_Escape)
    assert not palette.isVisible()
    assert window.focusWidget() is window.desk.network.canvas
    window.commands["find_command"].trigger()
    assert isinstance(window.focusWidget(), QLineEdit)
    window.desk.layers.search.setFocus()
    assert not palette.isVisible()


def test_that_nothing_found_is_said(qtbot: QtBot, tmp_path: Path) -> None:
    _window, palette = opened(qtbot, tmp_path)
    palette.search.setText("zzzzqq")
    assert palette.found == []
    assert "Fewer letters" in palette.search.accessibleDescription()
