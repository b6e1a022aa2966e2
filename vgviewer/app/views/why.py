"""Why a gradient vanishes or explodes: hop by hop, split into exact factors."""

from typing import ClassVar

import numpy as np
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QWidget

from vgviewer.app import theme
from vgviewer.app.picture import factors, spectrum
from vgviewer.app.picture.awaited import awaited, has_ended
from vgviewer.app.picture.corner import CornerWords
from vgviewer.app.picture.cursor import Stops
from vgviewer.app.picture.factor_bands import FactorBands
from vgviewer.app.picture.factors import Factors
from vgviewer.app.picture.header import Choice
from vgviewer.app.picture.library import pg
from vgviewer.app.picture.mixed_axis import MixedAxis
from vgviewer.app.picture.names import name_ticks, room_at_ends
from vgviewer.app.picture.numbers import plain
from vgviewer.app.picture.panel import Panel
from vgviewer.app.picture.spectrum import Spectrum, SpectrumBand
from vgviewer.app.picture.steps import step_ticks
from vgviewer.app.picture.table import Table
from vgviewer.app.picture.timestep_shares import ShareBars, Shares, shares_of
from vgviewer.app.view_names import VIEW_NAMES
from vgviewer.app.views.view import View
from vgviewer.frames import History, Inspection
from vgviewer.frames.inspections import KINDS, Block, HopAccounts, Jacobians, Reach
from vgviewer.frames.wishes import Wanted

OVER_TIME = {
    "time": "hops through time",
    "depth": "hops along depth",
    "singular": "singular values",
    "shares": "shares of ∂L/∂W_hh",
}
ALONG_DEPTH = {way: OVER_TIME[way] for way in ("depth", "singular")}
SOURCES: dict[str, type[Inspection]] = {
    "time": HopAccounts,
    "depth": HopAccounts,
    "singular": Jacobians,
    "shares": Reach,
}
DENSE = "*"  # no layer's id
NOTHING = (
    "There is nothing of this kind in this network: a single timestep or layer has no hop, "
    "and the Jacobians of very wide layers are not decomposed."
)


class Why(View):
    """One of four pictures: the factors of the hops through time or along depth, the singular values of the Jacobians,
    the timesteps' shares of ∂L/∂W_hh."""

    name = VIEW_NAMES["why"]
    title: ClassVar[str] = "Why: hop by hop"
    empty_text: ClassVar[str] = (
        "Here you will see, hop by hop, whether the weights, the slope of the activation or the gates "
        "lose the gradient."
    )
    wants: ClassVar[frozenset[Wanted]] = frozenset({"hops", "jacobians", "reach"})

    def __init__(self, parent: QWidget | None = None) -> None:
        self._axis = MixedAxis()
        super().__init__(parent, self._axis)
        self._layer = Choice("Recurrent layer", {}, self)
        self._way = Choice("What is shown", OVER_TIME, self)
        for choice in (self._layer, self._way):
            choice.chosen.connect(self.refresh)
            self.header.add_choice(choice)
        self._bands = FactorBands(self.plot, self._axis)
        self._band = SpectrumBand(self.plot, self._axis)
        self._bars = ShareBars(self.plot, self._axis)
        self._panel: Panel = self._bands
        self._recurred = True
        self._mark = pg.PlotCurveItem()
        self._mark.setZValue(20)
        self.plot.addItem(self._mark)
        self._words = CornerWords(self.plot)
        self.wear(self.dress)

    @property
    def wanted(self) -> frozenset[Wanted]:
        return frozenset({KINDS[SOURCES[self._way.value]]})

    def missing(self) -> str:
        if self.history is None or self.history.latest is None:
            return self.empty_text
        return awaited(self.history, SOURCES[self._way.value]) or (
            "" if self._read(self.history) else NOTHING
        )

    def can_fill(self) -> bool:
        return self.history is None or has_ended(self.history)

    def news(self, history: History) -> object:
        return history.inspections.get(SOURCES[self._way.value]) or super().news(history)

    def renew(self) -> None:
        """Offers what this run has, first: without its picture a choice is still to be made."""
        if self.history is not None:
            recurs = any(site.recurrent for site in self.history.started.sites)
            if recurs != self._recurred:  # in a network of the other kind nobody has chosen yet
                self._recurred = recurs
                self._way.offer(OVER_TIME if recurs else ALONG_DEPTH)
                self._way.choose("time" if recurs else "depth")
            self._offer_layers(self.history)
        super().renew()

    def select(self, layer_id: str | None) -> None:
        if layer_id is not None:
            self._layer.choose(layer_id)
        super().select(layer_id)

    def point_at(self, layer_id: str, timestep: int | None) -> None:
        """Shows the hops of the way on which the gradient was lost: through time where there is a timestep."""
        self._way.choose("depth" if timestep is None else "time")

    def draw(self, history: History) -> None:
        found = self._read(history)
        panels: dict[type, Panel] = {Factors: self._bands, Spectrum: self._band, Shares: self._bars}
        self._panel = panels.get(type(found), self._panel)
        for panel in panels.values():
            panel.set_visible(panel is self._panel and found is not None)
        drawn = np.empty((1, 0))
        names = self._layers_of(found)
        air = room_at_ends(names, self.plot.data_size()[0])
        match found:
            case Factors():
                self._bands.show(found, air)
            case Spectrum():
                self._band.show(found, self._blocks(history), air)
                drawn = self._band.drawn
            case Shares():
                self._bars.show(found)
                drawn = self._bars.drawn
        x, y = self.plot.plotItem.vb.viewRange()
        lines = self._panel.lines(self.dress) if found is not None else ()
        self._words.show(lines, (x[0], x[1]), (y[0], y[1]), drawn)
        self._name_columns(names, (x[0] + air, x[1] - air))
        at = names.index(self.selected) if self.selected in names else None
        self._mark.setData([] if at is None else [at, at], [] if at is None else list(y))

    def describe(self, history: History) -> tuple[str, str]:
        about = "" if self._columns_are_layers else f"{self._layer.value}: "
        return f"{about}{self._panel.sentence()}", f"{about}{self._panel.in_words()}"

    def caption_at(self, x: float, y: float) -> str:
        return self._panel.caption_at(x, y)

    def layer_at(self, x: float, y: float) -> str | None:
        return self._panel.layer_at(x) if self._columns_are_layers else self._layer.value or None

    def stops(self) -> Stops:
        return self._panel.stops()

    def table(self) -> Table:
        return self._panel.table()

    def recolor(self) -> None:
        for panel in (self._bands, self._band, self._bars):
            panel.wear(self.dress, self.pen(self.dress.outline, 1), self.pen(self.dress.curve, 2))
        self._mark.setPen(self.pen(self.dress.accent, 1))
        self._words.wear(self.dress)

    @property
    def _columns_are_layers(self) -> bool:
        return self._way.value == "depth" or self._layer.value == DENSE

    def _offer_layers(self, history: History) -> None:
        """The recurrent ones; the selected one where nobody has chosen another."""
        layers = {site.id: site.id for site in history.started.sites if site.recurrent}
        if self._way.value == "singular":
            layers[DENSE] = "dense layers"
        if self._way.value == "depth":
            layers = {}
        is_new = self._layer.value not in layers
        self._layer.offer(layers)
        if is_new and self.selected in layers:
            self._layer.choose(self.selected)

    def _read(self, history: History) -> Factors | Spectrum | Shares | None:
        """What is to be shown; None where there is nothing of the kind."""
        layer, way = self._layer.value, self._way.value
        match history.inspections.get(SOURCES[way]):
            case HopAccounts(depth=depth) if way == "depth":
                return factors.along_depth(depth) if depth else None
            case HopAccounts(time=time):
                hops = next((one for one in time if one.layer == layer and len(one.timesteps)), None)
                return None if hops is None else factors.through_time(hops)
            case Jacobians(dense=dense) if layer == DENSE:
                return spectrum.along_depth(dense) if dense else None
            case Jacobians(recurrent=recurrent):
                states = next((one for one in recurrent if one.layer == layer and len(one.timesteps)), None)
                return None if states is None else spectrum.through_time(states)
            case Reach(layers=layers):
                reach = next((one for one in layers if one.layer == layer), None)
                return None if reach is None else shares_of(reach, history.started.dependency)
        return None

    def _blocks(self, history: History) -> tuple[Block, ...]:
        """W_hh's own numbers of the layer that is shown."""
        found = history.inspections.get(Jacobians)
        recurrent = found.recurrent if isinstance(found, Jacobians) else ()
        return next((one.blocks for one in recurrent if one.layer == self._layer.value), ())

    def _layers_of(self, found: Factors | Spectrum | Shares | None) -> tuple[str, ...]:
        """The names of the columns, where they are layers."""
        if not self._columns_are_layers or not isinstance(found, Factors | Spectrum):
            return ()
        return found.ends if isinstance(found, Factors) else found.names

    def _name_columns(self, layers: tuple[str, ...], x: tuple[float, float]) -> None:
        width, axis = self.plot.data_size()[0], self.plot.bottom_axis
        what = "layer" if layers else "timestep"
        if self._panel is self._bands:
            less, more = self._bands.scale
            what = self._fitting(f"to {what}", f" · each band from × {plain(less)} to × {plain(more)}")
        axis.setLabel(what)
        if layers:
            axis.show_ticks(name_ticks(layers, width, self.selected))
        else:
            axis.show_ticks(step_ticks(round(x[0] + 0.5), round(x[1] - 0.5), width))

    def _fitting(self, words: str, more: str) -> str:
        """With what more there is to say, where there is room for it."""
        needed = QFontMetricsF(theme.font(theme.CAPTION)).horizontalAdvance(words + more)
        return words + more if needed <= self.plot.data_size()[0] else words
