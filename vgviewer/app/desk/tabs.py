"""What is seen of a tab that has no room in its bar: Qt cuts it through a letter, here it ends in …"""

from PySide6.QtCore import QEvent, QObject, QRect, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QTabBar, QToolButton, QWidget

from vgviewer.app import theme

AIR, FIRST_AIR, INSIDE = 8, 12, 4  # px around a tab's words, as the stylesheet has them
FOOT = 2  # px: the line below the tab that is on top
LEAST = 24  # px, in which words can be told


class CutTabs(QWidget):
    """Lies over the bar and lets every press through."""

    def __init__(self, bar: QTabBar) -> None:
        super().__init__(bar)
        self._bar = bar
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        bar.installEventFilter(self)
        self.resize(bar.size())
        self.show()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Resize:
            self.resize(self._bar.size())
        elif event.type() is QEvent.Type.LayoutRequest:
            self.raise_()
        return False

    def words(self) -> list[str]:
        """What is written instead of the words of each tab that is cut, empty where nothing can be told."""
        return [words for _, words, _ in self._cut()]

    def paintEvent(self, event: QPaintEvent) -> None:
        now, painter = theme.current(), QPainter(self)
        painter.setFont(self._bar.font())
        for seen, words, index in self._cut():
            is_top = index == self._bar.currentIndex()
            box = seen.adjusted(0, 0, 0, -theme.px(FOOT) if is_top else 0)
            painter.fillRect(box, QColor(now.window))
            painter.setPen(QColor(now.text if is_top else now.text_muted))
            air = theme.px((FIRST_AIR if index == 0 else AIR) + INSIDE)
            is_left = self._bar.tabRect(index).left() < 0
            inside = box.adjusted(0, 0, -theme.px(AIR + INSIDE), 0) if is_left else box.adjusted(air, 0, 0, 0)
            side = Qt.AlignmentFlag.AlignRight if is_left else Qt.AlignmentFlag.AlignLeft
            painter.drawText(inside, side | Qt.AlignmentFlag.AlignVCenter, words)

    def _cut(self) -> list[tuple[QRect, str, int]]:
        """What is seen of each, its words there, and which it is."""
        bar, found = self._bar, []
        room = QRect(0, 0, self._end(), bar.height())
        for index in range(bar.count()):
            tab = bar.tabRect(index)
            seen = tab.intersected(room)
            if not seen.isEmpty() and seen.width() < tab.width():
                space = seen.width() - theme.px(AIR + 2 * INSIDE)
                mode = Qt.TextElideMode.ElideLeft if tab.left() < 0 else Qt.TextElideMode.ElideRight
                words = bar.fontMetrics().elidedText(bar.tabText(index), mode, max(0, space))
                found.append((seen, words if space >= theme.px(LEAST) else "", index))
        return found

    def _end(self) -> int:
        """Where the arrows begin."""
        arrows = self._bar.findChildren(QToolButton, options=Qt.FindChildOption.FindDirectChildrenOnly)
        return min((arrow.x() for arrow in arrows if arrow.isVisible()), default=self._bar.width())
