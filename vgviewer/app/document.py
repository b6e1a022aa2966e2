"""The open experiment: one value, what of it is selected, its file and the way back."""

from collections.abc import Iterable
from pathlib import Path

from pydantic import ValidationError
from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoCommand, QUndoStack

from vgviewer.app.editor.changes import Changes, Refused, changed, words
from vgviewer.app.editor.starts import new_layer, start_settings
from vgviewer.experiment import ENDING, Experiment, Problem, load, located, save
from vgviewer.experiment.problems import sentences
from vgviewer.network import LAYERS, Layer, Network
from vgviewer.settings import Settings
from vgviewer.tasks import TASKS, Task

UNDO_DEPTH = 1000  # edits; values share what did not change, so that each costs some kilobytes
MOST_LAYERS = "A network has at most 256 layers. Delete one first."


class Edit(QUndoCommand):
    """The whole value before and after; the document reads them when the stack's place changes."""

    def __init__(self, text: str, before: "State", after: "State", merge_key: str | None) -> None:
        super().__init__(text)
        self.before = before
        self.after = after
        self.merge_key = merge_key

    def id(self) -> int:
        return -1 if self.merge_key is None else 1

    def mergeWith(self, newer: QUndoCommand) -> bool:
        if not isinstance(newer, Edit) or newer.merge_key != self.merge_key:
            return False
        self.after = newer.after
        self.setText(newer.text())
        self.setObsolete(self.after[0] == self.before[0])
        return True


State = tuple[Experiment, str]  # the value, and what is selected


class Document(QObject):
    """`selected` is a layer's id, "input" (the task), "output" or "training"."""

    changed = Signal()
    selection_changed = Signal(str)
    title_changed = Signal()
    refused = Signal(str)  # a sentence: why an edit that no field asked for was not made

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._start = self._state = _opened(_empty())
        self._path: Path | None = None
        self._data = _data_of(self.experiment)
        self._index = 0
        self.undo = QUndoStack(self)
        self.undo.setUndoLimit(UNDO_DEPTH)
        self.undo.indexChanged.connect(self._take)
        self.undo.cleanChanged.connect(self._retitle)

    @property
    def experiment(self) -> Experiment:
        """The value as it is now."""
        return self._state[0]

    @property
    def selected(self) -> str:
        """What the inspector shows."""
        return self._state[1]

    @property
    def path(self) -> Path | None:
        """The file it was opened from or saved to; None for a new one and for a copy of a shipped preset."""
        return self._path

    @property
    def modified(self) -> bool:
        """Whether a save would change the file."""
        return not self.undo.isClean()

    @property
    def title(self) -> str:
        """The file's name without its ending, or the experiment's own name."""
        return self.experiment.name if self._path is None else self._path.name.removesuffix(ENDING)

    @property
    def insert_index(self) -> int:
        """Where a new layer goes that nobody gave a place: behind the selected one, or at the end."""
        ids = ["input", *(layer.id for layer in self.experiment.network.layers)]
        return ids.index(self.selected) if self.selected in ids else len(ids) - 1

    def part(self, place: str) -> Settings:
        """The settings of a place; raises KeyError when there is none of that name."""
        parts: dict[str, Settings] = {
            "input": self.experiment.task,
            "output": self.experiment.network.output,
            "training": self.experiment.training,
        }
        network = self.experiment.network
        return parts[place] if place in parts else network.layers[network.index(place)]

    def select(self, place: str) -> None:
        """Shows a place in the inspector; an unknown one is passed over."""
        if place != self.selected and _near(self.experiment, self.experiment, place) == place:
            self._state = (self.experiment, place)
            self.selection_changed.emit(place)

    def edit(
        self, text: str, experiment: Experiment, merge_key: str | None = None, select: str | None = None
    ) -> None:
        """One undo step to another value; edits of one `merge_key` become one step together."""
        if experiment != self.experiment:
            place = _near(self.experiment, experiment, select or self.selected)
            self.undo.push(Edit(text, self._state, (experiment, place), merge_key))

    def new(self) -> None:
        """An empty network, untitled."""
        self.replace(_empty(), None)

    def open(self, path: Path) -> None:
        """Shows the file; raises PresetError and leaves everything as it was."""
        self.replace(load(path), path)

    def replace(self, experiment: Experiment, path: Path | None) -> None:
        """Another document, without a way back to the one before."""
        self._path = path
        self._start = _opened(experiment)
        if self.undo.count():
            self.undo.clear()
        else:
            self._take()
        self._retitle()

    def look_again(self) -> None:
        """Shows anew what follows from the task's data file, when it has become another one meanwhile."""
        if _data_of(self.experiment) != self._data:
            self._state = (self.experiment.replace(), self.selected)
            self._data = _data_of(self.experiment)
            self.changed.emit()

    def save(self, path: Path) -> None:
        """Writes the file and takes its name; raises SaveError and leaves everything as it was."""
        save(self.experiment, path)
        self._path = path
        self.undo.setClean()
        self._retitle()

    def insert_layer(self, kind: type[Layer] | str, index: int) -> str:
        """Puts a new layer before position `index` and selects it; its id, or "" when the network is full."""
        found = next(k for k in LAYERS if kind in (k, k.model_fields["type"].default))
        return self._insert(new_layer(found, self.experiment, index), index, f"Add {found.label}")

    def duplicate(self, layer_id: str) -> str:
        """Puts a copy behind the layer and selects it; the copy's id, or "" when the network is full."""
        network = self.experiment.network
        index = network.index(layer_id)
        layer = network.layers[index]
        copy = layer.replace(id=network.fresh_id(layer.type))
        return self._insert(copy, index + 1, f"Duplicate {layer_id}")

    def remove(self, ids: Iterable[str]) -> None:
        """Deletes these layers in one step; what is no layer stays."""
        layers = self.experiment.network.layers
        gone = [layer.id for layer in layers if layer.id in set(ids)]
        if gone:
            left = tuple(layer for layer in layers if layer.id not in gone)
            text = f"Delete {gone[0]}" if len(gone) == 1 else f"Delete {len(gone)} layers"
            self._rewire(text, self.experiment.network.replace(layers=left))

    def move(self, layer_id: str, index: int) -> None:
        """Puts the layer at position `index` of the chain that is left without it."""
        self._rewire(f"Move {layer_id}", self.experiment.network.move(layer_id, index), select=layer_id)

    def change(self, place: str, changes: Changes, merge_key: str | None = None) -> tuple[Problem, ...]:
        """Sets fields by dotted path, such as {"optimizer.lr": 0.1}; () when done, else what is refused.

        With another `id`, skips from the layer follow.
        """
        part = self.part(place)
        try:
            self._put(words(place, part, changes), place, changed(part, changes), merge_key)
        except Refused as refusal:
            return refusal.problems
        return ()

    def change_task(self, task: Task) -> None:
        """Gives the network another task to learn."""
        self._put(f"Change task to {task.label}", "input", task, None)

    def _put(self, text: str, place: str, part: Settings, merge_key: str | None) -> None:
        network = self.experiment.network
        if isinstance(part, Task):
            experiment = self.experiment.replace(task=part)
            at_home = experiment if self._path is None else located(experiment, self._path)
            self.edit(text, at_home, merge_key)
        elif isinstance(part, Layer):
            follow = part.id if place == self.selected else None
            self._rewire(text, _renewed(network, place, part), merge_key, follow)
        elif place == "output":
            self._rewire(text, network.replace(output=part), merge_key)
        else:
            self.edit(text, self.experiment.replace(training=part), merge_key)

    def _rewire(
        self, text: str, network: Network, merge_key: str | None = None, select: str | None = None
    ) -> None:
        self.edit(text, self.experiment.replace(network=network), merge_key, select)

    def _insert(self, layer: Layer, index: int, text: str) -> str:
        try:
            network = self.experiment.network.insert(index, layer)
        except ValidationError:
            self.refused.emit(MOST_LAYERS)
            return ""
        self._rewire(text, network, select=layer.id)
        return layer.id

    def _take(self) -> None:
        """The value at the stack's place; undoing also returns to what was selected there."""
        before, self._state = self._state, self._arrived(self.undo.index())
        self._data = _data_of(self.experiment)
        self.changed.emit()
        if self._state[1] != before[1]:
            self.selection_changed.emit(self._state[1])
        if self._state[0].name != before[0].name:
            self.title_changed.emit()

    def _arrived(self, index: int) -> State:
        back = index < self._index and index < self.undo.count()  # a merged step that undid itself is gone
        self._index = index
        if self.undo.count() == 0:
            return self._start
        command = self.undo.command(index if back else index - 1)
        if not isinstance(command, Edit):
            raise TypeError(command)
        return command.before if back else command.after

    def _retitle(self) -> None:
        self.title_changed.emit()


def _empty() -> Experiment:
    """No layers, and the first task that fits such a network."""
    tries = (
        Experiment.model_validate({"network": Network(layers=()), "task": start_settings(kind)}, strict=False)
        for kind in TASKS
    )
    return next(experiment for experiment in tries if not experiment.problems)


def _data_of(experiment: Experiment) -> tuple[object, ...]:
    task = experiment.task
    return task.problem(), task.inputs(), task.targets()


def _opened(experiment: Experiment) -> State:
    layers = experiment.network.layers
    return experiment, layers[0].id if layers else "input"


def _renewed(network: Network, place: str, layer: Layer) -> Network:
    try:
        return network.change(place, layer)
    except ValidationError as error:
        raise Refused(sentences(error, Network, network.model_dump(mode="json"))) from None


def _near(before: Experiment, after: Experiment, place: str) -> str:
    """`place` if it is still there, else the layer that took its position, or the last one, or the input."""
    ids = [layer.id for layer in after.network.layers]
    if place in (*ids, "input", "output", "training"):
        return place
    old = [layer.id for layer in before.network.layers]
    index = min(old.index(place) if place in old else 0, len(ids) - 1)
    return ids[index] if ids else "input"
