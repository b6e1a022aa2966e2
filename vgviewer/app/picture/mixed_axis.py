"""The left axis of a view that shows rows with names in one picture and values in another."""

from collections.abc import Collection, Sequence

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter

from vgviewer.app import theme
from vgviewer.app.picture.axes import Label, Line, ValueAxis

LONGEST = 168  # px, of a row's name
GAP = 10  # px between a name and the picture
ROW_LABEL = 15  # px that a name needs so that it does not touch the next one


class MixedAxis(ValueAxis):
    """Names of rows without lines, or values with a hairline at each."""

    def __init__(self) -> None:
        super().__init__()
        self._bold: Collection[str] = ()
        self._names_rows = False
        self._text = QColor()

    def wear(self, dress: theme.Theme) -> None:
        super().wear(dress)
        self._text = QColor(dress.text)

    def show_values(self, ticks: Sequence[tuple[float, str]], name: str) -> None:
        self._names_rows = False
        super().show_values(ticks, name)

    def show_names(
        self, ticks: Sequence[tuple[float, str]], height: float, bold: Collection[str] = ()
    ) -> None:
        """Names at heights in data coordinates, evenly apart in a picture of `height` px; thinned where they would
        touch."""
        self._names_rows, self._bold = True, bold
        every = max(1, -(-len(ticks) * theme.px(ROW_LABEL) // max(1, int(height))))
        self.show_ticks(ticks[::every])
        metrics = QFontMetricsF(self._font(is_bold=True))
        widest = max((metrics.horizontalAdvance(name) for _, name in ticks), default=0.0)
        self.setWidth(int(min(theme.px(LONGEST), widest)) + GAP + 4)

    def drawPicture(
        self, p: QPainter, axisSpec: object, tickSpecs: Sequence[Line], textSpecs: Sequence[Label]
    ) -> None:
        if not self._names_rows:
            super().drawPicture(p, axisSpec, tickSpecs, textSpecs)
            return
        p.setPen(self._text)
        for box, flags, name in textSpecs:
            p.setFont(self._font(name in self._bold))
            half = p.fontMetrics().height() / 2
            p.drawText(QRectF(0, box.center().y() - half, self.width() - GAP, 2 * half), int(flags), name)

    @staticmethod
    def _font(is_bold: bool) -> QFont:
        return theme.font(theme.CAPTION, QFont.Weight.DemiBold if is_bold else QFont.Weight.Normal)
