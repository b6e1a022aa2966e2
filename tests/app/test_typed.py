"""What is typed in a field and was not sent yet counts, whoever saves, trains or closes without leaving the field."""

from collections.abc import Callable
from pathlib import Path
from typing import cast
from unittest.mock import Mock

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.app.runs_by_hand import HandRun, experiment, messages
from tests.app.windows import make_window
from vgviewer.app import dialogs
from vgviewer.app.recovery import Recovery
from vgviewer.app.recovery.journal import left_behind
from vgviewer.app.window import Window
from vgviewer.experiment import Experiment, load, save
from vgviewer.runner import Run

Show = Callable[[], Window]
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
TYPED = 9


@pytest.fixture
def show(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Show:
    """Makes a window with a file that dies with the test's own variables."""
    monkeypatch.setattr(HandRun, "made", [])
    monkeypatch.setattr(HandRun, "script", messages(30))
    save(experiment(), tmp_path / "mine.vgnet.json")

    def shown() -> Window:
        made = make_window(qtbot, tmp_path, cast(Callable[[Experiment], Run], HandRun))
        made.show()
        made.activateWindow()
        assert made.files.open_path(tmp_path / "mine.vgnet.json")
        made.document.select("rnn1")
        made.desk.inspect()
        QApplication.processEvents()
        return made

    return shown


def write(field: QWidget, text: str) -> None:
    """Types over what stands there, and stays."""
    field.setFocus()
    field.selectAll()  # type: ignore[attr-defined]
    QTest.keyClicks(field, text)


def type_units(window: Window) -> QWidget:
    sheet = window.desk.inspector.sheet
    row = sheet.row("units") if sheet else None
    assert row is not None
    write(row.field, str(TYPED))
    return row.field


def units(of: Experiment) -> int:
    return int(of.network.layers[0].model_dump()["units"])


def test_that_the_key_for_save_saves_it(show: Show) -> None:
    window = show()
    QTest.keyClick(type_units(window), Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert window.document.path is not None
    assert units(load(window.document.path)) == TYPED


def test_that_training_by_the_mouse_trains_it(show: Show) -> None:
    window = show()
    field = type_units(window)
    QTest.mouseClick(window.top_bar.train, Qt.MouseButton.LeftButton)
    assert QApplication.focusWidget() is field
    assert units(HandRun.made[0].experiment) == TYPED


def test_that_the_end_asks_about_it(show: Show, monkeypatch: pytest.MonkeyPatch) -> None:
    window = show()
    type_units(window)
    asked = Mock(return_value="cancel")
    monkeypatch.setattr(dialogs, "ask_about_changes", asked)
    assert not window.close()
    asked.assert_called_once()


def test_that_an_end_by_the_system_keeps_it(
    show: Show, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = show()
    monkeypatch.setattr(window, "leave", Mock())  # the end of the program would end the tests' own loops
    recovery = Recovery(window, tmp_path / "journals")
    type_units(window)
    recovery.leave()
    recovery.close()
    (found,) = left_behind(tmp_path / "journals")
    assert units(found.read()[1]) == TYPED
    found.release()


def test_that_a_number_beyond_all_steps_is_sent_too(show: Show) -> None:
    window = show()
    window.show_training()
    sheet = window.desk.inspector.sheet
    row = sheet.row("optimizer.lr") if sheet else None
    assert row is not None
    write(row.field, "0.125")
    window.desk.inspector.finish()
    assert window.document.experiment.training.model_dump()["optimizer"]["lr"] == 0.125


def test_that_a_knob_is_turned_before_the_next_step(show: Show) -> None:
    window = show()
    window.top_bar.step.click()
    window.live.drain()
    window.show_training()
    write(window.desk.inspector.knobs.edits["lr"], "0.125")
    QTest.mouseClick(window.top_bar.step, Qt.MouseButton.LeftButton)
    assert HandRun.made[0].calls[-2:] == ["lr 0.125", "step"]


def test_that_what_cannot_be_stays_where_it_was_typed(show: Show) -> None:
    window = show()
    field = type_units(window)
    QTest.keyClicks(field, "x")
    QTest.mouseClick(window.top_bar.train, Qt.MouseButton.LeftButton)
    assert units(HandRun.made[0].experiment) != TYPED
    assert field.property("invalid")
