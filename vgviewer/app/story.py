"""Bookmarked steps as a story: walked with the arrow keys while presenting, each with its caption for the room."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLabel, QWidget

from vgviewer.app import theme
from vgviewer.app.presentation import Presentation
from vgviewer.app.rewind import Rewind

KEYS = ("story_on", "story_back")  # commands that have these keys only while somebody presents
MOST_WIDTH = 0.7  # of the window
ABOVE_FOOT = 24  # px


class Story(QObject):
    """The caption stands at the foot of the window as long as its step is on show."""

    def __init__(
        self, window: QWidget, presentation: Presentation, rewind: Rewind, actions: dict[str, QAction]
    ) -> None:
        super().__init__(window)
        self._window, self._presentation, self._rewind = window, presentation, rewind
        self._actions = [actions[name] for name in KEYS]
        self.caption = QLabel(window)
        self.caption.setTextFormat(Qt.TextFormat.PlainText)
        self.caption.setProperty("role", "caption-of-story")
        self.caption.setWordWrap(True)
        self.caption.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.caption.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.caption.setAccessibleName("Caption")
        rewind.moved.connect(self.follow)
        rewind.remarked.connect(self.follow)
        presentation.changed.connect(self.follow)
        theme.changed.connect(self.follow)
        window.installEventFilter(self)
        self.follow()

    def follow(self) -> None:
        """Another step, another bookmark, or somebody begins to present."""
        is_on = self._presentation.is_on
        for action in self._actions:
            action.setEnabled(is_on and bool(self._rewind.remarks.bookmarks))
        mark = self._rewind.bookmark
        text = mark.caption if is_on and mark is not None and self._rewind.at is not None else ""
        self.caption.setText(text)
        self.caption.setVisible(bool(text))
        self._place()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Resize:
            self._place()
        return super().eventFilter(watched, event)

    def _place(self) -> None:
        if self.caption.isHidden():
            return
        self.caption.setMaximumWidth(int(MOST_WIDTH * self._window.width()))
        self.caption.adjustSize()
        left = (self._window.width() - self.caption.width()) // 2
        self.caption.move(left, self._window.height() - self.caption.height() - theme.px(ABOVE_FOOT))
        self.caption.raise_()
