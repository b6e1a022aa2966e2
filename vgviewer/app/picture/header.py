"""The line above a picture: a bold title, what it says now, and the choices on the right."""

from collections.abc import Mapping

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup, QColor, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QMenu, QSizePolicy, QToolButton, QWidget

from vgviewer.app import theme
from vgviewer.app.picture.tools import Tools
from vgviewer.app.theme import GRID

SUBTITLE_ROOM = 120  # px; with less the choices go to a line of their own
BESIDE, BELOW, INSTEAD = (
    (0, 3, 1, 1),
    (1, 0, 1, 5),
    (0, 0, 1, 4),
)  # where the choices stand: row, column, spans
LEAST_WORDS = 48  # px, below which the beginning of a sentence says nothing
INSET = GRID  # px from the edge of a choice to its word


class Menu(QMenu):
    """Home and End lead to its first and last entry: Qt's own menu has them for scrolling alone."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        ends = {Qt.Key.Key_Home: 0, Qt.Key.Key_End: -1}
        if event.key() in ends and self.actions():
            self.setActiveAction(self.actions()[ends[Qt.Key(event.key())]])
        else:
            super().keyPressEvent(event)


class Choice(QToolButton):
    """A link that names what is chosen and opens the menu of the alternatives."""

    chosen = Signal(str)

    def __init__(self, name: str, options: Mapping[str, str], parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("role", "link")
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(name)
        self.setToolTip(name)
        self._name = name
        self._menu = Menu(self)
        self._group = QActionGroup(self)
        self._group.triggered.connect(self._picked)
        self.setMenu(self._menu)
        self.value = ""
        self.hide()  # until there is more than one
        self.offer(options)

    def offer(self, options: Mapping[str, str]) -> None:
        """Replaces the options, value to words; keeps the value if it is still among them."""
        if [action.data() for action in self._group.actions()] == list(options):
            return
        for action in self._group.actions():
            self._group.removeAction(action)
            self._menu.removeAction(action)
            action.deleteLater()
        for value, words in options.items():
            action = QAction(words, self._menu, checkable=True)
            action.setData(value)
            self._group.addAction(action)
            self._menu.addAction(action)
        self.setVisible(len(options) > 1)
        if options:
            self.choose(self.value if self.value in options else next(iter(options)))

    def choose(self, value: str) -> None:
        """Shows `value` as chosen; emits `chosen` only if it is another one."""
        for action in self._group.actions():
            if action.data() == value:
                action.setChecked(True)
                self.setText(action.text())
                changed, self.value = value != self.value, value
                if changed:
                    self.chosen.emit(value)

    def _picked(self, action: QAction) -> None:
        self.choose(action.data())


class Elided(QLabel):
    """A label that gives way: it ends in … where there is no room, and is gone where a few letters would be left."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.setTextFormat(Qt.TextFormat.PlainText)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        box = self.contentsRect()
        text = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, box.width())
        if text != self.text() and box.width() < theme.px(LEAST_WORDS):
            return
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, text)


class Mark(QLabel):
    """A few words on a soft ground: something has just changed by itself."""

    def __init__(self, words: str, parent: QWidget) -> None:
        super().__init__(words, parent)
        self.setProperty("role", "caption")
        self.setContentsMargins(GRID, 2, GRID, 2)
        self.hide()

    def paintEvent(self, event: QPaintEvent) -> None:
        now, painter = theme.current(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(now.accent_soft))
        painter.drawRoundedRect(self.rect(), GRID / 2, GRID / 2)
        painter.setPen(QColor(now.accent))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.text())


class Header(QWidget):
    """Title, subtitle, choices, tools. While the pointer is on the picture, `note` stands in for the sentence.

    Its words begin `INSET` from its left edge, so that choices in a second line stand below the title.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._title = QLabel(self)
        self._title.setProperty("role", "section")
        theme.grow(self._title.setContentsMargins, INSET, 0, 0, 0)
        self._choices = QWidget(self)
        self._choices.setMinimumWidth(
            1
        )  # where there is less room than for all their words the title keeps its own
        self._choice_row = QHBoxLayout(self._choices)
        self._choice_row.setContentsMargins(0, 0, 0, 0)
        self._choice_row.setSpacing(0)
        self._subtitle = Elided(self)
        self._subtitle.setProperty("role", "muted")
        self.tools = Tools(self)
        self._mark = Mark("scale changed", self)
        self._words = ""
        self._note = ""
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(GRID)
        self._grid.setVerticalSpacing(GRID // 4)
        self._grid.setColumnStretch(1, 1)
        self._grid.addWidget(self._title, 0, 0)
        self._grid.addWidget(self._subtitle, 0, 1)
        self._grid.addWidget(self._mark, 0, 2)
        self._grid.addWidget(self._choices, 0, 3)
        self._grid.addWidget(self.tools, 0, 4)
        self._are_offered = True
        self._is_low = False
        self._place = BESIDE

    def add_choice(self, choice: Choice) -> None:
        """Places the choice at the right end."""
        self._choice_row.addWidget(choice)

    @property
    def choices(self) -> list[Choice]:
        """Those that were added, in their order."""
        return self._choices.findChildren(Choice, options=Qt.FindChildOption.FindDirectChildrenOnly)

    def hide_choices(self) -> None:
        """For a figure, where nothing can be chosen."""
        self._are_offered = False
        for part in (self._choices, self.tools, self._mark):
            part.setVisible(False)

    def offer_choices(self, are_of_use: bool) -> None:
        """Where there is nothing to see yet there is nothing to choose."""
        if are_of_use != self._are_offered and not self.tools.isHidden():
            self._are_offered = are_of_use
            self._arrange()

    def show_low(self, is_low: bool) -> None:
        """In a low picture choices that have no room beside the title take its place: the tab above says as much."""
        self._is_low = is_low
        self._arrange()

    def mark_scale(self, has_changed: bool) -> None:
        """Says for as long as it is told so that the limits of the colors are others than before."""
        if has_changed == self._mark.isHidden() and not self.tools.isHidden():
            self._mark.setVisible(has_changed)

    def say(self, title: str, subtitle: str) -> None:
        """Sets the sentence; the subtitle gives way to a note."""
        self._title.setText(title)
        self._words = subtitle
        self._show()

    def note(self, text: str) -> None:
        """What is under the pointer; empty when it has left."""
        self._note = text
        self._show()

    @property
    def sentence(self) -> str:
        """Title and subtitle as one line."""
        return f"{self._title.text()}: {self._words}" if self._words else self._title.text()

    def minimumSizeHint(self) -> QSize:
        tools = self.tools.sizeHint().width() + GRID
        least = max(self._title.sizeHint().width() + tools, self._choices.sizeHint().width())
        return QSize(least, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        """In a narrow pane the choices go under the title, so that the words beside it stay readable."""
        taken = self._title.sizeHint().width() + self.tools.sizeHint().width()
        room = self.width() - taken - 3 * GRID
        is_any = self._are_offered and not all(choice.isHidden() for choice in self.choices)
        is_wide = not is_any or room >= self._choices.sizeHint().width() + SUBTITLE_ROOM
        place = BESIDE if is_wide else INSTEAD if self._is_low else BELOW
        if place != self._place:
            self._place = place
            self._grid.removeWidget(self._choices)
            self._grid.addWidget(self._choices, *place)
            self._grid.setAlignment(
                self._choices, Qt.AlignmentFlag(0) if is_wide else Qt.AlignmentFlag.AlignLeft
            )
        self._show_parts()

    def _show_parts(self) -> None:
        """A narrow pane has room for one of title and note, a low one for one of choices and note."""
        is_instead = self._place == INSTEAD
        self._title.setVisible(not self._note and not is_instead)
        self._subtitle.setVisible(bool(self._note) or not is_instead)
        self._choices.setVisible(self._are_offered and not (is_instead and self._note))

    def _show(self) -> None:
        text = self._note or self._words
        self._grid.setRowMinimumHeight(0, self._title.sizeHint().height())
        self._arrange()  # what is offered may be another choice now
        self._subtitle.setContentsMargins(theme.px(INSET) if self._note else 0, 0, 0, 0)
        self._subtitle.setText(text)
        self._subtitle.setToolTip(text)
