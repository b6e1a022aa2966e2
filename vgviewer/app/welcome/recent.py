"""The files used last, as links; one that is gone is gray."""

import os
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import (
    QLabel,
    QPushButton,
    QSizePolicy,
    QStyle,
    QStyleOptionButton,
    QStylePainter,
    QVBoxLayout,
    QWidget,
)

from vgviewer.app import theme
from vgviewer.experiment import ENDING

INDENT = 12  # px, which a flat button has around its text
MOST = 5  # the menu has the others
NONE = "Files that you save or open are found here again."


class Entry(QPushButton):
    """Its name ends in … where there is no room."""

    wanted = Signal(Path)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._path = Path()
        self.setFlat(True)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setStyleSheet("QPushButton { text-align: left; }")
        self.clicked.connect(self._choose)

    def show_path(self, path: Path) -> None:
        """Names the file; its folder stands in the tooltip."""
        self._path = path
        is_there = os.path.isfile(path)  # whose folder may be closed to us by now
        self.setText(path.name.removesuffix(ENDING).replace("&", "&&"))
        self.setEnabled(is_there)
        self.setToolTip(str(path) if is_there else f"{path}\nis no longer there")
        self.setAccessibleName(path.name)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        option = QStyleOptionButton()
        self.initStyleOption(option)
        room = self.style().subElementRect(QStyle.SubElement.SE_PushButtonContents, option, self).width()
        option.text = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideMiddle, room)  # type: ignore[attr-defined]
        QStylePainter(self).drawControl(QStyle.ControlElement.CE_PushButton, option)

    def _choose(self) -> None:
        self.wanted.emit(self._path)


class Recent(QWidget):
    """Filled from entries that are made once."""

    wanted = Signal(Path)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        heading = QLabel("Recent", self)
        heading.setProperty("role", "section")
        theme.grow(heading.setContentsMargins, INDENT, 0, 0, 0)
        self._none = QLabel(NONE, self)
        self._none.setProperty("role", "caption")
        self._none.setWordWrap(True)
        theme.grow(self._none.setContentsMargins, INDENT, 0, 0, 0)
        self.entries = [Entry(self) for _ in range(MOST)]
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        theme.grow(column.setSpacing, 2)
        column.addWidget(heading)
        column.addSpacing(theme.px(4))
        column.addWidget(self._none)
        for entry in self.entries:
            entry.wanted.connect(self.wanted)
            column.addWidget(entry)
        self.show_paths(())

    def show_paths(self, paths: Sequence[Path]) -> None:
        """Newest first."""
        self._none.setVisible(not paths)
        for place, entry in enumerate(self.entries):
            entry.setVisible(place < len(paths))
            if place < len(paths):
                entry.show_path(paths[place])
