"""U60: Notification history with time; duplicates collapse."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from tests.app.runs_by_hand import HandRun, experiment, messages
from tests.app.windows import make_window
from vgviewer.app.window import Window
from vgviewer.frames import Failed
from vgviewer.runner import Run

LEFT = Qt.MouseButton.LeftButton
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


def shown(qtbot: QtBot, folder: Path) -> Window:
    window = make_window(qtbot, folder, cast(Callable[..., Run], HandRun))
    window.resize(1024, 768)
    window.show()
    return window


def lines(window: Window) -> list[str]:
    sheet = window.guide.messages
    assert sheet is not None
    return [sheet.list.item(row).text() for row in range(sheet.list.count())]


def test_that_the_bell_opens_what_was_said_newest_first_with_its_time(qtbot: QtBot, tmp_path: Path) -> None:
    window = shown(qtbot, tmp_path)
    window.say("Saved.")
    window.commands["copy_diagnostics"].trigger()
    assert "2 new" in window.guide.bell.toolTip()
    qtbot.mouseClick(window.guide.bell, LEFT)
    sheet = window.guide.messages
    assert sheet is not None
    assert sheet.isVisible()
    assert window.rect().contains(sheet.geometry())
    first, second = lines(window)
    assert "Copied" in first
    assert second.endswith("Saved.")
    assert datetime.strptime(first[:8], "%H:%M:%S")
    assert "nothing new" in window.guide.bell.toolTip()


def test_that_the_same_said_again_is_one_line_with_a_count(qtbot: QtBot, tmp_path: Path) -> None:
    window = shown(qtbot, tmp_path)
    for _ in range(3):
        window.say("Saved.")
    window.commands["messages"].trigger()
    (line,) = lines(window)
    assert "×3" in line
    window.say("Saved.")
    assert "×4" in lines(window)[0]


def test_that_a_run_that_failed_is_found_there_when_its_banner_is_gone(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        HandRun, "script", [*messages(2)[:-1], Failed("Training stopped: no.", "a traceback")]
    )
    monkeypatch.setattr(HandRun, "made", [])
    window = shown(qtbot, tmp_path)
    window.document.replace(experiment(), None)
    with qtbot.waitSignal(window.live.ended):
        window.commands["train"].trigger()
    window.banner.hide()
    window.commands["messages"].trigger()
    assert any("Training stopped: no." in line for line in lines(window))


def test_that_messages_can_be_copied_and_cleared_and_esc_closes(qtbot: QtBot, tmp_path: Path) -> None:
    window = shown(qtbot, tmp_path)
    window.say("Saved to /home/somebody/a.vgnet.json.")
    window.commands["messages"].trigger()
    sheet = window.guide.messages
    assert sheet is not None
    qtbot.keyClick(sheet.list, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "Saved to /home/somebody/a.vgnet.json."
    qtbot.mouseClick(sheet.clear, LEFT)
    assert lines(window) == []
    assert not sheet.list.isVisible()
    qtbot.keyClick(sheet, Qt.Key.Key_Escape)
    assert not sheet.isVisible()
