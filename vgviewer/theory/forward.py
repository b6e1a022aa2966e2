"""From the input to the head: what every layer expects to receive."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from vgviewer.experiment import Experiment
from vgviewer.network import Layer
from vgviewer.network.layers.activation import Activation
from vgviewer.network.layers.batch_norm import BatchNorm
from vgviewer.network.layers.dense import Dense
from vgviewer.network.layers.dropout import Dropout
from vgviewer.network.layers.echo_state import EchoState
from vgviewer.network.layers.embedding import Embedding
from vgviewer.network.layers.gru import Gru
from vgviewer.network.layers.layer_norm import LayerNorm
from vgviewer.network.layers.lstm import Lstm
from vgviewer.network.layers.rnn import Rnn
from vgviewer.network.layers.skip import Skip
from vgviewer.tasks import Task
from vgviewer.theory import depth, gated, recurrence
from vgviewer.theory.depth import Passage
from vgviewer.theory.population import Population
from vgviewer.theory.recurrence import Recurrence

SAMPLES = 256  # whose mean squares stand for the task; fewer where each is large, but at least
FEWEST_SAMPLES = 8
MOST_NUMBERS = 200_000  # in all of them: a few milliseconds


@dataclass(frozen=True)
class Forward:
    """`populations` of the input, every layer and the head; `passages` of the layers without memory and the head,
    `recurrences` of the recurrent ones. Layers that end a sequence have neither."""

    populations: Mapping[str, Population]
    passages: Mapping[str, Passage]
    recurrences: Mapping[str, Recurrence]


def forward(experiment: Experiment) -> Forward:
    """Goes through the chain once; nothing is drawn but the task's samples."""
    flow, layers = experiment.flow, experiment.network.layers
    populations = {"input": entering(experiment.task)}
    passages: dict[str, Passage] = {}
    recurrences: dict[str, Recurrence] = {}
    shape, here = flow.shapes["input"], populations["input"]
    for layer in layers:
        if isinstance(layer, Rnn | EchoState | Lstm | Gru):
            found = _recurrent(layer, shape.features, here, shape.timesteps or 1)
            recurrences[layer.id] = found
            here = found.output
        elif isinstance(layer, BatchNorm):
            passages[layer.id] = depth.batch_norm(layer, _rows(experiment, shape.timesteps), here)
            here = passages[layer.id].output
        else:
            passage = _passage(layer, shape.features, flow.weights[layer.id], here, populations)
            if passage is not None:
                passages[layer.id] = passage
                here = passage.output
        populations[layer.id] = here
        shape = flow.shapes[layer.id]
    rows, columns = flow.weights["output"]["weight"]
    passages["output"] = depth.dense(experiment.network.output, rows, columns, here)
    populations["output"] = passages["output"].output
    return Forward(populations, passages, recurrences)


def entering(task: Task) -> Population:
    """The input as some samples, of a finite set from all over it, have it; symbols as one-hot rows."""
    shape, table = task.inputs(), task.table()
    each = (1 if shape.tokens else shape.features) * (shape.timesteps or 1)
    count = min(SAMPLES, max(FEWEST_SAMPLES, MOST_NUMBERS // each))
    if table is None:
        x, _ = task.draw(np.random.default_rng(0), count)
    else:
        x = table.x[np.linspace(0, len(table.x) - 1, min(count, len(table.x))).astype(int)]
    if shape.tokens:
        shares = np.bincount(x.ravel(), minlength=shape.features) / x.size
        symbols = len(shares)
        return Population.normal(1 / symbols, float(np.square(shares).sum()) / symbols, 1 / symbols)
    numbers = x.astype(np.float64)
    square, samples = float(np.mean(np.square(numbers))), len(numbers)
    common = square
    if samples > 1:
        common = (float(np.mean(np.square(numbers.mean(axis=0)))) * samples - square) / (samples - 1)
    return Population.normal(square, common, float(numbers.mean()))


def _recurrent(
    layer: Rnn | EchoState | Lstm | Gru, features: int, here: Population, timesteps: int
) -> Recurrence:
    if isinstance(layer, Lstm):
        return gated.lstm(layer, features, here, timesteps)
    if isinstance(layer, Gru):
        return gated.gru(layer, features, here, timesteps)
    return recurrence.plain(layer, features, here, timesteps)


def _passage(
    layer: Layer,
    features: int,
    weights: Mapping[str, tuple[int, ...]],
    here: Population,
    earlier: Mapping[str, Population],
) -> Passage | None:
    """None for layers that only end a sequence: what they pass on is like what they receive."""
    match layer:
        case Dense():
            return depth.dense(layer, layer.units, features, here)
        case Embedding():
            return depth.embedding(layer, features, here)
        case Activation():
            return depth.activation(layer, features, here)
        case Dropout():
            return depth.dropout(layer, here)
        case LayerNorm():
            return depth.layer_norm(layer, features, here)
        case Skip():
            shape = weights.get("weight")
            return depth.skip(layer, (shape[0], shape[1]) if shape else None, here, earlier[layer.source])
        case _:
            return None


def _rows(experiment: Experiment, timesteps: int | None) -> int:
    """How many numbers batch norm takes a mean of."""
    count = experiment.task.count()
    batch = experiment.training.batch_size
    return (batch if count is None else min(batch, count)) * (timesteps or 1)
