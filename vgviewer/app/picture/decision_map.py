"""What is answered over the plane of two inputs, with the samples on it."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPen

from vgviewer.app import theme
from vgviewer.app.picture.answer_lines import across_ticks
from vgviewer.app.picture.blends import blend, mixed
from vgviewer.app.picture.cursor import Stops
from vgviewer.app.picture.library import pg
from vgviewer.app.picture.mixed_axis import MixedAxis
from vgviewer.app.picture.numbers import plain
from vgviewer.app.picture.panel import Panel, nearest
from vgviewer.app.picture.plot import Plot
from vgviewer.app.picture.steps import value_ticks
from vgviewer.app.picture.table import Table
from vgviewer.frames.inspections import Answers, Plane

DEPTH = 0.34  # of a class's color, over the window's: the samples stand out
DOT, CROSS = 6, 8  # px
FORMS = {"s": "■", "o": "●", "t": "▼", "d": "◆", "t1": "▲", "t2": "▶", "t3": "◀", "star": "★"}
SYMBOLS = tuple(FORMS)


class DecisionMap(Panel):
    """Classes differ by shade, and their samples by form as well; a cross is on what is answered wrongly."""

    def __init__(self, plot: Plot, axis: MixedAxis) -> None:
        super().__init__(plot, axis)
        self._image = pg.ImageItem(axisOrder="row-major")
        self._samples, self._wrong = (
            pg.ScatterPlotItem(size=DOT),
            pg.ScatterPlotItem(size=CROSS, symbol="x", pen=None),
        )
        self._answers: Answers | None = None
        self._dress = theme.current()
        self.add(self._image, self._samples, self._wrong)

    def show(self, found: Answers) -> None:
        """Of answers with a plane."""
        self._answers, plane = found, found.plane
        assert plane is not None
        assert found.inputs is not None
        steps = [(axis[-1] - axis[0]) / max(1, len(axis) - 1) for axis in (plane.first, plane.second)]
        corner = [axis[0] - step / 2 for axis, step in zip((plane.first, plane.second), steps, strict=True)]
        rows, columns = plane.answers.shape
        whole = QRectF(float(corner[0]), float(corner[1]), float(steps[0] * columns), float(steps[1] * rows))
        self.plot.show_range((whole.left(), whole.right()), (whole.top(), whole.bottom()))
        self._image.setImage(self._shades(plane, found), autoLevels=False)
        self._image.setRect(whole)
        self._show_samples(found, found.inputs)
        width, height = self.plot.data_size()
        self.axis.show_values(value_ticks(whole.top(), whole.bottom(), height), "second input")
        self.plot.bottom_axis.setLabel(" · ".join(["first input", *_legend(found.classes)]))
        self.plot.bottom_axis.show_ticks(across_ticks(whole.left(), whole.right(), width))

    def wear(self, dress: theme.Theme, line: QPen, curve: QPen) -> None:
        self._dress = dress
        self._samples.setPen(pg.mkPen(dress.window, width=0.5))
        self._wrong.setBrush(pg.mkBrush(dress.text))

    def sentence(self) -> str:
        return ""

    def caption_at(self, x: float, y: float) -> str:
        plane = self._answers.plane if self._answers else None
        if self._answers is None or plane is None:
            return ""
        row, column = (
            nearest(axis.astype(np.float64), at) for axis, at in ((plane.second, y), (plane.first, x))
        )
        value = float(plane.answers[row, column])
        at = f"({plain(float(plane.first[column]))}, {plain(float(plane.second[row]))})"
        if not np.isfinite(value):
            return f"{at}: not finite"
        match self._answers.classes:
            case None:
                return f"{at}: {plain(value, 3)}"
            case 2 if value not in (0.0, 1.0):
                return f"{at}: class {round(value)}, class 1 with probability {plain(value)}"
        return f"{at}: class {round(value)}"

    def stops(self) -> Stops:
        plane = self._answers.plane if self._answers else None
        if plane is None:
            return np.empty(0), np.empty(0)
        return plane.first.astype(np.float64), plane.second[::-1].astype(np.float64)

    def table(self) -> Table:
        if self._answers is None or self._answers.inputs is None:
            return Table((), [])
        said, wanted = (
            each.reshape(len(each), -1)[:, 0] for each in (self._answers.answers, self._answers.targets)
        )
        rows = zip(*self._answers.inputs.T.tolist(), wanted.tolist(), said.tolist(), strict=True)
        return Table(("first input", "second input", "wanted", "answered"), list(rows))

    def _shades(self, plane: Plane, found: Answers) -> NDArray[np.uint8]:
        """From the first class's color over the window's own to the last one's; of values from little to much."""
        dress, parts = self._dress, _parts(plane.answers, found)
        first = mixed(dress.window, dress.text_muted, DEPTH)
        last = mixed(dress.window, dress.curve, DEPTH)
        if found.classes == 2:
            below = blend(first, dress.window, 2 * parts)
            return np.where((parts > 0.5)[..., None], blend(dress.window, last, 2 * parts - 1), below)
        return blend(first if found.classes else dress.window, last, parts)

    def _show_samples(self, found: Answers, inputs: NDArray[np.float32]) -> None:
        dress = self._dress
        wanted = found.targets.reshape(len(found.targets), -1)[:, 0]
        colors = blend(dress.text_muted, dress.curve, _parts(wanted, found))
        of_class = wanted.astype(np.int64) if found.classes else np.ones(len(wanted), np.int64)
        self._samples.setData(
            inputs[:, 0],
            inputs[:, 1],
            symbol=[SYMBOLS[label % len(SYMBOLS)] for label in of_class],
            brush=[pg.mkBrush(QColor(*color)) for color in colors],
        )
        wrong = (found.answers != found.targets) if found.classes else np.zeros(len(wanted), bool)
        self._wrong.setData(inputs[wrong, 0], inputs[wrong, 1])


def _legend(classes: int | None) -> list[str]:
    """What the forms mean; where there are more classes than forms, one form means several."""
    if classes is None:
        return []
    named = [f"{form} class {label}" for label, form in enumerate(FORMS.values())]
    return [*(named[:classes] if classes <= len(FORMS) else []), "× wrong"]


def _parts(values: NDArray[np.floating] | NDArray[np.int64], found: Answers) -> NDArray[np.float64]:
    """0 for the first class or the least target, 1 for the last or the largest; NaN where not finite."""
    known = np.where(np.isfinite(values), values, np.nan).astype(np.float64)
    if found.classes is not None:
        return known / max(1, found.classes - 1)
    low, high = float(np.min(found.targets)), float(np.max(found.targets))
    return np.clip((known - low) / ((high - low) or 1.0), 0.0, 1.0)
