"""The cards in as many columns as fit, under a few headings."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from vgviewer.app import theme
from vgviewer.app.welcome.card import Card
from vgviewer.app.welcome.sketch import Axis, Sketch
from vgviewer.experiment import Card as Preset

LEAST_CARD, GAP, MARGIN = 216, 16, 24  # px
# What the program is about: vanishing in time and in depth, exploding, then what helps. As many as one row holds.
FIRST = ("rnn-forgets", "relu-30-xavier", "rnn-explodes", "lstm-chrono", "relu-30-he", "gru-digits")
HEADINGS = {
    "first": "Begin with one of these",
    "time": "Through time: recurrent networks",
    "depth": "Through depth: layer upon layer",
}
STEPS = {Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Up: (0, -1), Qt.Key.Key_Down: (0, 1)}


class Gallery(QWidget):
    """Arrow keys walk over the cards, as they stand."""

    opened = Signal(str)  # the preset's id
    trained = Signal(str)
    reached = Signal(QWidget)  # the card that is to be seen now

    def __init__(self, presets: Sequence[Preset], sketches: Mapping[str, Sketch], parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName("Examples")
        self._axes = {name: sketch.axis for name, sketch in sketches.items()}
        self._cards = {preset.id: self._card(preset, sketches.get(preset.id)) for preset in presets}
        self.cards: list[Card] = []  # as they stand, row by row
        self._grids: dict[str, QGridLayout] = {}
        self._headings: dict[str, QLabel] = {}
        self._columns = 0
        column = QVBoxLayout(self)
        theme.grow(column.setContentsMargins, *[MARGIN] * 4)
        theme.grow(column.setSpacing, 12)
        for name, words in HEADINGS.items():
            self._headings[name] = QLabel(words, self)
            self._headings[name].setProperty("role", "section")
            self._grids[name] = QGridLayout()
            theme.grow(self._grids[name].setSpacing, GAP)
            self._grids[name].setContentsMargins(0, 0, 0, MARGIN // 2)
            column.addWidget(self._headings[name])
            column.addLayout(self._grids[name])
        column.addStretch(1)
        theme.changed.connect(self._arrange)
        self._arrange()

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(LEAST_CARD + 2 * MARGIN), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        way = STEPS.get(Qt.Key(event.key()))
        here = self.focusWidget()
        if way is None or not isinstance(here, Card):
            super().keyPressEvent(event)
            return
        self._walk(here, *way)

    def _walk(self, here: Card, across: int, down: int) -> None:
        """To the neighbor in reading order, or to the nearest card of the next row."""
        if across:
            place = self.cards.index(here) + across
            target = self.cards[place] if 0 <= place < len(self.cards) else here
        else:
            middle = here.geometry().center()
            beyond = [c for c in self.cards if (c.y() - here.y()) * down > 0]
            row = min((abs(card.y() - here.y()) for card in beyond), default=0)
            target = min(
                (card for card in beyond if abs(card.y() - here.y()) == row),
                key=lambda card: abs(card.geometry().center().x() - middle.x()),
                default=here,
            )
        target.setFocus(Qt.FocusReason.TabFocusReason)
        self.reached.emit(target)

    def _card(self, preset: Preset, sketch: Sketch | None) -> Card:
        card = Card(preset, sketch, self)
        card.opened.connect(self.opened)
        card.trained.connect(self.trained)
        return card

    def _arrange(self) -> None:
        """All cards are equally wide, on every shelf."""
        gap, room = theme.px(GAP), self.width() - 2 * theme.px(MARGIN)
        columns = max(1, (room + gap) // (theme.px(LEAST_CARD) + gap))
        width = max(theme.px(LEAST_CARD), (room + gap) // columns - gap)
        for grid in self._grids.values():
            for place in range(max(self._columns, columns)):
                grid.setColumnMinimumWidth(place, width if place < columns else 0)
                grid.setColumnStretch(place, int(place < columns))
        if columns != self._columns:
            self._columns = columns
            self._fill(columns)

    def _fill(self, columns: int) -> None:
        self.cards = []
        for name, presets in sorted_out(list(self._cards), self._axes, columns).items():
            self._headings[name].setVisible(bool(presets))
            for place, preset in enumerate(presets):
                card = self._cards[preset]
                self._grids[name].addWidget(card, place // columns, place % columns)
                if self.cards:
                    self.setTabOrder(self.cards[-1].train, card)
                self.setTabOrder(card, card.train)
                self.cards.append(card)


def sorted_out(ids: Sequence[str], axes: Mapping[str, Axis], columns: int) -> dict[str, list[str]]:
    """Each preset on one shelf, in the order in which they teach; the first shelf is one row of those of FIRST."""
    first = [name for name in FIRST if name in ids][: max(2, columns)]
    others = [name for name in ids if name not in first]
    through_time = [name for name in others if axes.get(name) == "time"]
    return {"first": first, "time": through_time, "depth": [n for n in others if n not in through_time]}
