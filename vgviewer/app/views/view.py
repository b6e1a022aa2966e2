"""The form that all views share: a header, a picture, an empty state, and a clock of its own."""

import time
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QHideEvent, QPen, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from vgviewer.app import theme
from vgviewer.app.picture.axes import PlainAxis
from vgviewer.app.picture.empty import Empty
from vgviewer.app.picture.header import Header
from vgviewer.app.picture.plot import Plot
from vgviewer.app.picture.table import Table
from vgviewer.experiment import Experiment
from vgviewer.frames import Frame, History
from vgviewer.frames.wishes import Wanted

if TYPE_CHECKING:  # theory is loaded when there is something to expect, after the first paint
    from vgviewer.theory import Prediction

TICK_MS = 40  # how often a view asks whether it is its turn
TURN_S = 0.04  # from one view's picture to another's: drawing takes the interpreter from training
TEXT_INTERVAL_S = 1.0  # a number that changes faster cannot be read


class View(QWidget):
    """Pulls from the history while it is visible; hidden it costs nothing.

    Visible views take turns, each at most once in its `interval_s`. A view says what it draws in `draw`, in words in
    `describe`, and under the pointer in `caption_at`.
    """

    name: ClassVar[str]  # on its tab and in the menu
    title: ClassVar[str]  # above the picture
    empty_text: ClassVar[str]
    wants: ClassVar[frozenset[Wanted]] = (
        frozenset()
    )  # what a run is asked for, once a second, while it is visible
    interval_s: ClassVar[float] = 0.2  # training needs the processor, too
    _last_turn: ClassVar[float] = 0.0  # of any view

    layer_clicked = Signal(str)
    fill_wanted = Signal()

    def __init__(self, parent: QWidget | None = None, left_axis: PlainAxis | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "pane")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(self.title)
        self.history: History | None = None
        self.selected: str | None = None
        self.dress = theme.current()
        self._drawn: Frame | None = None
        self._described: Frame | None = None
        self._stale = True
        self._drawn_at = 0.0
        self._described_at = -TEXT_INTERVAL_S
        self._figure_scale: float | None = None
        self._pointer: tuple[float, float] | None = None
        self.header = Header(self)
        self.plot = Plot(left_axis or PlainAxis("left"), self)
        self._empty = Empty(self)
        self._empty.fill_wanted.connect(self.fill_wanted)
        self._lay_out()
        self._clock = QTimer(self, interval=TICK_MS)
        self._clock.timeout.connect(self._tick)
        self.plot.pointed.connect(self._point)
        self.plot.left.connect(self._unpoint)
        self.plot.clicked.connect(self._click)
        self.plot.resized.connect(self.draw_again)
        theme.changed.connect(self._follow_theme)

    def set_history(self, history: History | None) -> None:
        """Shows another run from now on, or none."""
        self.history = history
        self.refresh()

    def refresh(self) -> None:
        """Draws the newest state now, words included."""
        missing = self.missing()
        self._pages.setCurrentIndex(1 if missing else 0)
        self._take_turn(time.monotonic())
        self._described_at = self._drawn_at
        self._described = self._drawn
        self._empty.say(missing, can_fill=self.can_fill())
        if missing or self.history is None:
            self.header.say(self.title, "")
            self.setAccessibleDescription(missing)
            return
        self.draw(self.history)
        self._describe(self.history)

    def draw_again(self) -> None:
        """Asks for a picture at the next tick although no frame has come."""
        self._stale = True

    def wear(self, dress: theme.Theme) -> None:
        """Takes the colors of the theme, in everything that is drawn."""
        self.dress = dress
        self.plot.wear(dress)
        self.recolor()
        self.refresh()

    def select(self, layer_id: str | None) -> None:
        """Marks one layer's row, in whatever way the view does."""
        self.selected = layer_id
        self.mark(layer_id)
        self.draw_again()

    def missing(self) -> str:
        """Why there is nothing to draw, in words; empty when there is something."""
        return "" if self.history and self.history.latest else self.empty_text

    def foresee(self, experiment: Experiment) -> None:
        """Takes what would be trained; before a run a view may say that it will have nothing to show."""

    def expect(self, prediction: "Prediction | None") -> None:
        """Takes what theory expects of what would be trained; None until it has been thought, and where it has
        nothing to say."""

    def table(self) -> Table:
        """What the picture shows as numbers, for the clipboard."""
        raise NotImplementedError

    def can_fill(self) -> bool:
        """Whether training would fill this view."""
        return True

    def draw(self, history: History) -> None:
        """Draws the picture; called up to 20 times a second."""
        raise NotImplementedError

    def describe(self, history: History) -> tuple[str, str]:
        """The subtitle, and the picture in words for a screen reader."""
        raise NotImplementedError

    def caption_at(self, x: float, y: float) -> str:
        """The value at a data coordinate in words; empty where there is none."""
        raise NotImplementedError

    def layer_at(self, x: float, y: float) -> str | None:
        """The layer at a data coordinate."""
        return None

    def mark(self, layer_id: str | None) -> None:
        """Marks the row of a layer."""

    def point_at(self, layer_id: str, timestep: int | None) -> None:
        """Points at a timestep (from 1) of a layer, where the view has timesteps."""

    def recolor(self) -> None:
        """Recolors what the plot and the stylesheet do not know."""

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._stale = True
        self._clock.start()

    def hideEvent(self, event: QHideEvent) -> None:
        self._clock.stop()
        super().hideEvent(event)

    def as_figure(self, line_scale: float, cell: int) -> None:
        """Becomes a picture for a file: no buttons, wider lines, `cell` pixels each way for a cell."""
        self._empty.hide_button()
        self._figure_scale = line_scale
        self.header.hide_choices()

    @property
    def line_scale(self) -> float:
        """Device pixels per px: lines in data coordinates are cosmetic, and Qt does not scale those."""
        return self._figure_scale or self.devicePixelRatioF()

    def pen(self, color: str, width: float, style: Qt.PenStyle = Qt.PenStyle.SolidLine) -> QPen:
        """A cosmetic pen of `width` px at any scale factor."""
        pen = QPen(QColor(color), width * self.line_scale, style)
        pen.setCosmetic(True)
        return pen

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.DevicePixelRatioChange:
            self.recolor()
        return super().event(event)

    def add_beside(self, widget: QWidget) -> None:
        """Places a colorbar at the right of the picture."""
        self._row.addWidget(widget)

    def _lay_out(self) -> None:
        picture = QWidget(self)
        self._row = QHBoxLayout(picture)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(theme.GRID)
        self._row.addWidget(self.plot, 1)
        self._pages = QStackedLayout()
        self._pages.addWidget(picture)
        self._pages.addWidget(self._empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * theme.GRID, theme.GRID, 2 * theme.GRID, theme.GRID)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addLayout(self._pages, 1)
        self.header.say(self.title, "")

    def _tick(self) -> None:
        latest = self.history.latest if self.history else None
        now = time.monotonic()
        is_first = latest is not None and self._drawn is None
        if self._stale or is_first:
            self.refresh()
            return
        if self._described is not latest and now - self._described_at >= TEXT_INTERVAL_S:
            self.refresh()
            return
        has_turn = now - self._drawn_at >= self.interval_s and now - View._last_turn >= TURN_S
        if self.history is None or latest is None or latest is self._drawn or not has_turn:
            return
        self._take_turn(now)
        self.draw(self.history)

    def _take_turn(self, now: float) -> None:
        self._stale = False
        self._drawn = self.history.latest if self.history else None
        self._drawn_at = View._last_turn = now

    def _describe(self, history: History) -> None:
        subtitle, in_words = self.describe(history)
        self.header.say(self.title, subtitle)
        self.setAccessibleDescription(in_words)
        if self._pointer:
            self.header.note(self.caption_at(*self._pointer))

    def _point(self, x: float, y: float) -> None:
        self._pointer = (x, y)
        self.header.note("" if self.missing() else self.caption_at(x, y))

    def _unpoint(self) -> None:
        self._pointer = None
        self.header.note("")

    def _click(self, x: float, y: float) -> None:
        layer = None if self.missing() else self.layer_at(x, y)
        if layer:
            self.layer_clicked.emit(layer)

    def _follow_theme(self) -> None:
        self.wear(theme.current())
