"""The form that all views share: a header, a picture, an empty state, and a clock of its own."""

import time
from typing import TYPE_CHECKING, ClassVar

import numpy as np
from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QHideEvent, QKeyEvent, QPen, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from vgviewer.app import motion, theme
from vgviewer.app.picture.axes import PlainAxis
from vgviewer.app.picture.cursor import Stops
from vgviewer.app.picture.empty import Empty
from vgviewer.app.picture.failures import OFF, Failures
from vgviewer.app.picture.header import INSET, Header
from vgviewer.app.picture.limits import Limits, Mode
from vgviewer.app.picture.meaning import Meaning
from vgviewer.app.picture.plot import Plot
from vgviewer.app.picture.pointing import Pointing
from vgviewer.app.picture.table import Table
from vgviewer.experiment import Experiment
from vgviewer.frames import History
from vgviewer.frames.wishes import Wanted

if TYPE_CHECKING:  # theory is loaded when there is something to expect, after the first paint
    from vgviewer.theory import Prediction

TICK_MS = 40  # how often a view asks whether it is its turn
TURN_S = 0.04  # from one view's picture to another's: drawing takes the interpreter from training
TEXT_INTERVAL_S = 1.0  # a number that changes faster cannot be read
LOW_VIEW = 128  # px, with its header
COLUMNS_OF_KEYS, ROWS_OF_KEYS = 65, 8  # where the cursor stops in a picture without cells


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
    maximize_wanted = Signal()
    restore_wanted = Signal()
    copy_wanted = Signal()  # of the picture
    data_wanted = Signal()

    def __init__(self, parent: QWidget | None = None, left_axis: PlainAxis | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "pane")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(self.title)
        self.history: History | None = None
        self.selected: str | None = None
        self.dress = theme.current()
        self._drawn: object = None
        self._described: object = None
        self._stale = self._shows_first = True
        self._drawn_at = 0.0
        self._described_at = -TEXT_INTERVAL_S
        self._figure_scale: float | None = None
        self.failures = Failures()
        self.meaning: Meaning | None = None
        self.is_maximized = self.is_paused = False
        self.limits = Limits(self)
        self.header = Header(self)
        self.plot = Plot(left_axis or PlainAxis("left"), self)
        self.plot.setAccessibleName(self.title)
        self.pointing = Pointing(self.plot, self.stops, self._words_at)
        self._empty = Empty(self)
        self._empty.fill_wanted.connect(self.fill_wanted)
        self._lay_out()
        self._clock = QTimer(self, interval=TICK_MS)
        self._clock.timeout.connect(self._tick)
        self.plot.clicked.connect(self._click)
        self.pointing.picked.connect(self._click)
        self.pointing.changed.connect(self._note)
        self.plot.resized.connect(self.draw_again)
        self.plot.double_clicked.connect(self.maximize_or_restore)
        self._connect_tools()
        self.limits.changed.connect(self._follow_limits)
        theme.changed.connect(self._follow_theme)

    @property
    def wanted(self) -> frozenset[Wanted]:
        """What of `wants` the picture as it is chosen needs."""
        return self.wants

    def set_history(self, history: History | None) -> None:
        """Shows another run from now on, or none."""
        if history is not self.history:
            self.failures.forget()
        self.history = history
        self.refresh()

    def share(self, limits: Limits) -> None:
        """Colors as all pictures do that share these limits."""
        self.limits.changed.disconnect(self._follow_limits)
        self.limits = limits
        self.limits.changed.connect(self._follow_limits)
        self.refresh()

    def adopt(self, other: "View") -> None:
        """Shows what another view of the same kind shows, chosen alike."""
        self.selected = other.selected
        self.share(other.limits)
        self.set_history(other.history)
        for _ in range(2):  # what is chosen last may depend on what was chosen first
            for mine, chosen in zip(self.header.choices, other.header.choices, strict=True):
                mine.choose(chosen.value)
            self.refresh()
        self.mark(self.selected)

    def show_maximized(self, is_maximized: bool) -> None:
        """Takes note that it has all the room now, or no longer."""
        self.is_maximized = is_maximized
        self.header.tools.show_maximized(is_maximized)
        if is_maximized:
            self.plot.setFocus(Qt.FocusReason.MouseFocusReason)  # a ring around the only picture says nothing

    def maximize_or_restore(self) -> None:
        """Wishes for all the room, or to give it back."""
        (self.restore_wanted if self.is_maximized else self.maximize_wanted).emit()

    def refresh(self) -> None:
        """Draws the newest state now, words included."""
        if self._figure_scale is None:
            self.failures.attempt(self.renew)
        else:  # a figure is right, or it is not written
            self.renew()

    def renew(self) -> None:
        """What `refresh` does; that what fails is told and counted is its part."""
        missing = self.absent()
        self._pages.setCurrentIndex(1 if missing else 0)
        self.header.offer_choices(
            not missing or (self.history is not None and self.history.latest is not None)
        )
        self._take_turn(time.monotonic())
        self._described, self._described_at = self._drawn, self._drawn_at
        self._empty.say(missing, can_fill=not self.failures.is_off and self.can_fill())
        if missing or self.history is None:
            self.limits.forget(self)
            self.header.say(self.title, "")
            self.setAccessibleDescription(missing)
            return
        self._draw(self.history)
        self._describe(self.history)

    def absent(self) -> str:
        """Why no picture is seen, in words; empty where there is one."""
        return OFF if self.failures.is_off else self.missing()

    def draw_again(self) -> None:
        """Asks for a picture at the next tick although no frame has come."""
        self._stale = True

    def wear(self, dress: theme.Theme) -> None:
        """Takes the colors of the theme, in everything that is drawn."""
        self.dress = dress
        self.plot.wear(dress)
        self.pointing.wear(dress, self.line_scale)
        self.recolor()
        self.refresh()

    def news(self, history: History) -> object:
        """What the picture is of: it is drawn anew when this is another object."""
        return history.latest

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

    def note_run(self, is_outdated: bool, is_paused: bool) -> None:
        """Takes whether what is drawn on the canvas is no longer what the run was started with, and if it rests."""
        self.is_paused = is_paused
        self.draw_again()

    def table(self) -> Table:
        """What the picture shows as numbers, for the clipboard."""
        raise NotImplementedError

    def can_fill(self) -> bool:
        """Whether training would fill this view."""
        return True

    def heading(self) -> str:
        """The title of what is chosen now."""
        return self.title

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

    def read_at(self) -> tuple[float, float] | None:
        """The data coordinate whose value stands above the picture: where somebody points."""
        return self.pointing.at

    def stops(self) -> Stops:
        """Where the keys take the cursor: x from left to right, y from top to bottom."""
        (left, right), (low, high) = self.plot.plotItem.vb.viewRange()
        middle = np.linspace(high, low, 2 * ROWS_OF_KEYS + 1)[1::2]
        return np.linspace(left, right, COLUMNS_OF_KEYS), middle

    def extent(self) -> str:
        """How many rows and columns there are, in words, where there are such."""
        return ""

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

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.header.show_low(self.height() < theme.px(LOW_VIEW))

    def hideEvent(self, event: QHideEvent) -> None:
        self._clock.stop()
        self.limits.forget(self)
        super().hideEvent(event)

    def as_figure(self, line_scale: float, cell: int) -> None:
        """Becomes a picture for a file: no buttons, wider lines, `cell` pixels each way for a cell."""
        self._empty.hide_button()
        theme.grow(self._margins.setContentsMargins, *(theme.GRID * part for part in (1, 1, 2, 1)))
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
        """While it has all the room, Esc is the way back, whatever else it may be in the window."""
        if event.type() is QEvent.Type.DevicePixelRatioChange:
            self.recolor()
        if event.type() is QEvent.Type.ShortcutOverride and self._is_back(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._is_back(event):
            self.restore_wanted.emit()
        else:
            super().keyPressEvent(event)

    def add_beside(self, widget: QWidget) -> None:
        """Places a colorbar at the right of the picture."""
        self._row.addWidget(widget)

    def _lay_out(self) -> None:
        picture = QWidget(self)
        self._row = QHBoxLayout(picture)
        theme.grow(self._row.setContentsMargins, INSET, 0, 0, 0)
        self._row.setSpacing(theme.GRID)
        self._row.addWidget(self.plot, 1)
        self._pages = QStackedLayout()
        self._pages.addWidget(picture)
        self._pages.addWidget(self._empty)
        self._margins = column = QVBoxLayout(self)
        theme.grow(column.setContentsMargins, 2 * theme.GRID - INSET, 0, 2 * theme.GRID, theme.GRID)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addLayout(self._pages, 1)
        self.header.say(self.title, "")

    def _tick(self) -> None:
        if not self.failures.is_off:
            self.failures.attempt(self._look)
        elif self._pages.currentIndex() == 0:
            self.refresh()  # to say so

    def _look(self) -> None:
        latest = self.news(self.history) if self.history else None
        now = time.monotonic()
        self.header.mark_scale(self.meaning is not None and self.limits.has_changed(self.meaning.group))
        is_first = latest is not None and self._drawn is None
        if self._stale or is_first:
            self.refresh()
            return
        if self._described is not latest and now - self._described_at >= TEXT_INTERVAL_S:
            self.refresh()
            return
        # that it moves is seen at once
        interval = motion.interval(0 if self._shows_first else self.interval_s)
        has_turn = now - self._drawn_at >= interval and now - View._last_turn >= TURN_S
        if self.history is None or latest is None or latest is self._drawn or not has_turn:
            return
        self._take_turn(now)
        self._draw(self.history)

    def _take_turn(self, now: float) -> None:
        self._stale = False
        before, self._drawn = self._drawn, self.news(self.history) if self.history else None
        self._shows_first = before is None
        self._drawn_at = View._last_turn = now

    def _draw(self, history: History) -> None:
        self.draw(history)
        self.header.tools.follow(self.meaning, self.limits)
        self.pointing.follow()

    def _describe(self, history: History) -> None:
        subtitle, in_words = self.describe(history)
        self.header.say(self.heading(), subtitle)
        self.setAccessibleDescription(" ".join(part for part in (self.extent(), in_words) if part))
        self._note()

    def _connect_tools(self) -> None:
        tools = self.header.tools
        tools.mode_chosen.connect(self._choose_mode)
        tools.map_chosen.connect(self._choose_map)
        tools.picture_wanted.connect(self.copy_wanted)
        tools.data_wanted.connect(self.data_wanted)
        tools.maximize_wanted.connect(self.maximize_wanted)
        tools.restore_wanted.connect(self.restore_wanted)

    def _choose_mode(self, mode: Mode) -> None:
        if self.meaning is not None:
            self.limits.choose(self.meaning.group, mode)

    def _choose_map(self, name: str) -> None:
        if self.meaning is not None:
            self.limits.choose_map(name, self.meaning.signed)

    def _follow_limits(self, group: str) -> None:
        if self.meaning is not None and group in ("", self.meaning.group):
            self.draw_again()

    def _is_back(self, event: QEvent) -> bool:
        return self.is_maximized and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape

    def _words_at(self, x: float, y: float) -> str:
        return "" if self.absent() else self.caption_at(x, y)

    def _note(self) -> None:
        at = self.read_at()
        self.header.note(self._words_at(*at) if at else "")

    def _click(self, x: float, y: float) -> None:
        layer = None if self.absent() else self.layer_at(x, y)
        if layer:
            self.layer_clicked.emit(layer)

    def _follow_theme(self) -> None:
        self.wear(theme.current())
