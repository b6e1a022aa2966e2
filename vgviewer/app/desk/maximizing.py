"""One pane in all the room of the desk, and everything back where it was."""

from collections.abc import Mapping

from PySide6.QtCore import QByteArray, QObject, Qt
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget

from vgviewer.app.desk.arranging import put_back
from vgviewer.app.desk.pane import Pane, ViewPane


class Maximizing(QObject):
    """`name` is the pane that has all the room, None while there is none. The others are hidden meanwhile, so that they
    cost nothing; another layout ends it."""

    def __init__(self, desk: QMainWindow, panes: Mapping[str, Pane], middle: QWidget) -> None:
        super().__init__(desk)
        self.name: str | None = None
        self._desk = desk
        self._panes = panes
        self._middle = middle
        self._before = QByteArray()

    def maximize(self, name: str) -> None:
        """Gives the pane all the room, and the keys to its picture."""
        if name == self.name:
            return
        self.restore()
        self._before = self._desk.saveState()
        self.name = name
        pane = self._panes[name]
        pane.setFloating(False)
        for other in self._panes.values():
            if other is not pane:
                other.hide()
        self._middle.hide()
        pane.show()
        self._tell(name, True)

    def restore(self) -> None:
        """Everything stands where it stood before."""
        name = self.name
        if name is None:
            return
        focus, pane = QApplication.focusWidget(), self._panes[name]
        self.end()
        put_back(self._desk, self._before)
        pane.raise_()
        if focus is not None and pane.isAncestorOf(focus):
            focus.setFocus(Qt.FocusReason.OtherFocusReason)  # it was hidden for a moment

    def end(self) -> None:
        """Somebody else puts the panes in their places."""
        name, self.name = self.name, None
        if name is not None:
            self._middle.show()
            self._tell(name, False)

    def _tell(self, name: str, is_maximized: bool) -> None:
        pane = self._panes[name]
        if isinstance(pane, ViewPane):
            pane.need().show_maximized(is_maximized)
