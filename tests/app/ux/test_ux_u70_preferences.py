"""U70: preferences: searchable, live, per-item reset, export and import; a bad file locks nobody out (--safe-mode).

R10 (tests/reliability/test_r10_settings.py) shows the last part with a thousand damaged files.
"""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QFileDialog, QMessageBox
from pytestqt.qtbot import QtBot

from tests.app.windows import make_window
from vgviewer.app import dialogs, theme
from vgviewer.app.choices import Choices
from vgviewer.app.preferences import Preferences
from vgviewer.app.report import Report
from vgviewer.app.settings.dialog import PreferencesDialog
from vgviewer.app.settings.row import ChoiceRow
from vgviewer.app.window import Window

Show = Callable[[], Window]
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def show(qtbot: QtBot, tmp_path: Path) -> Show:
    """Makes a window that dies with the test's own variables."""

    def shown() -> Window:
        made = make_window(qtbot, tmp_path)
        made.show()
        QApplication.processEvents()
        return made

    return shown


def opened(window: Window) -> PreferencesDialog:
    window.commands["preferences"].trigger()
    QApplication.processEvents()
    found = window.findChild(PreferencesDialog)
    assert isinstance(found, PreferencesDialog)
    return found


def row(dialog: PreferencesDialog, name: str) -> ChoiceRow:
    return next(each for each in dialog.rows if each.name == name)


def choose(dialog: PreferencesDialog, name: str, value: str) -> None:
    combo = row(dialog, name).field
    assert isinstance(combo, QComboBox)
    combo.setFocus()
    combo.setCurrentIndex(combo.findData(value))
    combo.activated.emit(combo.currentIndex())


def test_that_every_choice_has_a_row_with_a_meaning_and_a_name(show: Show) -> None:
    window = show()
    dialog = opened(window)
    assert sorted(each.name for each in dialog.rows) == sorted(Choices.model_fields)
    for each in dialog.rows:
        assert each.label.text()
        assert each.entry.hint
        assert each.field.accessibleName()
        assert each.field.toolTip()
        assert each.back.accessibleName()


def test_that_it_is_opened_once_and_beside_the_window(show: Show) -> None:
    window = show()
    dialog = opened(window)
    window.commands["preferences"].trigger()
    assert window.findChildren(PreferencesDialog) == [dialog]
    assert not dialog.isModal()


def test_that_typing_finds_a_preference_by_name_meaning_or_value(show: Show) -> None:
    window = show()
    dialog = opened(window)

    def found(text: str) -> set[str]:
        dialog.search.clear()
        QTest.keyClicks(dialog.search, text)
        return {each.name for each in dialog.rows if each.isVisible()}

    assert found("Reduce mo") == {"reduce_motion"}
    assert found("glides") == {"reduce_motion"}
    assert "theme" in found("dark")
    assert found("size text") == {"text_size"}
    assert found("no such thing") == set()
    assert dialog._nothing.isVisible()
    assert found("") == set(Choices.model_fields)


def test_that_a_choice_is_honored_and_kept_at_once(show: Show) -> None:
    window = show()
    dialog = opened(window)
    choose(dialog, "theme", "dark")
    assert theme.current().name == "dark"
    assert Preferences(window.preferences.file).choices.theme == "dark"
    choose(dialog, "theme", "light")
    assert theme.current().name == "light"


def test_that_what_is_chosen_elsewhere_is_seen_here(show: Show) -> None:
    window = show()
    dialog = opened(window)
    window.commands["dark"].trigger()
    combo = row(dialog, "theme").field
    assert isinstance(combo, QComboBox)
    assert combo.currentData() == "dark"
    window.commands["light"].trigger()


def test_that_one_choice_goes_back_to_its_default(show: Show) -> None:
    window = show()
    dialog = opened(window)
    start = row(dialog, "start_with")
    assert not start.back.isEnabled()
    choose(dialog, "start_with", "last")
    window.preferences.choose(alerts="critical")
    QTest.mouseClick(start.back, Qt.MouseButton.LeftButton)
    assert window.preferences.choices == Choices(alerts="critical")
    assert not start.back.isEnabled()


def test_that_all_go_back_only_after_a_question(show: Show, monkeypatch: pytest.MonkeyPatch) -> None:
    window = show()
    dialog = opened(window)
    asked: list[str] = []

    def answer(box: QMessageBox) -> int:
        asked.append(box.text())
        return answers.pop(0).value

    monkeypatch.setattr(QMessageBox, "exec", answer)
    answers = [QMessageBox.StandardButton.Cancel, QMessageBox.StandardButton.Reset]
    window.preferences.choose(alerts="critical")
    dialog.reset.click()
    assert window.preferences.choices == Choices(alerts="critical")
    dialog.reset.click()
    assert window.preferences.choices == Choices()
    dialog.reset.click()
    assert asked == ["One preference is not as at the first start. Reset all?"] * 2


def test_that_a_refused_value_stays_in_its_field_with_the_reason(show: Show) -> None:
    window = show()
    dialog = opened(window)
    size = row(dialog, "text_size")
    size.field.setFocus()
    size.field.selectAll()
    QTest.keyClicks(size.field, "900")
    QTest.keyClick(size.field, Qt.Key.Key_Return)
    assert size.reason.isVisible()
    assert "80" in size.reason.text()
    assert "300" in size.reason.text()
    assert window.preferences.choices.text_size == 100


def test_that_preferences_go_into_a_text_file_and_come_back(
    show: Show, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = show()
    dialog = opened(window)
    file = tmp_path / "mine.json"
    monkeypatch.setattr(dialogs, "ask_save_path", lambda *_: file)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(file), ""))
    window.preferences.choose(start_with="last", reduce_motion=True)
    QTest.mouseClick(dialog.export, Qt.MouseButton.LeftButton)
    assert json.loads(file.read_text("utf-8"))["choices"]["reduce_motion"] is True
    window.preferences.reset()
    QTest.mouseClick(dialog.import_, Qt.MouseButton.LeftButton)
    assert window.preferences.choices == Choices(start_with="last", reduce_motion=True)


def test_that_a_file_that_is_none_is_refused_kindly(
    show: Show, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = show()
    dialog = opened(window)
    file = tmp_path / "bad.json"
    file.write_text('{"format": "vgviewer-preferences", "choices": {"text_size": 5}}', "utf-8")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(file), ""))
    shown: list[str] = []
    monkeypatch.setattr(Report, "exec", lambda report: shown.append(report.details.toPlainText()))
    window.preferences.choose(reduce_motion=True)
    QTest.mouseClick(dialog.import_, Qt.MouseButton.LeftButton)
    assert shown == ["text_size: must be between 80 and 300, is 5"]
    assert window.preferences.choices == Choices(reduce_motion=True)


def test_that_safe_mode_says_so_and_keeps_nothing_until_asked(qtbot: QtBot, tmp_path: Path) -> None:
    file = tmp_path / "settings.json"
    Preferences(file).choose(start_with="last")
    before = file.read_bytes()
    window = Window(Preferences(file, is_safe=True))
    qtbot.addWidget(window)
    window.show()
    dialog = opened(window)
    assert dialog.safe.isVisible()
    window.desk.build()
    window.preferences.choose(reduce_motion=True)
    assert file.read_bytes() == before
    QTest.mouseClick(dialog.keep, Qt.MouseButton.LeftButton)
    assert not dialog.safe.isVisible()
    assert Preferences(file).choices == Choices(reduce_motion=True)


def test_that_only_critical_alerts_are_heard_when_that_is_the_choice(show: Show) -> None:
    window = show()

    class Said:
        def __init__(self, severity: str) -> None:
            self.severity = severity

    heard = [window.live.hears(Said(severity)) for severity in ("warning", "critical")]  # type: ignore[arg-type]
    window.preferences.choose(alerts="critical")
    fewer = [window.live.hears(Said(severity)) for severity in ("warning", "critical")]  # type: ignore[arg-type]
    assert (heard, fewer) == ([True, True], [False, True])
