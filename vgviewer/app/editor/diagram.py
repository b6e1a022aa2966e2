"""The scene: the network as drawn, kept in step with the experiment by reusing its items."""

from collections.abc import Mapping
from html import escape

import numpy as np
from PySide6.QtCore import QObject, QPointF, QRectF
from PySide6.QtWidgets import QGraphicsScene

from vgviewer.app import theme
from vgviewer.app.colormaps import scale_of
from vgviewer.app.editor.block import Block, Mark, Note, Wires, problem_height
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
from vgviewer.app.picture.meaning import relative
from vgviewer.experiment import Experiment

NAMES = {"input": "Input", "output": "Output"}
SHAPE_HEIGHT = 18.0
NARROWEST_NOTE, WIDEST_NOTE = 208.0, 300.0
ROOM_BELOW = 34.0  # kept free, so that the row does not jump when a first problem appears


class Diagram(QGraphicsScene):
    """Knows where things are; what is asked of the network goes through the view."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.blocks: dict[str, Block] = {}
        self.notes: dict[str, Note] = {}
        self.plan = Layout({}, (), ())
        self._experiment: Experiment | None = None
        self._tints: Mapping[str, float | None] = {}
        self._alerts: Mapping[str, tuple[str, str]] = {}
        self._wires = Wires()
        self.mark = Mark()
        self.addItem(self._wires)
        self.addItem(self.mark)

    def show_network(self, experiment: Experiment, selected: str, has_focus: bool) -> None:
        """Brings every item up to date; only what looks different is painted again."""
        if experiment is not self._experiment:
            self._experiment = experiment
            self.plan = arranged(experiment.network)
            self._keep(set(self.plan.boxes))
            self._dress(experiment)
            self._annotate(experiment)
            self._paint_tints()
        self._wires.follow(self.plan, selected)
        for place, block in self.blocks.items():
            block.wear(is_selected=place == selected, has_focus=has_focus)

    def set_tints(self, tints: Mapping[str, float | None]) -> None:
        """log10 of each place's gradient size over that at the loss; none where there is no value."""
        self._tints = tints
        self._paint_tints()

    def set_alerts(self, alerts: Mapping[str, tuple[str, str]]) -> None:
        """Kind and sentence of the alert that stands at a place."""
        if alerts != self._alerts:
            self._alerts = dict(alerts)
            for place, block in self.blocks.items():
                block.wear(alert=alerts[place][0] if place in alerts else None)
                block.setToolTip(self._tip(place))

    def retheme(self) -> None:
        """Colors anew after the theme was switched."""
        self._paint_tints()
        self.update()

    def place_at(self, point: QPointF) -> str | None:
        """The place whose block is there."""
        return next((place for place, block in self.blocks.items() if block.box.contains(point)), None)

    def point_to(self, index: int | None) -> None:
        """Shows where a layer would be inserted, or takes the mark away."""
        self.mark.point_to(None if index is None else self.plan.gaps[index])

    def lift(self, place: str, by: QPointF | None) -> None:
        """Carries the block along with the pointer, or lets it fall back into its place."""
        block = self.blocks[place]
        block.setPos(by or QPointF())
        block.setOpacity(1.0 if by is None else 0.8)
        block.setZValue(1.0 if by is None else 4.0)

    def description(self, place: str) -> str:
        """What a screen reader says about the place."""
        block = self.blocks[place]
        words = [block.face.name, block.face.caption, self.notes[place].text]
        words += [self._alerts[place][1]] if place in self._alerts else []
        return ", ".join(word for word in words if word)

    def _keep(self, places: set[str]) -> None:
        for place in self.blocks.keys() - places:
            self.removeItem(self.blocks.pop(place))
            self.removeItem(self.notes.pop(place))
        for place in places - self.blocks.keys():
            self.blocks[place], self.notes[place] = Block(place), Note()
            self.addItem(self.blocks[place])
            self.addItem(self.notes[place])

    def _dress(self, experiment: Experiment) -> None:
        wrong = {problem.place for problem in experiment.problems}
        captions = {"input": str(experiment.flow.shapes["input"])}
        captions["output"] = f"{experiment.flow.shapes['output']}, {experiment.network.output.activation}"
        nodes = set()
        for layer in experiment.network.layers:
            captions[layer.id] = layer.caption or layer.label
            nodes |= {layer.id} if source_of(layer) is not None else set()
        for place, box in self.plan.boxes.items():
            block = self.blocks[place]
            block.stand(box)
            block.wear(
                name=NAMES.get(place, place),
                caption=captions[place],
                is_node=place in nodes,
                has_problem=place in wrong,
                alert=self._alerts[place][0] if place in self._alerts else None,
            )

    def _annotate(self, experiment: Experiment) -> None:
        """Under each block the shape that leaves it, or its problem; problems get the room they need."""
        problems: dict[str, str] = {}
        for problem in experiment.problems:
            if problem.place is not None:
                said = problems.get(problem.place)
                problems[problem.place] = f"{said} {problem.message}" if said else problem.message
        foot = BLOCK_HEIGHT / 2 + NOTE_GAP
        bottom = foot + ROOM_BELOW
        room = self._note_rooms(list(problems))
        for place, box in self.plan.boxes.items():
            if place in problems:
                left, width = room[place]
                is_aside = left < box.left()
                text = f"{NAMES.get(place, place)}: {problems[place]}" if is_aside else problems[place]
                height = problem_height(text, width)
                self.notes[place].say(text, True, QRectF(left, foot, width, height))
                bottom = max(bottom, foot + height)
            else:
                text = "" if place in NAMES or problems else str(experiment.flow.shapes[place])
                left = box.center().x() - BLOCK_WIDTH / 2
                self.notes[place].say(text, False, QRectF(left, foot, BLOCK_WIDTH, SHAPE_HEIGHT))
            self.blocks[place].setToolTip(self._tip(place))
        top = self.plan.top
        self.setSceneRect(-MARGIN, top - 8, self.plan.right + 2 * MARGIN, bottom - top + 16)

    def _note_rooms(self, wrong: list[str]) -> dict[str, tuple[float, float]]:
        """Left edge and width of each problem's note: below its block where it fits, none over another."""
        found = {}
        end = self.plan.right + MARGIN
        for place in reversed([place for place in self.plan.boxes if place in wrong]):
            left = min(self.plan.boxes[place].left(), end - NARROWEST_NOTE)
            found[place] = (left, min(WIDEST_NOTE, end - left))
            end = left - GAP / 2
        return found

    def _paint_tints(self) -> None:
        sizes = {place: size for place, size in self._tints.items() if size is not None and size == size}
        colors = scale_of(theme.current(), relative("")).colors(np.array(list(sizes.values()), np.float64))
        tints = {
            place: "#{:02x}{:02x}{:02x}".format(*color) for place, color in zip(sizes, colors, strict=True)
        }
        for place, block in self.blocks.items():
            block.wear(tint=tints.get(place))

    def _tip(self, place: str) -> str:
        """As rich text with everything escaped: a file's words must not become markup."""
        if self._experiment is None:
            return ""
        flow = self._experiment.flow
        lines = [self.blocks[place].face.name, f"gives {flow.shapes[place].words}"]
        count = flow.parameters(place)
        lines += [f"{count:,} parameters"] if count else []
        lines += [problem.message for problem in self._experiment.problems if problem.place == place]
        lines += [self._alerts[place][1]] if place in self._alerts else []
        return f"<p>{'<br>'.join(escape(line) for line in lines)}</p>"
