"""The menu of a choice above a picture, by keys."""

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from vgviewer.app.picture.header import Choice

# The offscreen platform says so of every menu.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.mark.parametrize(("key", "value"), [(Qt.Key.Key_Home, "a"), (Qt.Key.Key_End, "c")])
def test_that_home_and_end_lead_to_the_first_and_the_last_entry(
    qtbot: QtBot, key: Qt.Key, value: str
) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    choice = Choice("What is shown", {"a": "time", "b": "depth", "c": "shares"}, parent)
    choice.choose("b")
    parent.show()

    def press() -> None:
        QTest.keyClick(choice.menu(), key)
        QTest.keyClick(choice.menu(), Qt.Key.Key_Return)
        choice.menu().close()

    QTimer.singleShot(0, parent, press)
    choice.showMenu()
    assert choice.value == value
