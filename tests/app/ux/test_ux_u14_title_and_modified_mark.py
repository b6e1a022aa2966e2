"""U14: Title shows name + modified mark; Save disabled logic right; close asks Save/Discard/Cancel with Save
default.
"""

from pathlib import Path
from unittest.mock import Mock

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMessageBox
from pytestqt.qtbot import QtBot

from tests.app.runs_by_hand import experiment
from tests.app.windows import make_window
from vgviewer.app import dialogs
from vgviewer.app.window import Window
from vgviewer.experiment import load, save

Button = QMessageBox.StandardButton
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


def on_a_file(qtbot: QtBot, folder: Path) -> tuple[Window, Path]:
    path = folder / "my [*] net.vgnet.json"
    save(experiment("My net"), path)
    window = make_window(qtbot, folder)
    window.show()
    assert window.files.open_path(path)
    return window, path


def test_that_the_title_names_the_file_and_the_mark_comes_and_goes(qtbot: QtBot, tmp_path: Path) -> None:
    window, _path = on_a_file(qtbot, tmp_path)
    assert "my" in window.windowTitle()
    assert window.windowTitle().count("[*]") == 1
    assert window.windowTitle().endswith("[*] — vgviewer")
    assert not window.isWindowModified()
    window.add_layer("dense")
    assert window.isWindowModified()
    window.commands["undo"].trigger()
    assert not window.isWindowModified()
    window.commands["redo"].trigger()
    window.commands["save"].trigger()
    assert not window.isWindowModified()
    window.commands["undo"].trigger()
    assert window.isWindowModified()


def test_that_save_can_be_chosen_exactly_when_it_would_write_something(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window, path = on_a_file(qtbot, tmp_path)
    save_command = window.commands["save"]
    assert not save_command.isEnabled()
    assert window.commands["save_as"].isEnabled()
    window.add_layer("dense")
    assert save_command.isEnabled()
    save_command.trigger()
    assert load(path) == window.document.experiment
    assert not save_command.isEnabled()
    window.commands["undo"].trigger()
    assert save_command.isEnabled()
    window.document.let_go()
    window.files.open_preset("tanh-xor")  # has no file yet: Save asks where to
    assert save_command.isEnabled()
    monkeypatch.setattr(dialogs, "ask_save_path", Mock(return_value=tmp_path / "copy.vgnet.json"))
    save_command.trigger()
    assert not save_command.isEnabled()
    assert "copy" in window.windowTitle()


def answering(button: Button | None) -> list[QMessageBox]:
    """Presses the button of the question that is about to come; None presses Enter on what is chosen."""
    asked: list[QMessageBox] = []

    def press() -> None:
        box = QApplication.activeModalWidget()
        assert isinstance(box, QMessageBox)
        asked.append(box)
        chosen = box.defaultButton() if button is None else box.button(button)
        chosen.click()

    QTimer.singleShot(0, press)
    return asked


@pytest.mark.parametrize(
    ("button", "closes", "writes"),
    [
        (None, True, True),
        (Button.Save, True, True),
        (Button.Discard, True, False),
        (Button.Cancel, False, False),
    ],
)
def test_that_closing_asks_once_and_save_is_the_default(
    qtbot: QtBot, tmp_path: Path, button: Button | None, closes: bool, writes: bool
) -> None:
    window, path = on_a_file(qtbot, tmp_path)
    window.add_layer("dense")
    before = path.read_bytes()
    answering(button)
    assert window.close() == closes
    assert window.isVisible() != closes
    assert (path.read_bytes() != before) == writes
    window.document.let_go()


def test_that_the_question_names_the_file_and_what_is_lost(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window, _ = on_a_file(qtbot, tmp_path)
    window.add_layer("dense")
    said: list[str] = []

    def read(box: QMessageBox) -> int:
        said.extend((box.text(), box.informativeText()))
        return Button.Cancel.value

    monkeypatch.setattr(QMessageBox, "exec", read)
    assert not window.close()
    assert "my" in said[0]
    assert "lost" in said[1]


def test_that_nothing_is_asked_when_nothing_would_be_lost(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = Mock()
    monkeypatch.setattr(dialogs, "ask_about_changes", asked)
    window, _ = on_a_file(qtbot, tmp_path)
    assert window.close()
    asked.assert_not_called()
