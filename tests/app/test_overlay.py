"""What lies over the window gives the focus back, also when who had it is gone."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.app.windows import make_window
from vgviewer.app.presentation import Blank
from vgviewer.app.window import Window

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


def leave_messages(window: Window) -> None:
    assert window.guide.messages is not None
    window.guide.messages.leave()


def press_a_key_on_black(window: Window) -> None:
    blank = window.findChild(Blank)
    assert blank is not None
    blank.keyPressEvent(None)  # type: ignore[arg-type]  # by Qt itself a fault here ends the process
    window.commands["present"].trigger()


def end_tour(window: Window) -> None:
    assert window.guide.tour is not None
    window.guide.tour.end()


WAYS: dict[str, tuple[tuple[str, ...], Callable[[Window], None]]] = {
    "messages": (("messages",), leave_messages),
    "presentation": (("present",), lambda window: window.commands["present"].trigger()),
    "black screen": (("present", "blank"), press_a_key_on_black),
    "tour": (("tour",), end_tour),
}


@pytest.mark.parametrize(("commands", "leave"), WAYS.values(), ids=WAYS)
def test_that_what_lies_over_the_window_goes_away_when_who_had_the_focus_is_gone(
    qtbot: QtBot, tmp_path: Path, commands: tuple[str, ...], leave: Callable[[Window], None]
) -> None:
    window = make_window(qtbot, tmp_path)
    window.show()
    window.document.new()
    field = window.desk.inspector.focusProxy()
    assert isinstance(field, QWidget)
    for command in commands:
        field.setFocus()
        window.commands[command].trigger()
    window.document.select("training")  # other fields take the place of these
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    leave(window)
    QTest.keyClick(window, Qt.Key.Key_Escape)
    assert QApplication.activeModalWidget() is None
    window.close()
