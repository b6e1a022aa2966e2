"""U15: Save As adds the extension, asks before overwrite, remembers folder."""

from pathlib import Path
from unittest.mock import Mock

import pytest
from PySide6.QtWidgets import QDialog, QFileDialog, QMessageBox
from pytestqt.qtbot import QtBot

from tests.app.windows import make_window
from vgviewer.app.window import Window
from vgviewer.experiment import load

Button = QMessageBox.StandardButton
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What the person types into the dialog next; where the dialog began is put in its place."""
    names: list[str] = []

    def answer(dialog: QFileDialog) -> list[str]:
        name = names[0]
        names[0] = dialog.directory().absolutePath()
        return [name]

    monkeypatch.setattr(QFileDialog, "exec", lambda dialog: QDialog.DialogCode.Accepted)
    monkeypatch.setattr(QFileDialog, "selectedFiles", answer)
    return names


def save_as(window: Window, typed: list[str], path: Path) -> str:
    """Gives the folder in which the dialog began."""
    typed[:] = [str(path)]
    window.commands["save_as"].trigger()
    return typed[0]


@pytest.mark.parametrize("name", ["net", "net.json", "net.vgnet.json"])
def test_that_the_ending_is_added_where_it_is_missing(
    qtbot: QtBot, tmp_path: Path, typed: list[str], name: str
) -> None:
    window = make_window(qtbot, tmp_path)
    window.add_layer("dense")
    save_as(window, typed, tmp_path / name)
    assert window.document.path == tmp_path / "net.vgnet.json"
    assert load(tmp_path / "net.vgnet.json") == window.document.experiment


def test_that_an_existing_file_is_overwritten_only_after_a_question(
    qtbot: QtBot, tmp_path: Path, typed: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    window = make_window(qtbot, tmp_path)
    window.add_layer("dense")
    there = tmp_path / "net.vgnet.json"
    there.write_text("mine")
    question = Mock(return_value=Button.No)
    monkeypatch.setattr(QMessageBox, "question", question)
    save_as(window, typed, tmp_path / "net")
    assert there.read_text() == "mine"
    assert window.document.path is None
    assert "net.vgnet.json" in question.call_args.args[2]
    assert question.call_args.args[4] == Button.No
    question.return_value = Button.Yes
    save_as(window, typed, tmp_path / "net")
    assert load(there) == window.document.experiment


def test_that_the_dialog_itself_asks_for_a_name_that_was_typed_in_full(
    qtbot: QtBot, tmp_path: Path, typed: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    options: list[bool] = []
    monkeypatch.setattr(
        QFileDialog,
        "exec",
        lambda dialog: (
            options.append(dialog.testOption(QFileDialog.Option.DontConfirmOverwrite))
            or QDialog.DialogCode.Rejected
        ),
    )
    window = make_window(qtbot, tmp_path)
    window.commands["save_as"].trigger()
    assert options == [False]
    assert window.document.path is None


def test_that_the_folder_is_remembered_until_the_next_start(
    qtbot: QtBot, tmp_path: Path, typed: list[str]
) -> None:
    folder = tmp_path / "networks"
    folder.mkdir()
    window = make_window(qtbot, tmp_path)
    save_as(window, typed, folder / "first")
    window.files.new()
    assert save_as(window, typed, folder / "second") == str(folder)
    assert window.close()
    again = make_window(qtbot, tmp_path)
    assert save_as(again, typed, folder / "third") == str(folder)
