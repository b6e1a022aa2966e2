"""A part of the window that can be moved, put behind another, taken out and closed."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import QEnterEvent
from PySide6.QtWidgets import QApplication, QDockWidget, QLabel, QSizePolicy, QVBoxLayout, QWidget

from vgviewer.app import theme
from vgviewer.app.desk.handle import Handle
from vgviewer.app.desk.stops import go_round, stops

if TYPE_CHECKING:
    from vgviewer.app.views import View

LEAST_PANE, LEAST_VIEW = (144, 80), (240, 96)  # px


class Pane(QDockWidget):
    """`name` is what layouts and stored states know it by, `title` what its tab and the menu say."""

    menu_wanted = Signal(QPoint)  # on the screen

    def __init__(self, name: str, title: str, content: QWidget | None, parent: QWidget) -> None:
        super().__init__(title, parent)
        self.setObjectName(name)
        self.setAccessibleName(title)
        self._title = title
        self.handle = Handle(self)
        self.handle.menu_wanted.connect(self.menu_wanted)
        self.setTitleBarWidget(self.handle)
        self.content = content
        labels = content.findChildren(QLabel) if content is not None else []
        self._heading = next((label for label in labels if label.text() == title), None)
        self._place = QWidget(self)  # keeps its size while what stands in it is hidden
        self._place.setMinimumSize(*LEAST_PANE)
        self._column = QVBoxLayout(self._place)
        self._column.setContentsMargins(0, 0, 0, 0)
        if content is not None:
            self._column.addWidget(content)
        self.setWidget(self._place)
        self._is_held = True
        self.is_seen = False
        self.visibilityChanged.connect(self._follow)
        self.topLevelChanged.connect(self._come_out)

    def hold(self, is_held: bool) -> None:
        """While panes are put together each is visible for a moment; only afterwards it is true who is seen."""
        self._is_held = is_held
        if not is_held:
            corner = self.geometry().bottomRight()  # Qt puts what lies behind a tab above the window
            is_in_window = self.isFloating() or (corner.x() >= 0 and corner.y() >= 0)
            self._follow(self.isVisible() and is_in_window)

    def count(self, number: int) -> None:
        """Shows on the tab how much there is to see; the menu goes on calling the pane by its name."""
        title = f"{self._title} ({number})" if number else self._title
        if title != self.windowTitle():
            self.setWindowTitle(title)
            self.toggleViewAction().setText(self._title)

    def show_heading(self, is_needed: bool) -> None:
        """Its name above what it holds, where no tab says it."""
        if self._heading is not None:
            self._heading.setVisible(is_needed)

    def stops(self) -> list[QWidget]:
        """Where the keys go in it: what it holds before the buttons that move it."""
        found = stops(self)
        return sorted(found, key=self.handle.isAncestorOf)

    def come_forward(self) -> None:
        """Before all that share its place, ready to take the focus."""
        self.show()
        self.raise_()
        self._follow(True)

    def show_content(self, is_seen: bool) -> None:
        """What nobody sees takes neither the focus nor the processor: behind a tab it is `visible` for Qt."""
        if self.content is not None:
            self.content.setVisible(is_seen)

    def _come_out(self, is_floating: bool) -> None:
        """Out of its place nothing stands before it. It takes the focus, or Qt gives it to the first button there is,
        which nobody has asked for."""
        if is_floating and self.isVisible():
            self._follow(True)
        now = QApplication.focusWidget()
        if is_floating and not (now is not None and self.isAncestorOf(now)):
            self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _follow(self, is_seen: bool) -> None:
        if not self._is_held:
            self.is_seen = is_seen
            self.show_content(is_seen)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Out of the window it has a round of its own."""
        if self.isWindow():
            return go_round(self.stops(), QApplication.focusWidget(), forward)
        return super().focusNextPrevChild(forward)

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.handle.come_near(True)

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.handle.come_near(False)


class ViewPane(Pane):
    """Makes its view when it is seen for the first time: at the start most lie behind another's tab, and the window is
    painted before any is loaded."""

    made = Signal(str)

    def __init__(self, name: str, title: str, parent: QWidget) -> None:
        self.view: View | None = None
        self._is_awake = False
        super().__init__(name, title, None, parent)
        self._place.setMinimumWidth(LEAST_VIEW[0])
        theme.grow(self._place.setMinimumHeight, LEAST_VIEW[1])  # its heading is two lines of text

    def show_content(self, is_seen: bool) -> None:
        if is_seen and self._is_awake:
            self.need()
        super().show_content(is_seen)

    def wake(self) -> None:
        """Waits no longer."""
        self._is_awake = True
        self.show_content(self.is_seen)

    def need(self) -> "View":
        """The view, made now if it has not been."""
        if self.view is None:
            from vgviewer.app.views import VIEWS

            self.view = VIEWS[self.objectName()]()
            self.view.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
            self.content = self.view
            self._column.addWidget(self.view)
            self.view.setVisible(self.is_seen)
            self.made.emit(self.objectName())
        return self.view


def titled(title: str, content: QWidget) -> QWidget:
    """The content under a heading; an empty one where it has its own."""
    outer = QWidget()
    column = QVBoxLayout(outer)
    left = theme.GRID if title else 2 * theme.GRID
    theme.grow(column.setContentsMargins, left, theme.GRID // 2, theme.GRID, theme.GRID)
    column.setSpacing(theme.GRID)
    if title:
        head = QLabel(title, outer)
        head.setProperty("role", "section")
        head.setContentsMargins(theme.GRID, 0, 0, 0)
        head.setAlignment(Qt.AlignmentFlag.AlignLeft)
        column.addWidget(head)
    column.addWidget(content, 1)
    return outer
