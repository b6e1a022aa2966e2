"""The bell at the bottom, and the sheet of what was said that it opens."""

from PySide6.QtCore import QDateTime, QLocale, QRectF, Qt
from PySide6.QtGui import QColor, QGuiApplication, QKeyEvent, QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from vgviewer.app import theme
from vgviewer.app.icons import icon
from vgviewer.app.notifications import Notice, Notifications
from vgviewer.app.overlay import Overlay

WIDTH, HEIGHT = 440, 320  # px
ABOVE = 44  # px, from the window's lower edge: over the status line
DOT = 6  # px
TEXT = Qt.ItemDataRole.UserRole
NOTHING = "Nothing has been said yet. Messages stay here when they have gone from the status line."


class Bell(QToolButton):
    """A dot tells that something was said since somebody looked."""

    def __init__(self, notifications: Notifications, parent: QWidget) -> None:
        super().__init__(parent)
        self._notifications = notifications
        self.setIcon(icon("bell"))
        self.setAccessibleName("Messages")
        theme.grow(self.setIconSize, 16)
        notifications.changed.connect(self._show)
        self._show()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._notifications.unread:
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(theme.current().accent))
            side = theme.px(DOT)
            painter.drawEllipse(QRectF(self.width() - side - 3, 3, side, side))

    def _show(self) -> None:
        unread = self._notifications.unread
        words = f"Messages: {unread} new" if unread else "Messages: nothing new"
        self.setToolTip(words)
        self.setAccessibleDescription(words)
        self.update()


class NoticeSheet(Overlay):
    """Above the bell; the newest on top."""

    def __init__(self, notifications: Notifications, window: QWidget) -> None:
        super().__init__(window)
        self.setObjectName("messages")
        self.setAccessibleName("Messages")
        self._notifications = notifications
        title = QLabel("Messages", self)
        title.setProperty("role", "section")
        self.clear = QPushButton("Clear", self)
        self.clear.setFlat(True)
        self.clear.setToolTip("Forget all messages")
        self.clear.clicked.connect(notifications.clear)
        self.list = QListWidget(self)
        self.list.setAccessibleName("Messages, newest first")
        self.list.setWordWrap(True)
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self._none = QLabel(NOTHING, self)
        self._none.setProperty("role", "muted")
        self._none.setWordWrap(True)
        self._none.setAlignment(Qt.AlignmentFlag.AlignTop)
        head, column = QHBoxLayout(), QVBoxLayout(self)
        theme.grow(head.setContentsMargins, 8, 0, 0, 0)
        theme.grow(self._none.setContentsMargins, 8, 0, 8, 8)
        head.addWidget(title, 1)
        head.addWidget(self.clear)
        theme.grow(column.setContentsMargins, *[theme.GRID] * 4)
        column.addLayout(head)
        column.addWidget(self.list, 1)
        column.addWidget(self._none, 1)
        notifications.changed.connect(self._fill)

    def place(self) -> None:
        window = self.window()
        width = min(theme.px(WIDTH), window.width() - 2 * theme.GRID)
        height = min(theme.px(HEIGHT), window.height() - theme.px(ABOVE) - 2 * theme.GRID)
        left, top = window.width() - width - theme.GRID, window.height() - height - theme.px(ABOVE)
        self.setGeometry(left, top, width, height)

    def begin(self) -> None:
        self._fill()
        (self.list if self._notifications.notices else self).setFocus()  # Esc is for who has the focus
        self._notifications.read()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The list is for reading: what is chosen can be copied."""
        item = self.list.currentItem()
        if event.matches(QKeySequence.StandardKey.Copy) and item is not None:
            QGuiApplication.clipboard().setText(item.data(TEXT))
            return
        super().keyPressEvent(event)

    def _fill(self) -> None:
        if not self.isVisible():
            return
        notices = self._notifications.notices
        self.list.clear()
        for notice in notices:
            item = QListWidgetItem(_line(notice), self.list)
            item.setData(TEXT, notice.text)
            item.setToolTip(f"{_day(notice)}\n{notice.words}")
        self.list.setCurrentRow(0)
        self.list.setVisible(bool(notices))
        self._none.setVisible(not notices)
        self.clear.setEnabled(bool(notices))


def _line(notice: Notice) -> str:
    """Long paths may break behind each folder."""
    count = f"×{notice.count}  " if notice.count > 1 else ""
    return f"{notice.at:%H:%M:%S}   {count}{notice.text}".replace("/", "/\u200b")


def _day(notice: Notice) -> str:
    at = QDateTime.fromSecsSinceEpoch(round(notice.at.timestamp()))
    return QLocale().toString(at, QLocale.FormatType.LongFormat)
