"""U59: Error dialog: what happened, why, what to do, Details, Copy (with versions), Open log; text selectable."""

import sys
from importlib.metadata import version
from pathlib import Path
from unittest.mock import Mock

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from vgviewer.app import dialogs, faults, report
from vgviewer.app.faults import Faults
from vgviewer.app.report import Report
from vgviewer.experiment import PresetError, load

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def window(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> QWidget:
    monkeypatch.setattr(faults, "log", Mock())
    widget = QWidget()
    qtbot.addWidget(widget)
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    return widget


def fault(window: QWidget) -> Report:
    try:
        raise ZeroDivisionError("the pace is 0")
    except ZeroDivisionError as error:
        Faults(window)._uncaught(type(error), error, error.__traceback__)
    (shown,) = window.findChildren(Report)
    return shown


def button(shown: Report, text: str) -> QPushButton:
    (found,) = [each for each in shown.findChildren(QPushButton) if each.text().replace("&", "") == text]
    return found


def test_that_a_fault_says_what_happened_why_and_what_to_do_before_any_traceback(window: QWidget) -> None:
    shown = fault(window)
    assert shown.sentence.text() == "Something went wrong inside vgviewer."
    assert shown.reason.text() == "ZeroDivisionError: the pace is 0"
    assert "save it now" in shown.advice.text()
    assert shown.details.isHidden()
    assert "Traceback" not in "".join(label.text() for label in shown.findChildren(QLabel))


def test_that_details_unfold_and_fold(window: QWidget, qtbot: QtBot) -> None:
    shown = fault(window)
    qtbot.mouseClick(button(shown, "Details"), LEFT)
    assert shown.details.isVisible()
    assert "Traceback" in shown.details.toPlainText()
    qtbot.mouseClick(button(shown, "Details"), LEFT)
    assert not shown.details.isVisible()


def test_that_copy_takes_all_of_it_with_the_versions(window: QWidget, qtbot: QtBot) -> None:
    shown = fault(window)
    qtbot.mouseClick(button(shown, "Copy"), LEFT)
    copied = QGuiApplication.clipboard().text()
    for part in (
        shown.sentence.text(),
        shown.reason.text(),
        shown.advice.text(),
        "Traceback",
        f"torch {version('torch')}",
        f"PySide6-Essentials {version('PySide6-Essentials')}",
        "Screen 1",
    ):
        assert part in copied, part


def test_that_the_log_is_opened_if_there_is_one(
    window: QWidget, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = Mock()
    monkeypatch.setattr(QDesktopServices, "openUrl", opened)
    monkeypatch.setattr(report, "log_file", lambda: tmp_path / "vgviewer.log")
    shown = Report(window, "a", "b", "c", "d")
    assert not button(shown, "Open Log").isEnabled()
    (tmp_path / "vgviewer.log").write_text("")
    shown = Report(window, "a", "b", "c", "d")
    button(shown, "Open Log").click()
    opened.assert_called_once_with(QUrl.fromLocalFile(str(tmp_path / "vgviewer.log")))


def test_that_every_text_can_be_selected_with_mouse_and_keys_and_is_never_markup(window: QWidget) -> None:
    shown = Report(window, "<b>a</b>", "<b>b</b>", "<b>c</b>", "<b>d</b>", reason="<b>e</b>")
    for label in (shown.sentence, shown.reason, shown.advice):
        flags = label.textInteractionFlags()
        assert flags & Qt.TextInteractionFlag.TextSelectableByMouse
        assert flags & Qt.TextInteractionFlag.TextSelectableByKeyboard
        assert label.textFormat() == Qt.TextFormat.PlainText
    assert shown.details.isReadOnly()
    assert shown.details.toPlainText() == "<b>d</b>"


def test_that_a_refused_file_is_told_in_the_same_form(
    window: QWidget, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "bad.vgnet.json"
    path.write_text('{"format": "vgviewer.preset", "version": 1, "network": {"layers": []}, "x": 1, "y": 2}')
    with pytest.raises(PresetError) as caught:
        load(path)
    seen: list[tuple[str, str, str, str]] = []

    def read(shown: Report) -> int:
        texts = (shown.sentence, shown.reason, shown.advice)
        seen.append((*(label.text() for label in texts), shown.details.toPlainText()))  # type: ignore[arg-type]
        assert not shown.details.isHidden()
        shown.deleteLater()
        return 0

    monkeypatch.setattr(Report, "exec", read)
    dialogs.show_refusal(window, caught.value)
    ((sentence, reason, advice, details),) = seen
    assert sentence == "“bad.vgnet.json” was not opened: 3 things in it are wrong."
    assert str(caught.value.problems[0]) in reason
    assert advice.startswith("Correct the file")
    assert str(path) in details
    assert all(str(problem) in details for problem in caught.value.problems)


def test_that_enter_and_esc_close(window: QWidget, qtbot: QtBot) -> None:
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Escape):
        shown = Report(window, "a", "b", "c", "d")
        shown.open()
        qtbot.keyClick(shown, key)
        assert not shown.isVisible()
