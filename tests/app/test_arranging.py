"""Putting panes back: the desk stands still until all bars of tabs are shown."""

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QApplication, QDockWidget, QMainWindow, QTabBar
from pytestqt.qtbot import QtBot

from vgviewer.app.desk.arranging import put_back

# The offscreen platform warns of what floats.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support raise")
LEFT = Qt.DockWidgetArea.LeftDockWidgetArea


class Shown(QObject):
    """Whether the desk arranged itself whenever a bar of tabs was shown."""

    def __init__(self, desk: QMainWindow) -> None:
        super().__init__(desk)
        self._desk = desk
        self.arranging: list[bool] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.ShowToParent and isinstance(watched, QTabBar):
            layout = self._desk.layout()
            assert layout is not None
            self.arranging.append(layout.isEnabled())
        return False


def test_that_the_desk_stands_still_while_its_panes_are_put_back(qapp: QApplication, qtbot: QtBot) -> None:
    desk = QMainWindow()
    qtbot.addWidget(desk)
    desk.resize(400, 300)
    one, other = QDockWidget("one", desk), QDockWidget("other", desk)
    for dock in (one, other):
        dock.setObjectName(dock.windowTitle())
        desk.addDockWidget(LEFT, dock)
    desk.tabifyDockWidget(one, other)
    desk.show()
    qapp.processEvents()
    state = desk.saveState()
    other.setFloating(True)
    qapp.processEvents()
    shown = Shown(desk)
    qapp.installEventFilter(shown)
    assert put_back(desk, state)
    qapp.removeEventFilter(shown)
    layout = desk.layout()
    assert shown.arranging
    assert not any(shown.arranging)
    assert layout is not None
    assert layout.isEnabled()
    assert desk.tabifiedDockWidgets(one) == [other]
