"""One edit that takes a problem away, where there is a sensible one. No Qt."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from vgviewer.app.editor import edits
from vgviewer.app.editor.layout import source_of
from vgviewer.app.editor.starts import new_layer
from vgviewer.experiment import Experiment, Problem
from vgviewer.network import Layer
from vgviewer.network.ending import Ending
from vgviewer.network.initializers import Default, Values
from vgviewer.network.layers.dense import Dense
from vgviewer.network.layers.embedding import Embedding
from vgviewer.network.layers.last_step import LastStep
from vgviewer.network.recurrence import Recurrent
from vgviewer.settings import Settings

MOST_OFFERS = 3  # tried out at once: the first problems are often the cause of the others


@dataclass(frozen=True)
class Fix:
    """What it does, as a command ("Add a last timestep"), and what comes of it."""

    text: str
    experiment: Experiment


Try = tuple[str, Callable[[], Experiment]]


def fixes(experiment: Experiment, problems: Sequence[Problem]) -> dict[str, Fix]:
    """By place, for the first few problems that stand at a place."""
    found: dict[str, Fix] = {}
    tried: set[str] = set()
    for problem in problems:
        if problem.place is not None and problem.place not in tried and len(tried) < MOST_OFFERS:
            tried.add(problem.place)
            fix = fix_of(experiment, problem, len(problems))
            if fix is not None:
                found[problem.place] = fix
    return found


def fix_of(experiment: Experiment, problem: Problem, count: int) -> Fix | None:
    """The first edit that really leaves fewer problems than the `count` there are, and not this one."""
    for text, make in _tries(experiment, problem):
        edited = make()
        left = edited.problems
        if len(left) < count and problem not in left:
            return Fix(text, edited)
    return None


def _tries(experiment: Experiment, problem: Problem) -> Iterator[Try]:
    place = problem.place
    if problem.path.endswith("_init.values"):
        yield _drawn_anew(experiment, problem)
    elif problem.message.startswith("A training step would take"):
        yield from _smaller_batches(experiment)
    elif place == "output":
        yield from _endings(experiment)
    elif place is not None and place != "input":
        layer = experiment.network.layers[experiment.network.index(place)]
        yield from _at_layer(experiment, layer)
        yield f"Remove {place}", lambda: edits.without(experiment, [place])


def _at_layer(experiment: Experiment, layer: Layer) -> Iterator[Try]:
    layers = experiment.network.layers
    index = layers.index(layer)
    if isinstance(layer, Recurrent):
        gap = next((i for i, other in enumerate(layers[:index]) if isinstance(other, Ending)), None)
        if gap is not None:
            yield f"Move before {layers[gap].id}", lambda: edits.rearranged(experiment, [layer.id], gap)
    elif isinstance(layer, Embedding):
        if experiment.flow.shapes["input"].tokens:
            yield "Move to the front", lambda: edits.rearranged(experiment, [layer.id], 0)
        else:
            dense = Dense(id=layer.id, units=layer.size)
            yield f"Make it dense, {layer.size} units", lambda: _changed(experiment, dense)
    elif source_of(layer) is not None:
        source = source_of(new_layer(type(layer), edits.without(experiment, [layer.id]), index))
        yield f"Take {source} instead", lambda: _changed(experiment, layer.replace(**{"from": source}))


def _endings(experiment: Experiment) -> Iterator[Try]:
    """One answer needs a layer that ends the sequence, an answer at every timestep needs that there is none."""
    layers = experiment.network.layers
    if experiment.answer.timesteps is None:
        end = LastStep(id=experiment.network.fresh_id("last_step"))
        yield "Add a last timestep", lambda: edits.with_layers(experiment, [*layers, end])
    else:
        ends = [layer.id for layer in layers if isinstance(layer, Ending)]
        yield f"Remove {' and '.join(ends)}", lambda: edits.without(experiment, ends)


def _drawn_anew(experiment: Experiment, problem: Problem) -> Try:
    """Written-out numbers of another shape give way to PyTorch's initialization."""
    field = problem.path.split(".")[-2]
    part: Settings = experiment.network.output
    if problem.place != "output":
        part = experiment.network.layers[experiment.network.index(problem.place or "")]
    assert isinstance(getattr(part, field), Values)
    return "Draw at random instead", lambda: _changed(experiment, part.replace(**{field: Default()}))


def _smaller_batches(experiment: Experiment) -> Iterator[Try]:
    size = experiment.training.batch_size
    while size > 1:
        size //= 2
        training = experiment.training.replace(batch_size=size)
        yield f"Take a batch of {size}", lambda training=training: experiment.replace(training=training)  # type: ignore[misc]


def _changed(experiment: Experiment, part: Settings) -> Experiment:
    network = experiment.network
    if isinstance(part, Layer):
        return experiment.replace(network=network.change(part.id, part))
    return experiment.replace(network=network.replace(output=part))
