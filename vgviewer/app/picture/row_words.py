"""A few words at the right end of each row of a picture."""

from collections.abc import Sequence

from PySide6.QtGui import QColor, QFontMetricsF

from vgviewer.app import theme
from vgviewer.app.picture.library import pg
from vgviewer.app.picture.plot import Plot, Range

GROUND = 0.86  # opacity of what is behind the words
AIR = 8  # px that a text item adds to the height of its line
FROM_EDGE = 6  # px
MOST = 1 / 3  # of the picture's width


class RowWords:
    """Row i stands between y = i and i + 1; in rows or pictures without room for them there are none."""

    def __init__(self, plot: Plot) -> None:
        self._plot = plot
        self._items: list[pg.TextItem] = []
        self._dress = theme.current()

    def show(self, words: Sequence[str], x: Range) -> None:
        """`x` is the part of the plane that is shown."""
        while len(self._items) < len(words):
            self._add()
        width, height = self._plot.data_size()
        metrics = QFontMetricsF(theme.font(theme.CAPTION))
        fits = height / max(1, len(words)) >= metrics.height() + AIR
        fits = fits and max(map(metrics.horizontalAdvance, words), default=0.0) <= MOST * width
        for row, item in enumerate(self._items):
            item.setVisible(fits and row < len(words) and bool(words[row]))
            if item.isVisible():
                item.setText(words[row])
                item.setPos(x[1] - FROM_EDGE * (x[1] - x[0]) / max(1.0, width), row + 0.5)

    def wear(self, dress: theme.Theme) -> None:
        """Takes the colors of the theme."""
        self._dress = dress
        ground = QColor(dress.window)
        ground.setAlphaF(GROUND)
        for item in self._items:
            item.setColor(dress.text)
            item.fill = pg.mkBrush(ground)
            item.setFont(theme.font(theme.CAPTION))

    def _add(self) -> None:
        self._items.append(pg.TextItem(anchor=(1, 0.5)))
        self._items[-1].setZValue(4)
        self._plot.addItem(self._items[-1])
        self.wear(self._dress)
