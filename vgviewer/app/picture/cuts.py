"""Where truncation cuts the gradient through time: upright lines between two timesteps."""

from PySide6.QtGui import QColor, QPen

from vgviewer.app import theme
from vgviewer.app.picture.library import pg
from vgviewer.app.picture.plot import Plot

LEAST_GAP = 8  # px; lines that stand closer would hide the picture, and are left to the words
LABEL_ROOM = 72  # px that a row needs to hold a label under that of the memory horizon
FOOT_OF_BAND = 0.12  # of a row


class CutLines:
    """One item for all lines; the first of them says what they are."""

    def __init__(self, plot: Plot) -> None:
        self._plot = plot
        self._lines = pg.PlotCurveItem(connect="pairs")
        self._label = pg.TextItem("gradient cut", anchor=(-0.06, 1))
        for item in (self._lines, self._label):
            item.setZValue(2)
            plot.addItem(item)

    def show(self, truncate: int | None, timesteps: int, rows: int) -> None:
        """Between timesteps k and k+1, 2k and 2k+1, …, where timestep t is at x = t; rows are one unit high."""
        width, height = self._plot.data_size()
        cuts = [t + 0.5 for t in range(truncate, timesteps, truncate)] if truncate else []
        if truncate and width * truncate / timesteps < LEAST_GAP:
            cuts = []
        self._lines.setData([x for x in cuts for _ in range(2)], [0.0, rows] * len(cuts), connect="pairs")
        self._label.setVisible(bool(cuts) and height / max(1, rows) >= LABEL_ROOM)
        if cuts:
            self._label.setPos(cuts[0], 1 - FOOT_OF_BAND)

    def wear(self, dress: theme.Theme, pen: QPen) -> None:
        """Takes the colors of the theme."""
        self._lines.setPen(pen)
        background = QColor(dress.window)
        background.setAlphaF(0.86)
        self._label.fill = pg.mkBrush(background)
        self._label.setColor(dress.text)
        self._label.setFont(theme.font(theme.CAPTION))


def cut_words(truncate: int | None, timesteps: int) -> str:
    """ "cut every 20 timesteps"; empty where nothing is cut."""
    if truncate is None or truncate >= timesteps:
        return ""
    return f"cut every {truncate} timesteps" if truncate > 1 else "cut at every timestep"
