"""One of several pictures that a view can show in the same plot."""

from abc import ABC, abstractmethod
from collections.abc import Sequence

import numpy as np
from PySide6.QtGui import QPen

from vgviewer.app import theme
from vgviewer.app.picture.corner import Line
from vgviewer.app.picture.cursor import Stops
from vgviewer.app.picture.library import pg
from vgviewer.app.picture.mixed_axis import MixedAxis
from vgviewer.app.picture.plot import Plot
from vgviewer.app.picture.table import Table


class Panel(ABC):
    """Keeps what it shows, so that it can say it in words and numbers; its items are reused."""

    def __init__(self, plot: Plot, axis: MixedAxis) -> None:
        self.plot, self.axis = plot, axis
        self._items: list[pg.GraphicsObject] = []

    def add(self, *items: pg.GraphicsObject) -> None:
        """Puts them into the plot, the last on top; hidden until they are shown."""
        for item in items:
            item.setZValue(len(self._items))
            item.setVisible(False)
            self.plot.addItem(item)
            self._items.append(item)

    def set_visible(self, is_visible: bool) -> None:
        """Hides everything for another panel, or shows it again."""
        for item in self._items:
            item.setVisible(is_visible)

    @abstractmethod
    def wear(self, dress: theme.Theme, line: QPen, curve: QPen) -> None:
        """Takes the colors of the theme: a hairline, and the pen of what matters."""

    @abstractmethod
    def sentence(self) -> str:
        """What the picture says."""

    @abstractmethod
    def caption_at(self, x: float, y: float) -> str:
        """The value at a data coordinate in words."""

    @abstractmethod
    def table(self) -> Table:
        """What it shows as numbers."""

    @abstractmethod
    def stops(self) -> Stops:
        """Where the keys take the cursor."""

    def in_words(self) -> str:
        """All of it, for a screen reader."""
        return self.sentence()

    def lines(self, dress: theme.Theme) -> Sequence[Line]:
        """The legend and the numbers that stand in its corner."""
        del dress
        return ()

    def layer_at(self, x: float) -> str | None:
        """The layer of a column, where columns are layers."""
        del x
        return None

    def middle(self) -> float:
        """The height in the middle of the picture."""
        low, high = self.plot.plotItem.vb.viewRange()[1]
        return float(low + high) / 2


def nearest(at: np.ndarray[tuple[int], np.dtype[np.float64]], x: float) -> int:
    """The column next to x."""
    return int(np.argmin(np.abs(at - x)))
