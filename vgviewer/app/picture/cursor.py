"""The cell cursor: what the pointer is for the mouse, a ring is for the keys."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Qt

from vgviewer.app import theme
from vgviewer.app.picture.library import pg
from vgviewer.app.picture.plot import Plot

RING = 11  # px
FAR = 10  # cells that Page Up, Page Down or an arrow with Ctrl go
KEYS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
    Qt.Key.Key_PageUp: (0, -FAR),
    Qt.Key.Key_PageDown: (0, FAR),
}
Stops = tuple[NDArray[np.float64], NDArray[np.float64]]  # x from left to right, y from top to bottom


class CellCursor:
    """Stands at one of the stops of a picture; the first key shows it at the last column of the first row."""

    def __init__(self, plot: Plot) -> None:
        self._ring = pg.ScatterPlotItem(symbol="o", size=RING, brush=None)
        self._ring.setZValue(6)
        self._ring.hide()
        plot.addItem(self._ring)
        self._place: tuple[int, int] | None = None

    @property
    def is_shown(self) -> bool:
        """Whether keys have moved it since the picture has got the focus."""
        return bool(self._ring.isVisible())

    def press(self, key: Qt.Key, with_ctrl: bool, stops: Stops) -> bool:
        """Moves by a key of KEYS, or to the first or last column; whether the key is one of them."""
        columns, rows = (len(axis) for axis in stops)
        if key not in (*KEYS, Qt.Key.Key_Home, Qt.Key.Key_End):
            return False
        if not columns or not rows:
            return True
        column, row = self._place or (columns - 1, 0)
        if self._place is not None and self.is_shown:
            across, down = KEYS.get(key, (0, 0))
            far = FAR if with_ctrl else 1
            column, row = column + across * far, row + down * far
        if key == Qt.Key.Key_Home:
            column = 0
        if key == Qt.Key.Key_End:
            column = columns - 1
        self._place = (min(max(column, 0), columns - 1), min(max(row, 0), rows - 1))
        self._ring.show()
        return True

    def follow(self, stops: Stops) -> tuple[float, float] | None:
        """Where it stands in a picture that may have become another; None while it is not shown."""
        columns, rows = (len(axis) for axis in stops)
        if not self.is_shown or self._place is None or not columns or not rows:
            return None
        column, row = min(self._place[0], columns - 1), min(self._place[1], rows - 1)
        at = float(stops[0][column]), float(stops[1][row])
        self._ring.setData([at[0]], [at[1]])
        return at

    def hide(self) -> None:
        """Until the next key; it stays where it was."""
        self._ring.hide()

    def wear(self, dress: theme.Theme, scale: float) -> None:
        """Takes the colors of the theme."""
        self._ring.setPen(pg.mkPen(dress.accent, width=2 * scale))
        self._ring.setBrush(pg.mkBrush(dress.window))
