"""The steps of a run, to be gone through: the line with its buttons, at the bottom of the window."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QInputDialog, QLineEdit, QMenu, QToolButton, QWidget

from vgviewer.app import theme
from vgviewer.app.icons import icon
from vgviewer.app.rewind import Rewind
from vgviewer.app.track import Track

MOST_CAPTION = 200  # characters


class Timeline(QWidget):
    """Play, the line, the way to the newest step, and a bookmark; only where the run is kept has it buttons."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("role", "plain")
        self.track = Track(self)
        self.play = _button("play", "Play the steps that were made", self)
        self.newest = _button("", "Show the newest step again", self)
        self.newest.setProperty("role", "link")
        self.newest.setText("Newest")
        self.newest.setAccessibleName("Newest step")
        policy = self.newest.sizePolicy()
        policy.setRetainSizeWhenHidden(True)  # the line must not move away under who drags along it
        self.newest.setSizePolicy(policy)
        self.bookmark = _button("bookmark", "Bookmark this step", self)
        self._rewind: Rewind | None = None
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.GRID)
        row.addWidget(self.play)
        row.addWidget(self.track, 1)
        row.addWidget(self.newest)
        row.addWidget(self.bookmark)
        theme.changed.connect(self._dress)
        self._dress()
        self.show_state()

    def follow(self, rewind: Rewind, actions: dict[str, QAction]) -> None:
        """From now on it goes through those steps; the buttons are those commands."""
        self._rewind = rewind
        self.track.moved.connect(self._go_to)
        for button, name in (
            (self.play, "play_back"),
            (self.newest, "newest_step"),
            (self.bookmark, "bookmark"),
        ):
            button.clicked.connect(actions[name].trigger)
        more = QMenu(self.play)
        more.addActions([actions[name] for name in ("loop_back", "play_faster", "play_slower")])
        self.play.setMenu(more)
        self.play.setPopupMode(QToolButton.ToolButtonPopupMode.DelayedPopup)
        rewind.moved.connect(self.show_state)
        self.show_state()

    def show_state(self) -> None:
        """What can be done now."""
        rewind = self._rewind
        is_possible = rewind is not None and rewind.is_possible
        is_back = is_possible and rewind is not None and rewind.at is not None
        for button in (self.play, self.bookmark):
            button.setVisible(is_possible)
        self.newest.setVisible(is_back)
        if rewind is not None:
            self.play.setIcon(icon("pause" if rewind.is_playing else "play"))
            words = "Stop playing" if rewind.is_playing else "Play the steps that were made"
            self.play.setToolTip(words)
            self.play.setAccessibleName(words)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())

    def _go_to(self, step: int) -> None:
        if self._rewind is not None:
            self._rewind.pause()
            self._rewind.go_to(step)

    def _dress(self) -> None:
        self.bookmark.setIcon(icon("bookmark"))
        self.track.setMinimumWidth(0)
        self.show_state()


def ask_caption(parent: QWidget, step: str, before: str) -> str | None:
    """What is said of a step; None where nothing is to be changed."""
    dialog = QInputDialog(parent)
    dialog.setWindowTitle("Bookmark")
    dialog.setLabelText(f"What is there to see at step {step}?")
    dialog.setTextValue(before)
    dialog.setOkButtonText("Bookmark")
    line = dialog.findChild(QLineEdit)
    if line is not None:
        line.setMaxLength(MOST_CAPTION)
        line.setAccessibleName("Caption")
    text = dialog.textValue() if dialog.exec() else None
    dialog.deleteLater()
    return text


def _button(name: str, words: str, parent: QWidget) -> QToolButton:
    button = QToolButton(parent)
    if name:
        button.setIcon(icon(name))
        theme.grow(button.setIconSize, 16)
    button.setToolTip(words)
    button.setWhatsThis(words)
    button.setAccessibleName(words)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return button
