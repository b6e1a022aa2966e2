"""The open experiment: one value, what of it is selected, its file and the way back."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from pathlib import Path

from pydantic import ValidationError
from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoStack

from vgviewer.app.edit import Edit, Home, Opening, State
from vgviewer.app.editor import edits
from vgviewer.app.editor.changes import ALONE, Changes, Refused, changed_alike, words
from vgviewer.app.editor.starts import new_layer, start_settings
from vgviewer.app.editor.thresholds import alert_settings, with_alerts
from vgviewer.experiment import ENDING, Experiment, Problem, load, located, save
from vgviewer.experiment.annotations import MOST_ANNOTATIONS, Annotation
from vgviewer.experiment.problems import sentences
from vgviewer.experiment.snippet import Snippet
from vgviewer.network import LAYERS, Layer, Network
from vgviewer.network.layers.skip import Skip
from vgviewer.settings import Settings
from vgviewer.tasks import TASKS, Task

UNDO_DEPTH = 1000  # edits; values share what did not change, so that each costs some kilobytes
MOST_LAYERS = "A network has at most 256 layers. Delete one first."
MOST_NOTES = f"A network has at most {MOST_ANNOTATIONS} notes. Delete one first."


class Document(QObject):
    """`selected` is a layer's id, "input" (the task), "output", "training" or "alert thresholds"; `marked` are the
    layers that a command acts on."""

    changed = Signal()
    selection_changed = Signal(str)  # what is selected; also when only other layers are marked with it
    title_changed = Signal()
    refused = Signal(str)  # a sentence: why an edit that no field asked for was not made

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._start = self._state = _opened(_empty())
        self._home = Home(kept=self.experiment)
        self._data = _data_of(self.experiment)
        self._index = 0
        self.undo = QUndoStack(self)
        self.undo.setUndoLimit(UNDO_DEPTH)
        self.undo.indexChanged.connect(self._take)

    @property
    def experiment(self) -> Experiment:
        """The value as it is now."""
        return self._state.experiment

    @property
    def selected(self) -> str:
        """What the inspector shows."""
        return self._state.selected

    @property
    def marked(self) -> tuple[str, ...]:
        """The layers that are chosen, in the order of the chain: the selected one, or several with it."""
        ids = self._state.marked or (self.selected,)
        return tuple(layer_id for layer_id in edits.ids_of(self.experiment) if layer_id in ids)

    def alike(self, place: str) -> tuple[str, ...]:
        """The chosen layers of the same kind as this one, which comes first: they are changed together."""
        kind = type(self.part(place))
        chosen = self.marked if place in self.marked else ()
        return (place, *(other for other in chosen if other != place and type(self.part(other)) is kind))

    @property
    def path(self) -> Path | None:
        """The file it was opened from or saved to; None for a new one and for a copy of a shipped preset."""
        return self._home.path

    @property
    def preset(self) -> str:
        """Which shipped preset it is a copy of; empty for none."""
        return self._home.preset

    @property
    def modified(self) -> bool:
        """Whether a save would change the file."""
        return self.experiment != self._home.kept

    @property
    def title(self) -> str:
        """The file's name without its ending, or the experiment's own name."""
        return self.experiment.name if self.path is None else self.path.name.removesuffix(ENDING)

    @property
    def insert_index(self) -> int:
        """Where a new layer goes that nobody gave a place: behind the last that is marked, or at the end."""
        ids = ["input", *edits.ids_of(self.experiment)]
        if len(self._state.marked) > 1:
            return max(map(ids.index, self.marked))
        return ids.index(self.selected) if self.selected in ids else len(ids) - 1

    def part(self, place: str) -> Settings:
        """The settings of a place; raises KeyError when there is none of that name."""
        parts: dict[str, Settings] = {
            "input": self.experiment.task,
            "output": self.experiment.network.output,
            "training": self.experiment.training,
            "alert thresholds": alert_settings(self.experiment),
        }
        network = self.experiment.network
        return parts[place] if place in parts else network.layers[network.index(place)]

    def select(self, place: str) -> None:
        """Shows a place in the inspector; an unknown one is passed over."""
        self.mark((), place)

    def mark(self, ids: Iterable[str], place: str) -> None:
        """Chooses several layers, with `place` among them in the inspector; () for that one alone."""
        state = State(self.experiment, place, tuple(ids))
        is_known = _near(self.experiment, self.experiment, place) == place
        if is_known and state[1:] != self._state[1:]:
            self._state = state
            self.selection_changed.emit(place)

    def edit(
        self,
        text: str,
        experiment: Experiment,
        merge_key: str | None = None,
        select: str | None = None,
        mark: Sequence[str] = (),
    ) -> None:
        """One undo step to another value; edits of one `merge_key` become one step together."""
        experiment = edits.pruned(experiment)
        if experiment != self.experiment:
            place = _near(self.experiment, experiment, select or self.selected)
            self.undo.push(Edit(text, self._state, State(experiment, place, tuple(mark)), merge_key))

    def new(self) -> None:
        """An empty network, untitled."""
        self.replace(_empty(), None, text="New network")

    def open(self, path: Path) -> None:
        """Shows the file; raises PresetError and leaves everything as it was."""
        self.replace(load(path), path)

    def replace(self, experiment: Experiment, path: Path | None, preset: str = "", text: str = "") -> None:
        """Another document, as one step that can be taken back; in the place of one that nobody has touched there is
        no way back."""
        home = Home(path, preset, experiment)
        if self.undo.count() or self._home[:2] != Home()[:2] or self.experiment != _empty():
            name = path.name.removesuffix(ENDING) if path is not None else experiment.name
            before, after = self._state, _opened(experiment)
            self.undo.push(Opening(text or f"Open {name}", before, after, (self._home, home)))
            self.undo.setClean()
        else:
            self._start = _opened(experiment)
            self._take()
        self._home = home
        self._retitle()

    def look_again(self) -> None:
        """Shows anew what follows from the task's data file, when it has become another one meanwhile."""
        if _data_of(self.experiment) != self._data:
            self._state = self._state._replace(experiment=self.experiment.replace())
            self._data = _data_of(self.experiment)
            self.changed.emit()

    def save(self, path: Path) -> None:
        """Writes the file and takes its name; raises SaveError and leaves everything as it was."""
        save(self.experiment, path)
        self._home = Home(path)
        self.let_go()

    def let_go(self) -> None:
        """What has changed need not be saved any more."""
        self._home = self._home._replace(kept=self.experiment)
        self.undo.setClean()
        self._retitle()

    def insert_layer(self, kind: type[Layer] | str, index: int) -> str:
        """Puts a new layer before position `index` and selects it; its id, or "" when the network is full."""
        found = next(k for k in LAYERS if kind in (k, k.model_fields["type"].default))
        return self._insert(new_layer(found, self.experiment, index), index, f"Add {found.label}")

    def duplicate(self, ids: Collection[str], times: int = 1) -> None:
        """Puts copies behind these layers and chooses them."""
        group = edits.chosen(self.experiment, ids)
        if group:
            often = "" if times == 1 else f" {times} times"
            text = f"Duplicate {_counted([layer.id for layer in group])}{often}"
            self._grow(text, lambda: edits.with_copies(self.experiment, ids, times))

    def paste(self, snippet: Snippet) -> None:
        """Puts its layers behind those that are marked and chooses them."""
        text = f"Paste {_counted([layer.id for layer in snippet.layers])}"
        self._grow(text, lambda: edits.with_snippet(self.experiment, self.insert_index, snippet))

    def remove(self, ids: Iterable[str], verb: str = "Delete") -> None:
        """Deletes these layers in one step; what is no layer stays."""
        gone = [layer.id for layer in edits.chosen(self.experiment, set(ids))]
        if gone:
            self.edit(f"{verb} {_counted(gone)}", edits.without(self.experiment, gone))

    def move(self, layer_id: str, index: int) -> None:
        """Puts the layer at position `index` of the chain that is left without it."""
        here = self.experiment.network.index(layer_id)
        self.rearrange([layer_id], index + 1 if index > here else index)

    def rearrange(self, ids: Collection[str], gap: int) -> None:
        """Puts these layers side by side before what stands at position `gap` now."""
        group = [layer.id for layer in edits.chosen(self.experiment, ids)]
        if group:
            select = self.selected if self.selected in group else group[0]
            moved = edits.rearranged(self.experiment, ids, gap)
            self.edit(f"Move {_counted(group)}", moved, None, select, group if len(group) > 1 else ())

    def add_skip(self, source: str, behind: str) -> str:
        """Adds what leaves `source` to what leaves `behind`, and selects the new layer; "" when that cannot be."""
        places = ["input", *edits.ids_of(self.experiment)]
        index = places.index(behind) if behind in places else len(places) - 1
        if source not in places or places.index(source) >= index:
            self.refused.emit(f"A skip leads forward: choose a layer behind {source}.")
            return ""
        fresh = self.experiment.network.fresh_id("skip")
        layer = Skip.model_validate({"id": fresh, "from": source})
        return self._insert(layer, index, f"Add skip from {source} to {places[index]}")

    def annotate(self, place: str, text: str, merge_key: str | None = None) -> None:
        """Puts a note at the place, changes the one that is there, or takes it away when there is no text."""
        before, text = edits.note_at(self._before(merge_key), place), text.strip()
        verb = "Delete" if not text else "Change" if before else "Add"
        if text and not before and len(self.experiment.annotations) >= MOST_ANNOTATIONS:
            self.refused.emit(MOST_NOTES)
            return
        try:
            self.edit(f"{verb} note at {place}", edits.noted(self.experiment, place, text), merge_key)
        except ValidationError as error:
            reason = sentences(error, Annotation, {"at": place, "text": text})[0].message
            self.refused.emit(f"The note was not kept: it {reason}.")

    def change(self, place: str, changes: Changes, merge_key: str | None = None) -> tuple[Problem, ...]:
        """Sets fields by dotted path, such as {"optimizer.lr": 0.1}; () when done, else what is refused.

        Of layers that are chosen together all of a kind get them. With another `id`, skips from the layer follow.
        """
        places = (place,) if ALONE & changes.keys() else self.alike(place)
        before = [self.part(each) for each in places]
        try:
            parts = dict(zip(places, changed_alike(before, changes), strict=True))
            here = None if merge_key is None else f"{merge_key} of {place}"
            self._put(words(_counted(places), before[0], changes), place, parts, here)
        except Refused as refusal:
            return refusal.problems
        return ()

    def change_task(self, task: Task) -> None:
        """Gives the network another task to learn."""
        self._put(f"Change task to {task.label}", "input", {"input": task}, None)

    def _put(self, text: str, place: str, parts: Mapping[str, Settings], merge_key: str | None) -> None:
        network, part = self.experiment.network, parts[place]
        if isinstance(part, Task):
            experiment = self.experiment.replace(task=part)
            at_home = experiment if self.path is None else located(experiment, self.path)
            self.edit(text, at_home, merge_key)
        elif isinstance(part, Layer):
            follow = part.id if place == self.selected else None
            experiment = self.experiment.replace(network=_renewed(network, parts))
            self.edit(
                text,
                edits.renamed(experiment, place, part.id),
                merge_key,
                follow,
                self._marked_as(place, part.id),
            )
        elif place == "output":
            experiment = self.experiment.replace(network=network.replace(output=part))
            self.edit(text, experiment, merge_key)
        elif place == "alert thresholds":
            self.edit(text, with_alerts(self.experiment, part), merge_key)
        else:
            self.edit(text, self.experiment.replace(training=part), merge_key)

    def _before(self, merge_key: str | None) -> Experiment:
        """What there was before the step that goes on under this name."""
        last = self.undo.command(self.undo.index() - 1) if self.undo.index() else None
        if merge_key is not None and isinstance(last, Edit) and last.merge_key == merge_key:
            return last.before.experiment
        return self.experiment

    def _marked_as(self, old: str, new: str) -> tuple[str, ...]:
        return tuple(new if layer_id == old else layer_id for layer_id in self._state.marked)

    def _insert(self, layer: Layer, index: int, text: str) -> str:
        layers: list[Layer] = list(self.experiment.network.layers)
        layers.insert(index, layer)
        is_done = self._grow(text, lambda: (edits.with_layers(self.experiment, layers), [layer.id]))
        return layer.id if is_done else ""

    def _grow(self, text: str, edit: Callable[[], tuple[Experiment, list[str]]]) -> bool:
        """An edit that gives new layers, which are chosen; False when there is no room for them or for their notes."""
        try:
            experiment, ids = edit()
        except ValidationError as error:
            is_of_notes = any("annotations" in detail["loc"] for detail in error.errors())
            self.refused.emit(MOST_NOTES if is_of_notes else MOST_LAYERS)
            return False
        self.edit(text, experiment, None, ids[0] if len(ids) == 1 else ids[-1], ids if len(ids) > 1 else ())
        return True

    def _take(self) -> None:
        """The value at the stack's place; undoing also returns to what was selected there."""
        before, home, was_modified, index = self._state, self._home, self.modified, self.undo.index()
        self._go_home(index)
        self._state = self._arrived(index)
        self._data = _data_of(self.experiment)
        self.changed.emit()
        if self._state[1:] != before[1:]:
            self.selection_changed.emit(self.selected)
        is_renamed = self.experiment.name != before.experiment.name
        if is_renamed or self.modified != was_modified or self._home[:2] != home[:2]:
            self._retitle()

    def _go_home(self, index: int) -> None:
        """Past every document that is left, one after the other."""
        steps = range(
            min(index, self._index, self.undo.count()), min(max(index, self._index), self.undo.count())
        )
        is_back = index < self._index
        for step in reversed(steps) if is_back else steps:
            command = self.undo.command(step)
            if isinstance(command, Opening):
                self._home = command.back_from(self._home) if is_back else command.on_from(self._home)

    def _arrived(self, index: int) -> State:
        count, is_less = self.undo.count(), index < self._index
        self._index = index
        if is_less and index == count:  # a merged step undid itself; the person is where it was made
            experiment = self._at(index).experiment
            place = _near(self.experiment, experiment, self.selected)
            return State(experiment, place, self._state.marked)
        return self._command(index).before if is_less else self._at(index)

    def _at(self, index: int) -> State:
        """After so many edits."""
        return self._command(index - 1).after if index else self._start

    def _command(self, index: int) -> Edit:
        command = self.undo.command(index)
        assert isinstance(command, Edit)
        return command

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
    return State(experiment, layers[0].id if layers else "input")


def _renewed(network: Network, parts: Mapping[str, Settings]) -> Network:
    """With these layers in the places of those; one alone may have another name, and skips from it follow."""
    try:
        if len(parts) > 1:
            return network.replace(layers=tuple(parts.get(layer.id, layer) for layer in network.layers))
        place, layer = next(iter(parts.items()))
        assert isinstance(layer, Layer)
        return network.change(place, layer)
    except ValidationError as error:
        raise Refused(sentences(error, Network, network.model_dump(mode="json"))) from None


def _counted(ids: Sequence[str]) -> str:
    return ids[0] if len(ids) == 1 else f"{len(ids)} layers"


def _near(before: Experiment, after: Experiment, place: str) -> str:
    """`place` if it is still there, else the layer that took its position, or the last one, or the input."""
    ids = [layer.id for layer in after.network.layers]
    if place in (*ids, "input", "output", "training", "alert thresholds"):
        return place
    old = [layer.id for layer in before.network.layers]
    index = min(old.index(place) if place in old else 0, len(ids) - 1)
    return ids[index] if ids else "input"
