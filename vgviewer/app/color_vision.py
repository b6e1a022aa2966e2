"""The colormaps of the pictures as they look to eyes that lack one kind of cones."""

import numpy as np
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QDialog, QGridLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from vgviewer.app import theme
from vgviewer.app.colormaps import table_of
from vgviewer.app.picture.limits import Limits
from vgviewer.app.picture.tools import plain_name
from vgviewer.app.picture.vision import DEFICIENCIES, NORMAL, seen

KINDS = {
    NORMAL: "as drawn",
    "deutan": "without green cones",
    "protan": "without red cones",
    "tritan": "without blue cones",
}
ABOUT = (
    "About one man in twelve and one woman in two hundred see red and green less apart. Every map here also tells its "
    "values by lightness. Simulated after Machado, Oliveira and Fernandes (2009), for eyes that lack the cones."
)
STRIP = (360, 20)  # px
ENDS = {True: ("shrunk", "unchanged", "grown"), False: ("small", "", "large")}


class Strip(QWidget):
    """A colormap from left to right, as somebody sees it."""

    def __init__(self, kind: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._kind = kind
        self._name = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(*map(theme.px, STRIP))

    def show_map(self, name: str) -> None:
        """Shows another map."""
        self._name = name
        self.setAccessibleName(f"{plain_name(name)}, {KINDS[self._kind]}")
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        colors = np.ascontiguousarray(seen(table_of(self._name), self._kind)[None])
        image = QImage(colors.data, colors.shape[1], 1, QImage.Format.Format_RGBA8888)
        painter = QPainter(self)
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawImage(box, image)
        painter.setPen(QPen(QColor(theme.current().outline), 1))
        painter.drawRect(box)


class ColorVision(QDialog):
    """Follows the maps that are chosen and the theme, while it is open."""

    def __init__(self, limits: Limits, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("Color vision")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._limits = limits
        self._titles: dict[bool, QLabel] = {}
        self.strips: dict[tuple[bool, str], Strip] = {}
        column = QVBoxLayout(self)
        column.setSizeConstraint(QVBoxLayout.SizeConstraint.SetFixedSize)
        theme.grow(column.setContentsMargins, *[2 * theme.GRID] * 4)
        theme.grow(column.setSpacing, 2 * theme.GRID)
        for signed in (True, False):
            column.addWidget(self._block(signed))
        about = QLabel(ABOUT, self)
        about.setProperty("role", "caption")
        about.setWordWrap(True)
        column.addWidget(about)
        limits.changed.connect(self._follow)
        theme.changed.connect(self._follow)
        self._follow()

    def _block(self, signed: bool) -> QWidget:
        block = QWidget(self)
        grid = QGridLayout(block)
        grid.setContentsMargins(0, 0, 0, 0)
        theme.grow(grid.setHorizontalSpacing, 2 * theme.GRID)
        theme.grow(grid.setVerticalSpacing, theme.GRID // 2)
        self._titles[signed] = QLabel(block)
        self._titles[signed].setProperty("role", "section")
        grid.addWidget(self._titles[signed], 0, 0, 1, 4)
        for row, (kind, words) in enumerate(KINDS.items(), start=1):
            label = QLabel(words, block)
            label.setProperty("role", "muted")
            strip = self.strips[signed, kind] = Strip(kind, block)
            grid.addWidget(label, row, 0)
            grid.addWidget(strip, row, 1, 1, 3)
        sides = (Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignHCenter, Qt.AlignmentFlag.AlignRight)
        for place, (words, side) in enumerate(zip(ENDS[signed], sides, strict=True), start=1):
            end = QLabel(words, block)
            end.setProperty("role", "caption")
            grid.addWidget(end, len(KINDS) + 1, place, side)
            grid.setColumnStretch(place, 1)
        return block

    def _follow(self) -> None:
        for signed, title in self._titles.items():
            name = self._limits.maps.name(theme.current(), signed)
            title.setText(f"{'Ratios' if signed else 'Sizes'}: {plain_name(name)}")
            for kind in (NORMAL, *DEFICIENCIES):
                self.strips[signed, kind].show_map(name)
