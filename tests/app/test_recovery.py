"""The journal, its lock, and the question at a start after a crash."""

import threading
from pathlib import Path
from unittest.mock import Mock

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.app.runs_by_hand import experiment
from tests.app.windows import make_window
from vgviewer.app.recovery import Recovery
from vgviewer.app.recovery.journal import Head, Journal, Unreadable, left_behind
from vgviewer.app.recovery.question import Question
from vgviewer.app.window import Window
from vgviewer.experiment import SaveError

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # offscreen knows no least size

HEAD = Head("mine", "", "rnn-forgets", "2026-04-01T12:00:00", ("Add Dropout",), 1)


def crashed(folder: Path) -> Path:
    """A journal whose program is gone."""
    journal = Journal.fresh(folder)
    journal.write(HEAD, experiment())
    journal.release()
    return journal.file


def asked(window: Window) -> list[Question]:
    return [question for question in window.findChildren(Question) if question.isVisible()]


def stay(window: Window, monkeypatch: pytest.MonkeyPatch) -> Mock:
    """Takes away the end of the program, which would end the tests' own loops."""
    left = Mock()
    monkeypatch.setattr(window, "leave", left)
    return left


def test_that_what_was_written_is_read_again(tmp_path: Path) -> None:
    file = crashed(tmp_path)
    assert Journal(file).read() == (HEAD, experiment())


@pytest.mark.parametrize("damage", [b"", b"{}\n", b"\xff\n", b"[1]\n{}"])
def test_that_a_damaged_journal_is_unreadable(tmp_path: Path, damage: bytes) -> None:
    file = crashed(tmp_path)
    file.write_bytes(damage)
    with pytest.raises(Unreadable):
        Journal(file).read()


def test_that_one_changed_byte_is_noticed_and_the_saved_file_still_named(tmp_path: Path) -> None:
    journal = Journal.fresh(tmp_path)
    journal.write(Head("mine", "/there", "", HEAD.at, (), 0), experiment())
    content = journal.file.read_bytes()
    journal.file.write_bytes(content[:-3] + b" " + content[-2:])
    with pytest.raises(Unreadable) as refusal:
        journal.read()
    assert refusal.value.path == "/there"
    journal.release()


def test_that_a_journal_in_use_is_not_found_and_a_lock_without_one_is_swept(tmp_path: Path) -> None:
    mine, empty = Journal.fresh(tmp_path), Journal.fresh(tmp_path)
    mine.write(HEAD, experiment())
    empty.release()
    assert list(left_behind(tmp_path)) == []
    mine.release()
    (found,) = left_behind(tmp_path)
    assert found.file == mine.file
    found.release()


def test_that_nothing_is_asked_at_a_first_start(qtbot: QtBot, tmp_path: Path) -> None:
    window = make_window(qtbot, tmp_path)
    recovery = Recovery(window, tmp_path / "journals")
    recovery.ask()
    assert not asked(window)
    recovery.close()
    assert list((tmp_path / "journals").iterdir()) == []


def test_that_enter_recovers_and_undo_goes_back(qtbot: QtBot, tmp_path: Path) -> None:
    file = crashed(tmp_path)
    window = make_window(qtbot, tmp_path)
    recovery = Recovery(window, tmp_path)
    window.show()
    recovery.ask()
    (question,) = asked(window)
    QTest.keyClick(question, Qt.Key.Key_Return)
    assert window.document.experiment == experiment()
    assert window.document.modified
    assert file.exists()  # it is this program's own now
    assert list(left_behind(tmp_path)) == []
    window.document.undo.undo()
    assert window.document.preset == HEAD.preset
    assert not window.document.modified
    recovery.close()
    assert not file.exists()


def test_that_escape_decides_nothing(qtbot: QtBot, tmp_path: Path) -> None:
    file = crashed(tmp_path)
    window = make_window(qtbot, tmp_path)
    recovery = Recovery(window, tmp_path)
    window.show()
    recovery.ask()
    (question,) = asked(window)
    QTest.keyClick(question, Qt.Key.Key_Escape)
    assert not window.document.modified
    (found,) = left_behind(tmp_path)
    assert found.file == file
    found.release()
    recovery.close()


def test_that_discard_removes_it(qtbot: QtBot, tmp_path: Path) -> None:
    file = crashed(tmp_path)
    window = make_window(qtbot, tmp_path)
    recovery = Recovery(window, tmp_path)
    window.show()
    recovery.ask()
    QTest.mouseClick(asked(window)[0].discard, Qt.MouseButton.LeftButton)
    assert not file.exists()
    assert not window.document.modified
    recovery.close()


def test_that_an_end_by_the_system_keeps_what_is_unsaved(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = make_window(qtbot, tmp_path)
    left = stay(window, monkeypatch)
    recovery = Recovery(window, tmp_path / "journals")
    window.document.edit("Take another", experiment())
    recovery.leave()
    left.assert_called_once()
    recovery.close()
    (found,) = left_behind(tmp_path / "journals")
    head, kept = found.read()
    assert (head.edits, head.count, kept) == (("Take another",), 1, experiment())
    found.release()


def test_that_what_was_taken_back_after_a_save_is_told(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = make_window(qtbot, tmp_path)
    stay(window, monkeypatch)
    recovery = Recovery(window, tmp_path / "journals")
    window.document.edit("Take another", experiment())
    window.document.let_go()
    window.document.undo.undo()
    recovery.leave()
    recovery.close()
    (found,) = left_behind(tmp_path / "journals")
    head, _ = found.read()
    assert (head.edits, head.count) == (("Undo Take another",), 1)
    found.release()


def test_that_a_full_disk_is_no_reason_to_complain(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise SaveError("no space")

    monkeypatch.setattr(Journal, "write", full)
    window = make_window(qtbot, tmp_path)
    stay(window, monkeypatch)
    recovery = Recovery(window, tmp_path / "journals")
    window.document.edit("Take another", experiment())
    recovery.leave()
    recovery.close()
    assert list(left_behind(tmp_path / "journals")) == []


def test_that_another_thread_than_the_painting_one_writes(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    threads: list[str] = []
    monkeypatch.setattr(Journal, "write", lambda *_: threads.append(threading.current_thread().name))
    window = make_window(qtbot, tmp_path)
    recovery = Recovery(window, tmp_path / "journals")
    window.document.edit("Take another", experiment())
    qtbot.waitUntil(lambda: bool(threads), timeout=5000)
    assert threads == ["vgviewer-journal"]
    recovery.close()
