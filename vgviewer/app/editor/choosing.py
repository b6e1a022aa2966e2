"""Which blocks are chosen, by clicks and keys: one, several, a stretch of the chain, what a band touches."""

from collections.abc import Sequence

from PySide6.QtCore import Qt

from vgviewer.app.document import Document
from vgviewer.app.editor.edits import ids_of

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


class Choosing:
    """Sends wishes to the document; knows only where a stretch began."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._anchor = ""

    @property
    def places(self) -> list[str]:
        """Input, layers, output, in the order of the chain."""
        return ["input", *ids_of(self._document.experiment), "output"]

    @property
    def selected(self) -> str:
        """Where the keys stand."""
        return self._document.selected

    @property
    def marked(self) -> Sequence[str]:
        """All that are chosen, where there are several."""
        return self._document.marked

    def click(self, place: str, modifiers: Qt.KeyboardModifier) -> None:
        """Shift stretches what is chosen to the place, Control adds or takes it away."""
        if modifiers & SHIFT:
            self._stretch(place)
        elif modifiers & CONTROL and place in ids_of(self._document.experiment):
            self._toggle(place)
        else:
            self.take(place)

    def take(self, place: str) -> None:
        """That place alone."""
        self._anchor = place
        self._document.select(place)

    def step(self, by: int, stretches: bool = False) -> None:
        """The neighbor before or behind; with `stretches` what was chosen stays."""
        places = self.places
        here = places.index(self._document.selected) if self._document.selected in places else 0
        there = places[min(max(here + by, 0), len(places) - 1)]
        if stretches:
            self._stretch(there)
        else:
            self.take(there)

    def all(self) -> None:
        """Every layer."""
        ids = ids_of(self._document.experiment)
        if ids:
            place = self._document.selected if self._document.selected in ids else ids[-1]
            self._document.mark(ids, place)

    def band(self, touched: Sequence[str]) -> None:
        """The layers that a band touches."""
        ids = [place for place in touched if place not in ("input", "output")]
        if ids:
            self._anchor = ids[0]
            self._document.mark(ids if len(ids) > 1 else (), ids[-1])

    def alone(self) -> bool:
        """Only the selected one again; False when it was alone."""
        several = len(self._document.marked) > 1
        self._document.select(self._document.selected)
        return several

    def _stretch(self, place: str) -> None:
        places = self.places
        if self._anchor not in self._document.marked:
            self._anchor = self._document.selected
        first = places.index(self._anchor) if self._anchor in places else 0
        low, high = sorted((first, places.index(place)))
        self._document.mark([p for p in places[low : high + 1] if p not in ("input", "output")], place)

    def _toggle(self, place: str) -> None:
        marked = [*self._document.marked]
        if place not in marked:
            self._anchor = place
            self._document.mark([*marked, place], place)
        elif len(marked) > 1:
            marked.remove(place)
            stays = self._document.selected
            self._document.mark(marked, stays if stays in marked else marked[-1])
