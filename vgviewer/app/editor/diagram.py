"""The scene: the network as drawn, kept in step with the experiment by reusing its items."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from html import escape

import numpy as np
from PySide6.QtCore import QObject, QPointF, QRectF
from PySide6.QtWidgets import QGraphicsScene, QGraphicsSceneHelpEvent, QToolTip

from vgviewer.app import theme
from vgviewer.app.colormaps import scale_of
from vgviewer.app.editor.block import Block
from vgviewer.app.editor.fixes import Fix, fixes
from vgviewer.app.editor.layout import (
    BLOCK_HEIGHT,
    BLOCK_WIDTH,
    GAP,
    MARGIN,
    NOTE_GAP,
    Layout,
    arranged,
    source_of,
)
from vgviewer.app.editor.slips import Note, Slip, problem_height, slip_height
from vgviewer.app.editor.wires import Link, Mark, Wires
from vgviewer.app.numerals import counted_parameters
from vgviewer.app.picture.meaning import relative
from vgviewer.app.picture.numbers import size
from vgviewer.experiment import Experiment, Problem

NAMES = {"input": "Input", "output": "Output"}
SHAPE_HEIGHT = 18.0
NARROWEST_NOTE, WIDEST_NOTE = 208.0, 300.0
NARROWEST_SLIP, WIDEST_SLIP = 140.0, 220.0
ROOM_BELOW = 34.0  # kept free, so that the row does not jump when a first problem appears

Sizes = Mapping[str, float | None]  # log10 of gradient sizes over that at the loss, by place


class Diagram(QGraphicsScene):
    """Knows where things are; what is asked of the network goes through the view."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.setItemIndexMethod(
            QGraphicsScene.ItemIndexMethod.NoIndex
        )  # an insertion moves everything behind it
        self.blocks: dict[str, Block] = {}
        self.notes: dict[str, Note] = {}
        self.slips: dict[str, Slip] = {}
        self.fixes: dict[str, Fix] = {}
        self.plan = Layout({}, (), ())
        self._experiment: Experiment | None = None
        self._problems: Mapping[str, Sequence[Problem]] = {}
        self._tints: Sizes = {}
        self._expected: Sizes = {}
        self._alerts: Mapping[str, tuple[str, str]] = {}
        self._row = 0.0  # where the notes at the blocks begin
        self._wires, self.mark, self.link = Wires(), Mark(), Link()
        for item in (self._wires, self.mark, self.link):
            self.addItem(item)

    def show_network(
        self, experiment: Experiment, selected: str, has_focus: bool, marked: Sequence[str] = ()
    ) -> None:
        """Brings every item up to date; only what looks different is painted again."""
        if experiment is not self._experiment:
            self._take(experiment)
        chosen = frozenset((selected, *marked))
        self._wires.follow(self.plan, chosen)
        for place, block in self.blocks.items():
            block.wear(is_selected=place in chosen, has_focus=has_focus and place == selected)

    def set_tints(self, tints: Sizes) -> None:
        """Measured sizes; none where there is no value."""
        if tints != self._tints:
            self._tints = tints
            self._paint_tints()

    def set_expected(self, expected: Sizes) -> None:
        """Sizes that theory predicts for the network as drawn."""
        if expected != self._expected:
            self._expected = expected
            self._paint_tints()

    def set_alerts(self, alerts: Mapping[str, tuple[str, str]]) -> None:
        """Kind and sentence of the alert that stands at a place."""
        if alerts != self._alerts:
            self._alerts = dict(alerts)
            for place, block in self.blocks.items():
                block.wear(alert=alerts[place][0] if place in alerts else None)

    @property
    def strips(self) -> tuple[bool, bool]:
        """Whether any block shows an expected size, and a measured one."""
        return bool(_known(self._expected)), bool(_known(self._tints))

    def retheme(self) -> None:
        """Colors anew after the theme was switched."""
        self._paint_tints()
        self.update()

    def place_at(self, point: QPointF) -> str | None:
        """The place whose block is there."""
        return next((place for place, block in self.blocks.items() if block.box.contains(point)), None)

    def arc_at(self, point: QPointF) -> str | None:
        """The skip whose arc is there."""
        return self._wires.arc_at(point)

    def handle_at(self, point: QPointF) -> str | None:
        """The place from whose handle a skip is drawn when it is pressed there."""
        return next((place for place, block in self.blocks.items() if block.has_handle_at(point)), None)

    def fix_at(self, point: QPointF) -> str | None:
        """The place whose problem is mended by a click there."""
        return next((place for place in self.fixes if self.notes[place].link.contains(point)), None)

    def slip_at(self, point: QPointF) -> str | None:
        """The place whose note is there."""
        return next((place for place, slip in self.slips.items() if slip.box.contains(point)), None)

    def slip_box(self, place: str) -> QRectF:
        """Where the place's note is, or where one would be."""
        if place in self.slips:
            return self.slips[place].box
        left, width = self._rooms([place], NARROWEST_SLIP, WIDEST_SLIP)[place]
        return QRectF(left, self._row, width, SHAPE_HEIGHT)

    def places_in(self, band: QRectF) -> list[str]:
        """The places whose blocks are touched by it, in the order of the chain."""
        return [place for place, box in self.plan.boxes.items() if box.intersects(band)]

    def point_to(self, index: int | None) -> None:
        """Shows where a layer would be inserted, or takes the mark away."""
        self.mark.point_to(None if index is None else self.plan.gaps[index])

    def lift(self, place: str, by: QPointF | None) -> None:
        """Carries the block along with the pointer, or lets it fall back into its place."""
        block = self.blocks[place]
        block.setPos(by or QPointF())
        block.setOpacity(1.0 if by is None else 0.8)
        block.setZValue(1.0 if by is None else 4.0)

    def aim(self, target: str | None) -> None:
        """Marks the block behind which a skip would end."""
        for place, block in self.blocks.items():
            block.wear(is_target=place == target)

    def description(self, place: str) -> str:
        """What a screen reader says about the place."""
        words = [self.blocks[place].face.name, self.blocks[place].face.caption, self.notes[place].text]
        words += [f"note: {self._note(place)}"] if place in self.slips else []
        words += [self._alerts[place][1]] if place in self._alerts else []
        return ", ".join(word for word in words if word)

    def tip(self, place: str) -> str:
        """As rich text with everything escaped: a file's words must not become markup."""
        if self._experiment is None:
            return ""
        flow = self._experiment.flow
        lines = [self.blocks[place].face.name, f"gives {flow.shapes[place].words}"]
        count = flow.parameters(place)
        lines += [counted_parameters(count)] if count else []
        for word, sizes in (("measured (solid)", self._tints), ("expected (hatched)", self._expected)):
            found = _known(sizes).get(place)
            lines += [] if found is None else [f"gradient {word}: {size(found)} of that at the loss"]
        lines += [problem.message for problem in self._problems.get(place, ())]
        lines += [self._alerts[place][1]] if place in self._alerts else []
        lines += [self._note(place)] if place in self.slips else []
        return f"<p>{'<br>'.join(escape(line) for line in lines)}</p>"

    def helpEvent(self, event: QGraphicsSceneHelpEvent) -> None:
        """Tooltips are written when somebody wants to read one: at every edit they would be two hundred."""
        at = event.scenePos()
        place = self.place_at(at) or self.slip_at(at)
        QToolTip.showText(event.screenPos(), self.tip(place) if place else "", event.widget())

    def _take(self, experiment: Experiment) -> None:
        self._experiment = experiment
        problems = experiment.problems
        by_place: dict[str, list[Problem]] = defaultdict(list)
        for problem in problems:
            if problem.place is not None:
                by_place[problem.place].append(problem)
        self._problems, self.fixes = by_place, fixes(experiment, problems)
        self.plan = arranged(experiment.network)
        self._keep(set(self.plan.boxes))
        self._dress(experiment)
        self._annotate(experiment)
        self._paint_tints()

    def _keep(self, places: set[str]) -> None:
        for place in self.blocks.keys() - places:
            self.removeItem(self.blocks.pop(place))
            self.removeItem(self.notes.pop(place))
        for place in places - self.blocks.keys():
            self.blocks[place], self.notes[place] = Block(place), Note()
            self.addItem(self.blocks[place])
            self.addItem(self.notes[place])

    def _dress(self, experiment: Experiment) -> None:
        shapes = experiment.flow.shapes
        captions = {"input": str(shapes["input"])}
        captions["output"] = f"{shapes['output']}, {experiment.network.output.activation}"
        kinds, nodes = {}, set()
        for layer in experiment.network.layers:
            captions[layer.id] = layer.caption or layer.label
            kinds[layer.id] = f"layer-{layer.type}"
            nodes |= {layer.id} if source_of(layer) is not None else set()
        for place, box in self.plan.boxes.items():
            block = self.blocks[place]
            block.stand(box)
            block.wear(
                name=NAMES.get(place, place),
                caption=captions[place],
                icon=kinds.get(place, ""),
                is_node=place in nodes,
                has_problem=place in self._problems,
                has_handle=place != "output",
                alert=self._alerts[place][0] if place in self._alerts else None,
            )

    def _annotate(self, experiment: Experiment) -> None:
        """Under each block the shape that leaves it, or its problem, and below that its note."""
        foot = BLOCK_HEIGHT / 2 + NOTE_GAP
        self._row = self._write_notes(experiment, foot) + NOTE_GAP / 2
        bottom = max(foot + ROOM_BELOW, self._row, self._write_slips(experiment))
        top, right = self.plan.top, self.plan.right + MARGIN
        words = [*(note.box for note in self.notes.values()), *(slip.box for slip in self.slips.values())]
        left = min([0.0, *(box.left() for box in words)]) - MARGIN
        self.setSceneRect(left, top - 4, right - left, bottom - top + 8)

    def _write_slips(self, experiment: Experiment) -> float:
        """The notes at the blocks, in a row below all problems. Gives the height where they end."""
        slips = {note.at: note.text for note in experiment.annotations if note.at in self.blocks}
        for place in self.slips.keys() - slips.keys():
            self.removeItem(self.slips.pop(place))
        bottom = self._row
        for place, (left, width) in self._rooms(list(slips), NARROWEST_SLIP, WIDEST_SLIP).items():
            if place not in self.slips:
                self.slips[place] = Slip()
                self.addItem(self.slips[place])
            height = slip_height(slips[place], width)
            self.slips[place].say(slips[place], QRectF(left, self._row, width, height))
            bottom = max(bottom, self._row + height)
        return bottom

    def _write_notes(self, experiment: Experiment, foot: float) -> float:
        """Shapes and problems; problems get the room they need. Gives the height where they end."""
        bottom, shapes = foot + SHAPE_HEIGHT, experiment.flow.shapes
        room = self._rooms(list(self._problems), NARROWEST_NOTE, WIDEST_NOTE)
        for place, box in self.plan.boxes.items():
            if place in self._problems:
                left, width = room[place]
                said = " ".join(map(_sentence, self._problems[place]))
                text = f"{NAMES.get(place, place)}: {said}" if left < box.left() else said
                fix = self.fixes[place].text if place in self.fixes else ""
                height = problem_height(text, width, bool(fix))
                self.notes[place].say(text, True, QRectF(left, foot, width, height), fix)
                bottom = max(bottom, foot + height)
            else:
                text = "" if place in NAMES or self._problems else str(shapes[place])
                left = box.center().x() - BLOCK_WIDTH / 2
                self.notes[place].say(text, False, QRectF(left, foot, BLOCK_WIDTH, SHAPE_HEIGHT))
        return bottom

    def _rooms(
        self, places: Sequence[str], narrowest: float, widest: float
    ) -> dict[str, tuple[float, float]]:
        """Left edge and width of the words of each place: below its block where that fits, none over another."""
        found = {}
        end = self.plan.right + MARGIN
        for place in reversed([place for place in self.plan.boxes if place in places]):
            left = min(self.plan.boxes[place].left(), end - narrowest)
            found[place] = (left, min(widest, end - left))
            end = left - GAP / 2
        return found

    def _paint_tints(self) -> None:
        tints, expected = _colors(self._tints), _colors(self._expected)
        for place, block in self.blocks.items():
            block.wear(tint=tints.get(place), expected=expected.get(place))

    def _note(self, place: str) -> str:
        notes = self._experiment.annotations if self._experiment is not None else ()
        return next((note.text for note in notes if note.at == place), "")


def _known(sizes: Sizes) -> dict[str, float]:
    return {place: found for place, found in sizes.items() if found is not None and found == found}


def _colors(sizes: Sizes) -> dict[str, str]:
    """As "#rrggbb": blue where the signal has shrunk, red where it has grown."""
    known = _known(sizes)
    if not known:
        return {}
    colors = scale_of(theme.current(), relative("")).colors(np.array(list(known.values()), np.float64))
    return {place: "#{:02x}{:02x}{:02x}".format(*color) for place, color in zip(known, colors, strict=True)}


def _sentence(problem: Problem) -> str:
    """With its field in front where the message alone has no subject ("must have the shape …")."""
    message = problem.message
    if not message[:1].islower():
        return message
    field = problem.path.rpartition("]")[2].strip(".").removesuffix(".values") or problem.path
    return f"{field.removeprefix('network.output.')} {message}"
