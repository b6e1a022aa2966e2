"""Where a network's parts stand on the canvas, in scene px: one row at y = 0, skips as arcs above it."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QPointF, QRectF

from vgviewer.network import Layer, Network

BLOCK_WIDTH, BLOCK_HEIGHT = 120.0, 56.0
NODE = 32.0  # diameter of the circle where a skip is added
GAP = 28.0
EMPTY_WIDTH = 232.0  # the place for the first layer
ARC_RISE, ARC_LANE = 30.0, 22.0
MOST_LANES = 5  # beyond it arcs may cross
LABEL_HEIGHT = 16.0
MARGIN = 24.0
MARK_RISE = 12.0  # above a block: half of a mark on its corner, and air
NOTE_GAP = 6.0


@dataclass(frozen=True)
class Arc:
    """From the top of its source to the top of its node; `peak` is the height of its label's foot."""

    place: str
    start: QPointF
    end: QPointF
    peak: float

    @property
    def control(self) -> float:
        """The height of both control points of the cubic that touches `peak`."""
        return (self.peak - (self.start.y() + self.end.y()) / 8) / 0.75


@dataclass(frozen=True)
class Layout:
    """`boxes` by place, in the order of the chain; `gaps[i]` is where a layer inserted at i would go."""

    boxes: dict[str, QRectF]
    arcs: tuple[Arc, ...]
    gaps: tuple[float, ...]
    vacancy: QRectF | None = field(default=None)

    @property
    def top(self) -> float:
        """The highest point that is drawn."""
        peaks = [arc.peak - LABEL_HEIGHT for arc in self.arcs]
        return min([-BLOCK_HEIGHT / 2 - MARK_RISE, *peaks])

    @property
    def right(self) -> float:
        """The right end of the output block; the input block begins at 0."""
        return self.boxes["output"].right()

    def gap_at(self, x: float) -> int:
        """The position in the chain at which a layer dropped at `x` is inserted."""
        inner = list(self.boxes.values())[1:-1]
        return sum(x > box.center().x() for box in inner)


def source_of(layer: Layer) -> str | None:
    """The earlier place whose output the layer adds, for those that have one."""
    if "source" not in type(layer).model_fields:
        return None
    source = getattr(layer, "source")  # noqa: B009  (a plain attribute: most layers have none)
    return str(source)


def arranged(network: Network) -> Layout:
    """Input, layers and output from left to right."""
    boxes = {"input": _box(0, BLOCK_WIDTH)}
    vacancy = None
    x = BLOCK_WIDTH + GAP
    gaps = [x - GAP / 2]
    for layer in network.layers:
        boxes[layer.id] = _box(x, BLOCK_WIDTH) if source_of(layer) is None else _box(x, NODE)
        x = boxes[layer.id].right() + GAP
        gaps.append(x - GAP / 2)
    if not network.layers:
        vacancy = _box(x, EMPTY_WIDTH)
        gaps = [vacancy.center().x()]
        x = vacancy.right() + GAP
    boxes["output"] = _box(x, BLOCK_WIDTH)
    return Layout(boxes, tuple(_arcs(network.layers, boxes)), tuple(gaps), vacancy)


def _box(x: float, width: float) -> QRectF:
    height = NODE if width == NODE else BLOCK_HEIGHT
    return QRectF(x, -height / 2, width, height)


def _arcs(layers: Sequence[Layer], boxes: dict[str, QRectF]) -> list[Arc]:
    """Short arcs lie lowest; each goes over those that it overlaps."""
    order = {place: index for index, place in enumerate(boxes)}
    spans = [
        (order[source], order[layer.id], layer.id)
        for layer in layers
        if (source := source_of(layer)) in order and order[source] < order[layer.id]
    ]
    places = list(boxes.values())
    lanes: list[tuple[int, int, int]] = []
    arcs = []
    for start, end, place in sorted(spans, key=lambda span: (span[1] - span[0], span[0])):
        below = [lane for a, b, lane in lanes if a < end and start < b]
        lane = min(max(below, default=-1) + 1, MOST_LANES)
        lanes.append((start, end, lane))
        first, last = places[start], places[end]
        peak = -BLOCK_HEIGHT / 2 - ARC_RISE - lane * ARC_LANE
        arcs.append(Arc(place, _top(first), _top(last), peak))
    return arcs


def _top(box: QRectF) -> QPointF:
    return QPointF(box.center().x(), box.top())
