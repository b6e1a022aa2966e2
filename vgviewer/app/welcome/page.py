"""The welcome page: what this is and where to begin, in the place of the network and its pictures."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from vgviewer.app import theme
from vgviewer.app.fade import Fade
from vgviewer.app.icons import icon
from vgviewer.app.welcome.gallery import Gallery
from vgviewer.app.welcome.recent import Recent
from vgviewer.app.welcome.sketch import sketches
from vgviewer.experiment import Card as Preset

SIDE = 256  # px wide
INDENT = 12  # px, which a flat button has around its text
AIR = 4  # px at each side of an icon
LEFT = "QPushButton { text-align: left; }"
SENTENCE = "See gradients vanish and explode while a network trains."


class Welcome(QWidget):
    """Shows what can be opened, and sends wishes."""

    opened = Signal(str)  # a preset's id
    trained = Signal(str)
    path_wanted = Signal(Path)
    new_wanted = Signal()
    open_wanted = Signal()
    tour_wanted = Signal()
    start_chosen = Signal(bool)  # whether to stand here at the next start
    left = Signal()

    def __init__(self, presets: Sequence[Preset], parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("welcome")
        self.setAccessibleName("Welcome")
        self.gallery = Gallery(presets, sketches(), self)
        self.gallery.opened.connect(self.opened)
        self.gallery.trained.connect(self.trained)
        self.empty = self._button("Start Empty", "file-plus", "A network without layers, to build your own")
        self.open = self._button("Open…", "folder-open", "Open a preset file")
        self.tour = self._button("Take the Tour", "compass", "A minute's walk through the window")
        self.empty.clicked.connect(self.new_wanted)
        self.open.clicked.connect(self.open_wanted)
        self.tour.clicked.connect(self.tour_wanted)
        self.recent = Recent(self)
        self.recent.wanted.connect(self.path_wanted)
        self.at_start = QCheckBox("Show at start", self)
        self.at_start.setToolTip("Whether this page is what the next start shows")
        self.at_start.setWhatsThis(self.at_start.toolTip())
        self.at_start.clicked.connect(self.start_chosen)
        back = "Leave this page (Esc); Help > Welcome brings it back"
        self.back = self._button("Back to the Network", "chevron-left", back)
        self.back.clicked.connect(self.left)
        self._lay_out()

    def show_recents(self, paths: Sequence[Path]) -> None:
        """The files used last, newest first."""
        self.recent.show_paths(paths)

    def show_start(self, is_chosen: bool) -> None:
        """Whether the box is checked."""
        self.at_start.setChecked(is_chosen)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
            return
        super().keyPressEvent(event)

    def focus_first(self) -> None:
        """On the first card, from where the arrow keys go on."""
        first = self.gallery.cards[0] if self.gallery.cards else self.empty
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _button(self, text: str, picture: str, tooltip: str) -> QPushButton:
        button = QPushButton(icon(picture), text, self)
        button.setFlat(True)
        button.setStyleSheet(LEFT)
        button.setToolTip(tooltip)
        theme.grow(button.setIconSize, 16 + 2 * AIR, 16)  # wider than high: air before the word
        return button

    def _lay_out(self) -> None:
        line = QFrame(self)
        line.setProperty("role", "hairline")
        line.setFixedWidth(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._side())
        row.addWidget(line)
        examples = _scrolling(self.gallery, self)
        self.gallery.reached.connect(examples.ensureWidgetVisible)
        row.addWidget(examples, 1)

    def _side(self) -> QWidget:
        """What stands at its foot is always seen; the rest is scrolled."""
        outer = QWidget(self)
        theme.grow(outer.setFixedWidth, SIDE)
        foot = QVBoxLayout()
        theme.grow(foot.setContentsMargins, INDENT - AIR, 8, INDENT, 12)
        theme.grow(foot.setSpacing, 4)
        start = QHBoxLayout()
        theme.grow(start.setContentsMargins, INDENT + AIR, 0, 0, 4)
        start.addWidget(self.at_start)
        foot.addLayout(start)
        foot.addWidget(self.back)
        column = QVBoxLayout(outer)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(_scrolling(self._ways(), self), 1)
        column.addLayout(foot)
        return outer

    def _ways(self) -> QWidget:
        side = QWidget(self)
        name, sentence = QLabel("vgviewer", side), QLabel(SENTENCE, side)
        name.setProperty("role", "title")
        sentence.setProperty("role", "muted")
        sentence.setWordWrap(True)
        column = QVBoxLayout(side)
        theme.grow(column.setContentsMargins, INDENT - AIR, 24, INDENT, 8)
        theme.grow(column.setSpacing, 4)
        for words in (name, sentence):
            theme.grow(words.setContentsMargins, INDENT + AIR, 0, 0, 0)
        column.addWidget(name)
        column.addWidget(sentence)
        column.addSpacing(theme.px(16))
        for button in (self.empty, self.open, self.tour):
            column.addWidget(button)
        column.addSpacing(theme.px(20))
        recent = QHBoxLayout()
        theme.grow(recent.setContentsMargins, AIR, 0, 0, 0)
        recent.addWidget(self.recent)
        column.addLayout(recent)
        column.addStretch(1)
        return side

    def sizeHint(self) -> QSize:
        return QSize(theme.px(960), theme.px(600))


def _scrolling(content: QWidget, parent: QWidget) -> QScrollArea:
    """Up and down where it is taller than its place."""
    scroll = QScrollArea(parent)
    scroll.setWidgetResizable(True)
    scroll.setFrameShape(QFrame.Shape.NoFrame)
    scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    scroll.setWidget(content)
    Fade(scroll)
    return scroll
