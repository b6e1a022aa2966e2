"""What editing layers makes of an experiment: values in, values out. No Qt."""

from collections.abc import Collection, Iterator, Sequence

from vgviewer.app.editor.layout import source_of
from vgviewer.experiment import Annotation, Experiment
from vgviewer.experiment.snippet import Snippet
from vgviewer.network import Layer


def ids_of(experiment: Experiment) -> list[str]:
    """The layers' ids, in the order of the chain."""
    return [layer.id for layer in experiment.network.layers]


def chosen(experiment: Experiment, ids: Collection[str]) -> list[Layer]:
    """These layers, in the order of the chain."""
    return [layer for layer in experiment.network.layers if layer.id in ids]


def with_layers(experiment: Experiment, layers: Sequence[Layer]) -> Experiment:
    """Another chain; notes at layers that are no longer there go with them. Raises pydantic's ValidationError."""
    return pruned(experiment.replace(network=experiment.network.replace(layers=tuple(layers))))


def pruned(experiment: Experiment) -> Experiment:
    """Without the notes at places that are gone."""
    places = {"input", "output", *ids_of(experiment)}
    left = tuple(note for note in experiment.annotations if note.at in places)
    return experiment if len(left) == len(experiment.annotations) else experiment.replace(annotations=left)


def without(experiment: Experiment, ids: Collection[str]) -> Experiment:
    """Skips from a layer that is gone stay, and say so at their block."""
    return with_layers(experiment, [layer for layer in experiment.network.layers if layer.id not in ids])


def rearranged(experiment: Experiment, ids: Collection[str], gap: int) -> Experiment:
    """These layers, side by side, before what stands at position `gap` now."""
    layers = experiment.network.layers
    before = [layer for layer in layers[:gap] if layer.id not in ids]
    after = [layer for layer in layers[gap:] if layer.id not in ids]
    return with_layers(experiment, [*before, *chosen(experiment, ids), *after])


def renamed(experiment: Experiment, old: str, new: str) -> Experiment:
    """The note at a layer follows its new name."""
    notes = tuple(note.replace(at=new) if note.at == old else note for note in experiment.annotations)
    return experiment if notes == experiment.annotations else experiment.replace(annotations=notes)


def note_at(experiment: Experiment, place: str) -> str:
    """The note's text; empty where there is none."""
    return next((note.text for note in experiment.annotations if note.at == place), "")


def noted(experiment: Experiment, place: str, text: str) -> Experiment:
    """With this note at the place, or with none when the text is empty; raises pydantic's ValidationError."""
    notes = list(experiment.annotations)
    index = next((i for i, note in enumerate(notes) if note.at == place), len(notes))
    notes[index : index + 1] = [Annotation(at=place, text=text)] if text else []
    return experiment.replace(annotations=tuple(notes))


def snippet_of(experiment: Experiment, ids: Collection[str]) -> Snippet:
    """These layers and the notes at them, for the clipboard."""
    notes = tuple(note for note in experiment.annotations if note.at in ids)
    return Snippet.model_validate({"layers": tuple(chosen(experiment, ids)), "annotations": notes})


def with_snippet(experiment: Experiment, index: int, snippet: Snippet) -> tuple[Experiment, list[str]]:
    """With its layers before position `index`, and their ids: new ones where a name is taken; skips among them and
    notes follow. Raises pydantic's ValidationError when the network gets too large."""
    names = _fresh(snippet.layers, {"input", "output", *ids_of(experiment)})
    added = [_as(layer, names) for layer in snippet.layers]
    layers: list[Layer] = list(experiment.network.layers)
    layers[index:index] = added
    notes = [note.replace(at=names[note.at]) for note in snippet.annotations if note.at in names]
    pasted = with_layers(experiment, layers)
    if notes:
        pasted = pasted.replace(annotations=(*pasted.annotations, *notes))
    return pasted, [layer.id for layer in added]


def with_copies(experiment: Experiment, ids: Collection[str], times: int) -> tuple[Experiment, list[str]]:
    """With `times` copies of these layers, without their notes, behind them, and the copies' ids.

    What a layer adds from within the group, a copy adds from within its own; what it adds from right before the group
    (the residual block), a copy adds from right before itself. Raises pydantic's ValidationError.
    """
    layers: list[Layer] = list(experiment.network.layers)
    group = chosen(experiment, ids)
    taken = {"input", "output", *ids_of(experiment)}
    index = max(layers.index(layer) for layer in group) + 1
    first = layers.index(group[0])
    before = layers[first - 1].id if first else "input"
    added: list[Layer] = []
    for _ in range(times):
        names = _new(group, taken)
        end = added[-1].id if added else layers[index - 1].id
        copies = [_as(layer, {before: end} | names) for layer in group]
        taken |= {layer.id for layer in copies}
        added += copies
    layers[index:index] = added
    return with_layers(experiment, layers), [layer.id for layer in added]


def _fresh(layers: Sequence[Layer], taken: set[str]) -> dict[str, str]:
    """The name each gets: its own where that is free."""
    clashing = [layer for layer in layers if layer.id in taken]
    kept = {layer.id: layer.id for layer in layers if layer.id not in taken}
    return kept | _new(clashing, taken | kept.keys())


def _new(layers: Sequence[Layer], taken: Collection[str]) -> dict[str, str]:
    """Free names: dense1, dense2, …"""
    stems = {layer.type: _names(layer.type, set(taken)) for layer in layers}
    return {layer.id: next(stems[layer.type]) for layer in layers}


def _names(kind: str, taken: set[str]) -> Iterator[str]:
    stem, number = kind.replace("_", ""), 0
    while True:
        number += 1
        if f"{stem}{number}" not in taken:
            yield f"{stem}{number}"


def _as(layer: Layer, names: dict[str, str]) -> Layer:
    """The layer under its new name, and what it adds under that one's."""
    changes = {"id": names[layer.id]}
    source = source_of(layer)
    if source in names:
        changes["from"] = names[source]
    return layer if changes == {"id": layer.id} else layer.replace(**changes)
