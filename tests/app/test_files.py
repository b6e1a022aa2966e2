"""What happens to the document's file, and what is asked before something is lost."""

from pathlib import Path
from unittest.mock import Mock

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QDialog, QFileDialog, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from tests.app.runs_by_hand import experiment
from vgviewer.app import dialogs
from vgviewer.app.document import Document
from vgviewer.app.files import Files
from vgviewer.app.preferences import MOST_RECENT, Preferences
from vgviewer.app.recents import RecentMenu
from vgviewer.experiment import load, save, shipped
from vgviewer.experiment.reading import LARGEST_FILE


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    widget = QWidget()
    qtbot.addWidget(widget)
    return widget


@pytest.fixture
def preferences(tmp_path: Path) -> Preferences:
    return Preferences(tmp_path / "settings.ini")


@pytest.fixture
def files(window: QWidget, preferences: Preferences) -> Files:
    document = Document(window)
    document.replace(experiment(), None)
    return Files(window, document, preferences, shipped())


@pytest.fixture
def answer(monkeypatch: pytest.MonkeyPatch) -> Mock:
    asked = Mock(return_value="cancel")
    monkeypatch.setattr(dialogs, "ask_about_changes", asked)
    return asked


def edit(files: Files, units: int = 9) -> None:
    assert not files._document.change("rnn1", {"units": units})


def choose(monkeypatch: pytest.MonkeyPatch, path: Path | None) -> Mock:
    asked = Mock(return_value=path)
    monkeypatch.setattr(dialogs, "ask_save_path", asked)
    monkeypatch.setattr(dialogs, "ask_open_path", asked)
    return asked


def test_that_an_unmodified_document_goes_without_a_question(files: Files, answer: Mock) -> None:
    assert files.new()
    answer.assert_not_called()
    assert not files._document.experiment.network.layers


def test_that_cancel_keeps_the_modified_document(files: Files, answer: Mock) -> None:
    edit(files)
    before = files._document.experiment
    assert not files.new()
    assert not files.open_preset(shipped()[0].id)
    assert files._document.experiment is before
    assert files._document.modified


def test_that_discard_lets_it_go(files: Files, answer: Mock) -> None:
    edit(files)
    answer.return_value = "discard"
    assert files.new()
    assert not files._document.modified


def test_that_save_writes_it_first(
    files: Files, answer: Mock, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    edit(files)
    kept = files._document.experiment
    answer.return_value = "save"
    choose(monkeypatch, tmp_path / "kept.vgnet.json")
    assert files.new()
    assert load(tmp_path / "kept.vgnet.json") == kept


def test_that_save_without_a_place_keeps_the_document(
    files: Files, answer: Mock, monkeypatch: pytest.MonkeyPatch
) -> None:
    edit(files)
    answer.return_value = "save"
    choose(monkeypatch, None)
    assert not files.may_replace()
    assert files._document.modified


def test_that_a_save_that_fails_says_why_and_keeps_the_document(
    files: Files, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    said = Mock()
    monkeypatch.setattr(dialogs, "show_save_failure", said)
    choose(monkeypatch, tmp_path / "no such folder" / "a.vgnet.json")
    edit(files)
    assert not files.save()
    assert "no such folder" in said.call_args.args[1]
    assert files._document.modified
    assert files._document.path is None


def test_that_saving_again_asks_nothing(
    files: Files, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    asked = choose(monkeypatch, tmp_path / "a.vgnet.json")
    edit(files)
    assert files.save()
    assert not files._document.modified
    edit(files, 10)
    assert files.save()
    assert asked.call_count == 1
    assert load(tmp_path / "a.vgnet.json") == files._document.experiment


@pytest.mark.parametrize(("content", "asks"), [(b" " * (LARGEST_FILE + 1), True), (None, False)])
def test_that_a_file_that_cannot_be_read_is_not_one_that_is_gone(
    files: Files, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, content: bytes | None, asks: bool
) -> None:
    path = tmp_path / "a.vgnet.json"
    choose(monkeypatch, path)
    edit(files)
    assert files.save()
    edit(files, 10)
    path.unlink()
    if content is not None:
        path.write_bytes(content)
    asked = Mock(return_value="cancel")
    monkeypatch.setattr(dialogs, "ask_about_changed_file", asked)
    assert files.save() is not asks
    assert asked.call_count == asks


def test_that_a_refused_file_leaves_the_open_document_as_it_was(
    files: Files, answer: Mock, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    bad = tmp_path / "bad.vgnet.json"
    bad.write_text(
        '{"format": "vgviewer.preset", "version": 1, "network": {"layers": [{"id": "a"}]}, "x": 1}'
    )
    shown = Mock()
    monkeypatch.setattr(dialogs, "show_refusal", shown)
    edit(files)
    before = files._document.experiment
    assert not files.open_path(bad)
    assert {problem.path for problem in shown.call_args.args[1].problems} >= {"task", "x"}
    answer.assert_not_called()
    assert files._document.experiment is before
    assert files._document.undo.canUndo()


def test_that_a_refusal_lists_every_problem_with_its_path(
    files: Files, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, window: QWidget
) -> None:
    bad = tmp_path / "bad.vgnet.json"
    bad.write_text('{"format": "vgviewer.preset", "version": 1, "network": {"layers": []}, "x": 1, "y": 2}')
    shown: list[str] = []

    def read(dialog: dialogs.Report) -> int:
        shown.append(dialog.details.toPlainText())
        dialog.deleteLater()
        return 0

    monkeypatch.setattr(dialogs.Report, "exec", read)
    files.open_path(bad)
    assert all(f"{path}: " in shown[0] for path in ("task", "x", "y"))


def test_that_an_opened_file_is_the_document_and_heads_the_recents(
    files: Files, preferences: Preferences, tmp_path: Path
) -> None:
    path = tmp_path / "other.vgnet.json"
    save(experiment("Other"), path)
    assert files.open_path(path)
    assert files._document.path == path
    assert preferences.recents == [path]
    assert preferences.folder == tmp_path


def test_that_a_shipped_preset_is_opened_as_a_copy_without_a_file(
    files: Files, preferences: Preferences
) -> None:
    card = shipped()[0]
    assert files.open_preset(card.id)
    assert files._document.path is None
    assert files._document.preset == card.id
    assert preferences.recents == []
    assert files.stem == card.id


def test_that_the_default_name_of_a_file_is_safe(files: Files) -> None:
    files._document.replace(experiment("../../etc/passwd: a\nb*?"), None)
    assert "/" not in files.stem
    assert "\n" not in files.stem
    files._document.replace(experiment("…"), None)
    assert files.stem == "network"


def test_that_ten_recents_are_kept_newest_first_and_found_again(
    preferences: Preferences, tmp_path: Path
) -> None:
    paths = [tmp_path / f"{number}.vgnet.json" for number in range(MOST_RECENT + 3)]
    for path in [*paths, paths[5]]:
        preferences.remember(path)
    preferences.write()
    again = Preferences(tmp_path / "settings.ini").recents
    assert again[:2] == [paths[5], paths[-1]]
    assert len(again) == MOST_RECENT


def test_that_one_recent_file_is_found_again(preferences: Preferences, tmp_path: Path) -> None:
    preferences.remember(tmp_path / "a.vgnet.json")
    preferences.write()
    assert Preferences(tmp_path / "settings.ini").recents == [tmp_path / "a.vgnet.json"]


def test_that_a_missing_recent_file_is_gray_and_the_list_can_be_cleared(
    files: Files, preferences: Preferences, window: QWidget, tmp_path: Path
) -> None:
    here = tmp_path / "he&re.vgnet.json"
    save(experiment("Here"), here)
    preferences.remember(here)
    preferences.remember(tmp_path / "gone.vgnet.json")
    clear = QAction("Clear", window)
    menu = RecentMenu(files, preferences, clear, window)
    shown = [(entry.text(), entry.isEnabled()) for entry in menu.entries if entry.isVisible()]
    assert shown == [("&1  gone.vgnet.json", False), ("&2  he&&re.vgnet.json", True)]
    menu.entries[1].trigger()
    assert files._document.path == here
    files.forget_recents()
    menu.fill()
    assert not any(entry.isVisible() for entry in menu.entries)
    assert not clear.isEnabled()


@pytest.mark.parametrize(
    "content", ["", "\x00\xff", "[General]\ntheme=@Invalid()\nrecents=@ByteArray(1)\nfolder=relative"]
)
def test_that_a_broken_settings_file_is_no_reason_not_to_start(tmp_path: Path, content: str) -> None:
    file = tmp_path / "settings.ini"
    file.write_text(content, "latin-1")
    preferences = Preferences(file)
    assert preferences.theme == "system"
    assert isinstance(preferences.recents, list)
    assert preferences.folder.is_dir()
    assert preferences.memory.window is None


@pytest.mark.parametrize(
    ("typed", "saved"),
    [
        ("net", "net.vgnet.json"),
        ("net.json", "net.vgnet.json"),
        ("net.vgnet.json", "net.vgnet.json"),
        ("a.b", "a.b.vgnet.json"),
    ],
)
def test_that_save_as_adds_the_ending(typed: str, saved: str) -> None:
    assert dialogs.with_ending(Path("folder") / typed, ".vgnet.json") == Path("folder") / saved


def test_that_an_ending_that_was_added_does_not_overwrite_unasked(
    monkeypatch: pytest.MonkeyPatch, window: QWidget, tmp_path: Path
) -> None:
    there = tmp_path / "net.vgnet.json"
    there.write_text("mine")
    monkeypatch.setattr(QFileDialog, "exec", lambda dialog: QDialog.DialogCode.Accepted)
    monkeypatch.setattr(QFileDialog, "selectedFiles", lambda dialog: [str(tmp_path / "net.json")])
    asked = Mock(return_value=QMessageBox.StandardButton.No)
    monkeypatch.setattr(QMessageBox, "question", asked)
    suggestion = tmp_path / "x.vgnet.json"
    assert dialogs.ask_save_path(window, suggestion, dialogs.PRESETS, ".vgnet.json") is None
    asked.return_value = QMessageBox.StandardButton.Yes
    assert dialogs.ask_save_path(window, suggestion, dialogs.PRESETS, ".vgnet.json") == there


@pytest.mark.parametrize(
    ("pressed", "meant"),
    [("Save", "save"), ("Discard", "discard"), ("Cancel", "cancel")],
)
def test_that_the_question_has_three_answers_and_save_is_the_default(
    monkeypatch: pytest.MonkeyPatch, window: QWidget, pressed: str, meant: str
) -> None:
    button = QMessageBox.StandardButton[pressed]
    defaults: list[QMessageBox.StandardButton] = []

    def press(box: QMessageBox) -> int:
        defaults.append(box.standardButton(box.defaultButton()))
        return button.value

    monkeypatch.setattr(QMessageBox, "exec", press)
    assert dialogs.ask_about_changes(window, "<b>net</b>") == meant
    assert defaults == [QMessageBox.StandardButton.Save]
