"""One of the runs that are compared: its letter, its name, how it stands, and the picture of it."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from vgviewer.app import theme
from vgviewer.app.compare.overlay import COLORS
from vgviewer.app.compare.sides import LETTERS, Side
from vgviewer.app.numerals import counted
from vgviewer.app.picture.header import Elided
from vgviewer.app.picture.limits import Limits
from vgviewer.app.views import VIEWS

if TYPE_CHECKING:
    from vgviewer.app.views import View


class Column(QWidget):
    """All columns show the same kind of picture, colored alike."""

    def __init__(self, side: Side, place: int, limits: Limits, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("role", "pane")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.side = side
        self._place, self._limits = place, limits
        self.letter, self.name, self.word = QLabel(LETTERS[place], self), Elided(self), QLabel(self)
        self.letter.setProperty("role", "title")
        self.name.setProperty("role", "section")
        self.name.setText(side.name)
        self.name.setToolTip(side.name)
        self.word.setProperty("role", "muted")
        self.word.setTextFormat(Qt.TextFormat.PlainText)
        self.view: View | None = None
        head = QHBoxLayout()
        theme.grow(head.setContentsMargins, 2 * theme.GRID, theme.GRID, 2 * theme.GRID, 0)
        head.setSpacing(theme.GRID)
        head.addWidget(self.letter)
        head.addWidget(self.name, 1)
        head.addWidget(self.word)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addLayout(head)
        theme.changed.connect(self._dress)
        self._dress()

    def show_kind(self, name: str) -> "View":
        """Another kind of picture from now on."""
        if self.view is not None:
            self._column.removeWidget(self.view)
            self.view.hide()
            self.view.deleteLater()
        self.view = VIEWS[name](self)
        self.view.foresee(self.side.experiment)
        self.view.share(self._limits)
        self._column.addWidget(self.view, 1)
        self.view.show()
        self.follow()
        return self.view

    def follow(self) -> None:
        """What is on show of the run may be another step by now."""
        session = self.side.shown
        history = session.history
        if self.view is not None and self.view.history is not history:
            self.view.set_history(history)
        latest = history.latest if history is not None else None
        step = "" if latest is None else f"step {counted(latest.step)}, "
        self.word.setText(f"{step}{session.verdict.replace('_', ' ')}" if latest is not None else "")
        self.setAccessibleName(f"{LETTERS[self._place]}: {self.side.name}. {self.word.text()}".strip())

    def _dress(self) -> None:
        color = getattr(theme.current(), COLORS[self._place])
        self.letter.setStyleSheet(f"color: {color};")
