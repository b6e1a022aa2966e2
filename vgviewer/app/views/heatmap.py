"""The form of a heatmap: rows are layers, a color is a size, the colorbar stands beside it."""

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF
from PySide6.QtGui import QPen, QResizeEvent
from PySide6.QtWidgets import QGraphicsRectItem, QWidget

from vgviewer.app import theme
from vgviewer.app.colormaps import Scale, scale_of
from vgviewer.app.picture.axes import RowAxis
from vgviewer.app.picture.colorbar import Colorbar
from vgviewer.app.picture.cursor import Stops
from vgviewer.app.picture.library import pg
from vgviewer.app.picture.meaning import Meaning, gradient
from vgviewer.app.picture.numbers import size
from vgviewer.app.views.view import View
from vgviewer.frames import History

GAP = 0.16  # of a row, between two bands
NARROW = 400  # px, below which the picture needs the room more than the words beside it
NEAR_ZERO = 6.0  # decades below the largest: a millionth of it
ROWS_WITH_GAPS = 12  # above it a gap would be thinner than a pixel


class Heatmap(View):
    """Row i of the picture lies between y = i and i + 1, the first on top; columns are the view's own."""

    bands = False
    rows_are_layers = True  # each has a frame that marks it

    def __init__(self, parent: QWidget | None = None) -> None:
        self._rows = RowAxis()
        super().__init__(parent, self._rows)
        self.names: tuple[str, ...] = ()
        self.meaning: Meaning = gradient("")
        self.scale: Scale = scale_of(self.dress, self.meaning)
        self._cell = 1
        self._centers: NDArray[np.float64] = np.empty(0)
        self._has_gaps = False
        self._images: list[pg.ImageItem] = []
        self._frames: list[QGraphicsRectItem] = []
        self._colorbar = Colorbar(self)
        self.add_beside(self._colorbar)
        self.plot.plotItem.vb.invertY(True)

    def set_history(self, history: History | None) -> None:
        if history is not self.history:
            self._colorbar.forget()
        super().set_history(history)

    def show_rows(self, names: Sequence[str], x: tuple[float, float]) -> None:
        """Names the rows and sets the part of the plane that is shown; before `show_cells`."""
        self.plot.show_range(x, (0, max(1, len(names))))
        if tuple(names) != self.names:
            self.names = tuple(names)
            self._make_items(len(names))
            self.mark(self.selected)
        self._rows.show_rows(names, self.plot.data_size()[1])

    def show_cells(self, sizes: NDArray[np.floating], x: tuple[float, float]) -> None:
        """Colors the rows; sizes: log10, or as the meaning says, (rows, columns), columns evenly from x[0] to x[1]."""
        self.fit(sizes)
        edges = np.linspace(*x, sizes.shape[1] + 1)
        self._centers = (edges[:-1] + edges[1:]) / 2
        cell = self._pixels_of_a_cell(sizes.size)
        colors = self.scale.colors(sizes).repeat(cell, axis=1)
        self._colorbar.show_found(sizes)
        width = max(x[1] - x[0], 1e-9)
        gap = GAP if self._has_gaps else 0.0
        rows = 1 if self._has_gaps else len(self.names)  # in one image
        for number, image in enumerate(self._images):
            part = colors[number * rows : (number + 1) * rows]
            image.setVisible(bool(part.size))
            if not part.size:
                continue
            image.setImage(part.repeat(cell, axis=0), autoLevels=False)
            image.setRect(QRectF(x[0], number * rows + gap / 2, width, rows - gap))
        for row, frame in enumerate(self._frames):
            frame.setRect(QRectF(x[0], row + gap / 2, width, 1 - gap))

    def show_meaning(self, meaning: Meaning) -> None:
        """Sets what a color means, in the picture and beside it; before `show_cells`."""
        self.meaning = meaning
        self._use(self.limits.limited(meaning))

    def fit(self, values: NDArray[np.floating]) -> None:
        """Sets the limits for these values, where they are to follow what is shown."""
        self._use(self.limits.fit(self.meaning, values, self))

    def stops(self) -> Stops:
        return self._centers, np.arange(len(self.names), dtype=np.float64) + 0.5

    def extent(self) -> str:
        rows, columns = len(self.names), len(self._centers)
        return f"{rows} row{'s' * (rows != 1)} × {columns} column{'s' * (columns != 1)}."

    def row_at(self, y: float) -> int | None:
        """The row at a data coordinate."""
        return int(y) if 0 <= y < len(self.names) else None

    def layer_at(self, x: float, y: float) -> str | None:
        row = self.row_at(y)
        return None if row is None else self.names[row]

    def mark(self, layer_id: str | None) -> None:
        if self._figure_scale is not None:  # what somebody has clicked on is not part of a figure
            layer_id = None
        self._rows.select(layer_id)
        for name, frame in zip(self.names, self._frames, strict=self.rows_are_layers):
            frame.setPen(self._pen(name == layer_id))
            frame.setZValue(2 if name == layer_id else 1)
            frame.setVisible(self.bands or name == layer_id or self._is_outlined)

    @property
    def _is_outlined(self) -> bool:
        """Where the color of what is unharmed is the window's own, rows are told apart by lines."""
        return self.dress is theme.CONTRAST and len(self.names) <= ROWS_WITH_GAPS

    def recolor(self) -> None:
        self.mark(self.selected)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._colorbar.show_compact(self.width() < theme.px(NARROW))
        super().resizeEvent(event)

    def as_figure(self, line_scale: float, cell: int) -> None:
        super().as_figure(line_scale, cell)
        self._cell = cell

    def _pixels_of_a_cell(self, cells: int) -> int:
        """Of an image for a file, each way; one of many cells needs no more pixels than the picture has."""
        width, height = self.plot.data_size()
        return max(1, min(self._cell, math.isqrt(int(width * height) // max(1, cells))))

    def _use(self, meaning: Meaning) -> None:
        self.scale = scale_of(self.dress, meaning, self.limits.maps)
        self._colorbar.show_scale(self.scale, meaning.unit, self.dress)

    def _make_items(self, count: int) -> None:
        self._has_gaps = self.bands and count <= ROWS_WITH_GAPS
        images = count if self._has_gaps else min(1, count)  # each item costs as much as a whole picture
        frames = count if self.rows_are_layers else 0
        if (images, frames) == (len(self._images), len(self._frames)):
            return
        for item in (*self._images, *self._frames):
            self.plot.removeItem(item)
        self._images = [pg.ImageItem(axisOrder="row-major") for _ in range(images)]
        self._frames = [QGraphicsRectItem() for _ in range(frames)]
        for item in (*self._images, *self._frames):
            self.plot.addItem(item)

    def _pen(self, selected: bool) -> QPen:
        color = self.dress.accent if selected else self.dress.outline
        return QPen(self.pen(color, 2 if selected else 1))


def spread(sizes: NDArray[np.floating]) -> str:
    """Log10 sizes in words: mean (geometric), smallest and largest, and what part of them is as good as nothing."""
    finite = sizes[np.isfinite(sizes)].astype(np.float64)
    beyond = np.count_nonzero(np.isposinf(sizes))
    lost = [f"{beyond / sizes.size:.0%} not finite"] if beyond else []
    if not finite.size:
        return ", ".join(["no finite value", *lost])
    least, most = float(finite.min()), float(finite.max())
    small = np.count_nonzero(finite < most - NEAR_ZERO) + np.count_nonzero(np.isneginf(sizes))
    near = [f"{small / sizes.size:.0%} near zero"] if small else []
    words = [f"mean {size(float(finite.mean()))}", f"smallest {size(least)}", f"largest {size(most)}"]
    return ", ".join([*words, *near, *lost])


def newest(history: History) -> int:
    """The step of the latest frame."""
    return history.latest.step if history.latest else 0
