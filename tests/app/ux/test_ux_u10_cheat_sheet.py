"""U10: Cheat sheet (F1 or ?), generated from the actions, searchable, printable."""

import re
import zlib
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtPrintSupport import QPrintDialog
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from tests.app.windows import make_window
from vgviewer.app import dialogs
from vgviewer.app.finding import CheatSheet
from vgviewer.app.window import Window

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", "This plugin does not support raise")


def opened(qtbot: QtBot, folder: Path) -> tuple[Window, CheatSheet]:
    window = make_window(qtbot, folder)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    canvas = window.desk.network.canvas
    canvas.setFocus()
    qtbot.keyClick(canvas, Qt.Key.Key_F1)
    sheet = window.findChild(CheatSheet)
    assert isinstance(sheet, CheatSheet)
    return window, sheet


def test_that_f1_and_the_question_mark_open_it(qtbot: QtBot, tmp_path: Path) -> None:
    window, sheet = opened(qtbot, tmp_path)
    assert sheet.isVisible()
    assert not sheet.isModal()
    keys = [keys.toString() for keys in window.commands["keys"].shortcuts()]
    assert keys == ["F1", "?"]
    assert window.guide.show_keys() is sheet
    qtbot.keyClick(sheet, Qt.Key.Key_Escape)
    assert not sheet.isVisible()


def test_that_every_action_with_a_key_appears_with_all_its_keys(qtbot: QtBot, tmp_path: Path) -> None:
    window, sheet = opened(qtbot, tmp_path)
    lines = [line.strip() for line in sheet.sheet.toPlainText().splitlines()]
    with_keys = [action for action in window.findChildren(QAction) if action.shortcuts()]
    assert len(with_keys) > 15
    for action in with_keys:
        keys = [each.toString(QKeySequence.SequenceFormat.NativeText) for each in action.shortcuts()]
        told = [lines[at + 1] for at, line in enumerate(lines) if line == action.iconText()]
        assert any(all(key in words.split(", ") for key in keys) for words in told), (action.iconText(), told)


def test_that_typing_leaves_what_fits_and_says_when_nothing_does(qtbot: QtBot, tmp_path: Path) -> None:
    _window, sheet = opened(qtbot, tmp_path)
    qtbot.keyClicks(sheet.search, "save as")
    said = sheet.sheet.toPlainText()
    assert "Save As…" in said
    assert "Undo" not in said
    sheet.search.setText("ctrl+z")
    assert "Undo" in sheet.sheet.toPlainText()
    sheet.search.setText("qqqq")
    assert "No key does that" in sheet.sheet.toPlainText()


def inflated(stream: bytes) -> bytes:
    """A stream of a PDF; empty where it is none of words."""
    try:
        return zlib.decompress(stream)
    except zlib.error:
        return b""


def test_that_it_is_written_as_a_pdf_with_every_key(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _window, sheet = opened(qtbot, tmp_path)
    path = tmp_path / "keys.pdf"
    monkeypatch.setattr(dialogs, "ask_save_path", lambda parent, suggestion, kinds, ending: path)
    sheet.search.setText("qqqq")  # what is sought now does not matter
    sheet.save.click()
    content = path.read_bytes()
    assert content.startswith(b"%PDF")
    page = next(
        b for b in map(inflated, re.findall(rb"stream\n(.*?)endstream", content, re.DOTALL)) if b" Tf" in b
    )
    (scale, *_) = re.findall(rb"([\d.]+) 0 0 -[\d.]+ [\d.]+ [\d.]+ cm", page)
    sizes = {float(scale) * int(size) for size in re.findall(rb"/F\d+ (\d+) Tf", page)}
    assert 8 <= min(sizes) <= max(sizes) <= 14  # points: to be read at arm's length


def test_that_a_place_that_cannot_be_written_is_said(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _window, sheet = opened(qtbot, tmp_path)
    said: list[str] = []
    monkeypatch.setattr(dialogs, "show_save_failure", lambda parent, *words: said.extend(words))
    sheet.write_pdf(tmp_path / "no such folder" / "keys.pdf")
    assert "no such folder" in said[0]
    assert "Choose another folder" in said[1]


def test_that_it_is_printed(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _window, sheet = opened(qtbot, tmp_path)
    path = tmp_path / "printed.pdf"

    def choose_file(dialog: QPrintDialog) -> QDialog.DialogCode:
        dialog.printer().setOutputFileName(str(path))
        return QDialog.DialogCode.Accepted

    monkeypatch.setattr(QPrintDialog, "exec", choose_file)
    sheet.print.click()
    assert path.read_bytes().startswith(b"%PDF")
