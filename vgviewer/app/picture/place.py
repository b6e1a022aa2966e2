"""An arrow to one cell: where an alert begins."""

from vgviewer.app import theme
from vgviewer.app.picture.library import pg
from vgviewer.app.picture.plot import Plot

ARROW = 12  # px
BOTTOM_OF_BAND = 0.92  # of a row: half the gap between two bands is left


class PlaceArrow:
    """One triangle that points up into the cell from the lower edge of its row."""

    def __init__(self, plot: Plot) -> None:
        self._item = pg.ScatterPlotItem(symbol="t1", size=ARROW)
        self._item.setZValue(4)
        self._item.hide()
        plot.addItem(self._item)

    def show_at(self, timestep: int, row: int | None) -> None:
        """Stands at a timestep of a row; nowhere without one."""
        self._item.setVisible(row is not None)
        if row is not None:
            self._item.setData([timestep], [row + BOTTOM_OF_BAND])

    def wear(self, dress: theme.Theme) -> None:
        """Takes the colors of the theme."""
        self._item.setBrush(pg.mkBrush(dress.accent))
        self._item.setPen(pg.mkPen(dress.window, width=1))
