"""The list of kept runs: what each was, opened, compared, noted, deleted and brought back."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QInputDialog
from pytestqt.qtbot import QtBot

from tests.app.recorded import FRAMES, run_file, trained_window
from tests.app.windows import make_window
from vgviewer.app.library.summary import summary_of
from vgviewer.app.library.window import NOTHING, LibraryWindow
from vgviewer.app.window import Window
from vgviewer.recording import Recording

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
Show = Callable[..., tuple[Window, LibraryWindow]]


@pytest.fixture
def show(qtbot: QtBot, tmp_path: Path) -> Show:
    """Windows that die with the test's own variables."""
    return partial(_shown, qtbot, tmp_path)


def _shown(qtbot: QtBot, folder: Path, *names: str) -> tuple[Window, LibraryWindow]:
    window = make_window(qtbot, folder)
    window.show()
    window.runs.shelf.folder.mkdir(exist_ok=True)
    for name in names:
        run_file(window.runs.shelf.folder / f"{name}.vgrun", name=name)
    window.commands["library"].trigger()
    shown = window.library.shown
    assert shown is not None
    shown.read_all()
    return window, shown


def choose(shown: LibraryWindow, *names: str) -> None:
    shown.list.clearSelection()
    for row in range(shown.list.count()):
        item = shown.list.item(row)
        item.setSelected(item.text().split("\n")[0] in names)


def names_of(shown: LibraryWindow) -> set[str]:
    return {shown.list.item(row).text().split("\n")[0] for row in range(shown.list.count())}


def test_that_each_run_says_what_it_was_and_how_it_ended(show: Show) -> None:
    _, shown = show("One", "Two")
    assert names_of(shown) == {"One", "Two"}
    item = shown.list.item(0)
    for words in (f"{FRAMES} steps", "MB", "RNN", "Adding problem"):
        assert words in item.text()
    assert not item.icon().isNull()
    assert shown.words.text().startswith("2 runs, ")
    shown.close()


def test_that_without_a_run_it_is_said_how_one_comes_here(show: Show) -> None:
    _, shown = show()
    assert shown.words.text() == NOTHING
    assert not any(button.isEnabled() for button in (shown.look, shown.compare, shown.note, shown.delete))
    shown.close()


def test_that_a_run_is_opened_by_enter(show: Show, qtbot: QtBot) -> None:
    window, shown = show("One", "Two")
    choose(shown, "Two")
    shown.list.setCurrentItem(shown.list.selectedItems()[0])
    QTest.keyClick(shown.list, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.document.title == "Two")
    assert window.live.history is not None
    shown.close()


def test_that_two_are_compared(show: Show, qtbot: QtBot) -> None:
    window, shown = show("One", "Two", "Three")
    choose(shown, "One")
    assert not shown.compare.isEnabled()
    choose(shown, "One", "Three")
    shown.compare.click()
    assert window.comparing.shown is not None
    assert {side.name for side in window.comparing.shown.comparison.sides} == {"One", "Three"}
    window.comparing.close()
    shown.close()
    qtbot.wait(10)


def test_that_a_note_is_kept_in_the_file(show: Show, monkeypatch: pytest.MonkeyPatch) -> None:
    window, shown = show("One")
    monkeypatch.setattr(QInputDialog, "getMultiLineText", lambda *words: ("For Monday.\nSlowly.", True))
    choose(shown, "One")
    shown.note.click()
    shown.read_all()
    assert shown.list.item(0).text().endswith("For Monday.")
    with Recording(window.runs.shelf.runs()[0]) as recording:
        assert recording.remarks.note == "For Monday.\nSlowly."
    shown.close()


def test_that_what_is_deleted_comes_back_by_undo_and_is_gone_afterwards(show: Show) -> None:
    window, shown = show("One", "Two", "Three")
    choose(shown, "One", "Two")
    QTest.keyClick(shown, Qt.Key.Key_Delete)
    shown.read_all()
    assert names_of(shown) == {"Three"}
    assert shown.undo.isVisible()
    for expected in (2, 3):
        shown.undo.click()
        shown.read_all()
        assert len(names_of(shown)) == expected
    assert not shown.undo.isVisible()
    choose(shown, "One")
    shown.delete.click()
    shown.close()
    assert not list(window.runs.shelf.folder.rglob("One.vgrun"))


def test_that_a_file_that_cannot_be_read_says_so_in_its_row(show: Show) -> None:
    window, shown = show("One")
    (window.runs.shelf.folder / "bad.vgrun").write_bytes(b"nothing")
    shown.fill()
    shown.read_all()
    texts = [shown.list.item(row).text() for row in range(2)]
    assert any("is no run file" in text for text in texts)
    shown.close()


def test_that_the_run_under_way_is_not_deleted(qtbot: QtBot, tmp_path: Path) -> None:
    window = trained_window(qtbot, tmp_path, 100)
    window.commands["train"].trigger()
    qtbot.waitUntil(lambda: window.live.state == "running", timeout=10_000)
    window.commands["library"].trigger()
    shown = window.library.shown
    assert shown is not None
    shown.list.selectAll()
    assert not shown.delete.isEnabled()
    before = set(window.runs.shelf.runs())
    QTest.keyClick(shown, Qt.Key.Key_Delete)
    assert window.runs.in_use in window.runs.shelf.runs()
    assert len(before) == 2
    shown.close()


def test_that_a_file_that_is_gone_is_told(tmp_path: Path) -> None:
    assert "cannot be read: No such file" in summary_of(tmp_path / "gone.vgrun").problem
