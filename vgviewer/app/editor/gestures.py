"""What is under way on the canvas: blocks that are carried elsewhere, a skip that is being drawn."""

from PySide6.QtCore import QPointF

from vgviewer.app.document import Document
from vgviewer.app.editor.diagram import Diagram
from vgviewer.app.editor.edits import ids_of


class Carrying:
    """From the press on a block to its drop; carrying one that is chosen carries all that are."""

    def __init__(self, document: Document, diagram: Diagram) -> None:
        self._document = document
        self._diagram = diagram
        self._start = QPointF()
        self.pressed = ""
        self.carried: tuple[str, ...] = ()

    def press(self, place: str, at: QPointF) -> None:
        """Remembers where it began."""
        self.pressed, self._start = place, at

    def is_far(self, at: QPointF, distance: float) -> bool:
        """Whether the pointer has gone far enough for a drag."""
        return (at - self._start).manhattanLength() >= distance

    def carry(self, to: QPointF) -> None:
        """Shows the blocks at the pointer, and where they would go; input and output stay."""
        if not self.carried and self.pressed in ids_of(self._document.experiment):
            marked = self._document.marked
            self.carried = marked if self.pressed in marked else (self.pressed,)
        for place in self.carried:
            self._diagram.lift(place, to - self._start)
        if self.carried:
            self._diagram.point_to(self._diagram.plan.gap_at(to.x()))

    def drop(self, at: QPointF) -> bool:
        """One edit; False when nothing was carried."""
        carried, gap = self.carried, self._diagram.plan.gap_at(at.x())
        self.end()
        if carried:
            self._document.rearrange(carried, gap)
        return bool(carried)

    def end(self) -> None:
        """Lets everything fall back into its place."""
        for place in self.carried:
            self._diagram.lift(place, None)
        self._diagram.point_to(None)
        self.pressed, self.carried = "", ()


class Linking:
    """From the handle of a block, or from a command, to the block behind which the skip is added."""

    def __init__(self, document: Document, diagram: Diagram) -> None:
        self._document = document
        self._diagram = diagram
        self.source = ""
        self.target: str | None = None

    def begin(self, source: str) -> None:
        """Draws from there; by keys the nearest block that makes sense is the first target."""
        self.source = source
        self.step(2)

    def draw(self, source: str) -> None:
        """Draws from there after the pointer."""
        self.source = source

    def aim(self, at: QPointF) -> None:
        """Follows the pointer, and snaps to the block below it."""
        self.target = self._may(self._diagram.place_at(at))
        self._show(at)

    def step(self, by: int) -> None:
        """The next target, or the one before."""
        places = list(self._diagram.plan.boxes)
        here = places.index(self.target) if self.target in places else places.index(self.source)
        first, last = places.index(self.source) + 1, len(places) - 1
        if first <= last:
            self.target = places[min(max(here + by, first), last)]
            self._show(None)

    def finish(self) -> bool:
        """One edit; False without a target."""
        source, target = self.source, self.target
        self.end()
        return bool(source and target and self._document.add_skip(source, target))

    def end(self) -> None:
        """Nothing is drawn any longer."""
        self.source, self.target = "", None
        self._diagram.aim(None)
        self._diagram.link.hide()

    def _may(self, place: str | None) -> str | None:
        """Only what stands behind the source."""
        places = list(self._diagram.plan.boxes)
        return place if place in places and places.index(place) > places.index(self.source) else None

    def _show(self, at: QPointF | None) -> None:
        self._diagram.aim(self.target)
        start = self._diagram.blocks[self.source].top
        end = self._diagram.blocks[self.target].top if self.target else at
        if end is not None:
            self._diagram.link.reach(start, end)
