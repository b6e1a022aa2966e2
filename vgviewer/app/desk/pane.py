"""A part of the window that can be moved, put behind another, taken out and closed."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDockWidget, QLabel, QSizePolicy, QVBoxLayout, QWidget

from vgviewer.app import theme
from vgviewer.app.views import View

LEAST_VIEW = (240, 120)  # px


class Pane(QDockWidget):
    """`name` is what layouts and stored states know it by, `title` what its tab and the menu say."""

    def __init__(self, name: str, title: str, content: QWidget, parent: QWidget) -> None:
        super().__init__(title, parent)
        self.setObjectName(name)
        self.setAccessibleName(title)
        self.setTitleBarWidget(QWidget(self))  # each content has a heading of its own
        self.setWidget(content)


class ViewPane(Pane):
    """Makes its view when it is seen for the first time: at the start most lie behind another's tab."""

    made = Signal(str)

    def __init__(self, name: str, title: str, make: Callable[[], View], parent: QWidget) -> None:
        self._make = make
        self.view: View | None = None
        self._place = QWidget()
        super().__init__(name, title, self._place, parent)
        self._place.setMinimumSize(*LEAST_VIEW)
        column = QVBoxLayout(self._place)
        column.setContentsMargins(0, 0, 0, 0)

    def showEvent(self, event: QShowEvent) -> None:
        self.need()
        super().showEvent(event)

    def need(self) -> View:
        """The view, made now if it has not been."""
        if self.view is None:
            self.view = self._make()
            self.view.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
            layout = self._place.layout()
            assert layout is not None
            layout.addWidget(self.view)
            self.made.emit(self.objectName())
        return self.view


def titled(title: str, content: QWidget) -> QWidget:
    """The content under a heading; an empty one where it has its own."""
    outer = QWidget()
    column = QVBoxLayout(outer)
    column.setContentsMargins(theme.GRID if title else 2 * theme.GRID, 12, theme.GRID, theme.GRID)
    column.setSpacing(theme.GRID)
    if title:
        head = QLabel(title, outer)
        head.setProperty("role", "section")
        head.setContentsMargins(theme.GRID, 0, 0, 0)
        head.setAlignment(Qt.AlignmentFlag.AlignLeft)
        column.addWidget(head)
    column.addWidget(content, 1)
    return outer
