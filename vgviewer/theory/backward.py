"""From the head back to the input: the expected size of the gradient at every place."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from vgviewer.experiment import Experiment
from vgviewer.network import Layer
from vgviewer.network.layers.echo_state import EchoState
from vgviewer.network.layers.last_step import LastStep
from vgviewer.network.layers.mean_over_time import MeanOverTime
from vgviewer.network.layers.rnn import Rnn
from vgviewer.network.layers.skip import Skip
from vgviewer.network.recurrence import LearnedRecurrent
from vgviewer.theory.forward import Forward
from vgviewer.theory.memory import Memory, truncated
from vgviewer.theory.quadrature import NODES, Numbers
from vgviewer.theory.recurrence import Recurrence
from vgviewer.theory.transport import transported
from vgviewer.theory.weights import Spectrum, spectrum

Logs = Numbers
"""ln of mean squares: () for a vector, (T,) for a sequence; sums of gradients whose squares would leave float64."""


@dataclass(frozen=True)
class Backward:
    """`sizes[id]` is log10 of the size of ∂L/∂output over that of the head's output, in the chain's order; `gains[id]`
    the factor on its square on the way through a layer without memory."""

    sizes: Mapping[str, float]
    gains: Mapping[str, float]
    memories: Mapping[str, Memory]


def backward(experiment: Experiment, ahead: Forward) -> Backward:
    """The ways that meet at a place are taken as independent, so that their squares add."""
    layers, shapes = experiment.network.layers, experiment.flow.shapes
    places = ("input", *(layer.id for layer in layers), "output")
    logs: dict[str, Logs] = {place: np.full(shapes[place].timesteps or (), -np.inf) for place in places}
    logs["output"] = np.zeros(shapes["output"].timesteps or ())
    sources = {layer.source for layer in layers if isinstance(layer, Skip)}
    memories: dict[str, Memory] = {}
    gains: dict[str, float] = {}
    pattern = np.ones_like(NODES)
    for place, below, layer in zip(places[:0:-1], places[-2::-1], (None, *layers[::-1]), strict=True):
        found, passage = ahead.recurrences.get(place), ahead.passages.get(place)
        if place in sources:
            pattern = np.ones_like(NODES)
        if passage is not None:
            gains[place] = passage.gain(pattern)
            onwards = logs[place] + _ln(gains[place])
            pattern = np.ones_like(NODES) if passage.mixes else passage.below(pattern)
        elif found is not None and isinstance(layer, LearnedRecurrent | EchoState):
            memories[place] = _memory(experiment, layer, found)
            logs[place], onwards = _along_time(logs[place], found, memories[place])
            pattern = np.ones_like(NODES)
        else:
            onwards = _spread(layer, logs[place], shapes[below].timesteps)
        logs[below] = np.logaddexp(logs[below], onwards)
        if isinstance(layer, Skip) and passage is not None:
            logs[layer.source] = np.logaddexp(logs[layer.source], logs[place] + _ln(passage.aside))
    sizes = {place: _size(logs[place]) for place in places[1:]}
    return Backward(sizes, gains, {place: memories[place] for place in places if place in memories})


def _spread(layer: Layer | None, log: Logs, timesteps: int | None) -> Logs:
    """From the vector behind the end of a sequence to its timesteps."""
    onwards: Logs = np.full(timesteps or (), log)
    if isinstance(layer, LastStep):
        onwards[:-1] = -np.inf
    elif isinstance(layer, MeanOverTime):
        onwards -= 2 * np.log(len(onwards))
    return onwards


def _along_time(direct: Logs, found: Recurrence, memory: Memory) -> tuple[Logs, Logs]:
    """ln mean squares (T,) of the total derivative of the layer's states, and of that of its input."""
    hops = 2 * np.log(10) * np.diff(-memory.sizes)
    hops[~np.isfinite(memory.sizes[:-1]) & ~np.isnan(memory.sizes[:-1])] = -np.inf
    entry, inwards = _ln(found.entry), _ln(found.inwards)
    total, chain = direct.copy(), direct + entry
    outwards = None if found.outwards is None else _ln(found.outwards)
    for t in range(len(direct) - 2, -1, -1):
        chain[t] = np.logaddexp(chain[t], chain[t + 1] + hops[t])
        if outwards is not None and hops[t] != -np.inf:  # NaN, not known, goes on
            total[t] = np.logaddexp(direct[t], chain[t + 1] + outwards[t + 1])
    return (chain if outwards is None else total), chain + inwards


def _memory(experiment: Experiment, layer: LearnedRecurrent | EchoState, found: Recurrence) -> Memory:
    sizes = transported(found.carry, found.detour)
    settled = len(found.detour) > 0
    return Memory(
        layer.id,
        layer.type,
        truncated(sizes, experiment.training.truncate),
        experiment.task.dependency(),
        float(np.mean(found.gate)) if found.gate is not None else None,
        float(np.sqrt(np.mean(np.square(found.carry[-1])))) if settled else None,
        float(found.detour[-1]) if settled else None,
        _spectrum(layer),
    )


def _spectrum(layer: LearnedRecurrent | EchoState) -> Spectrum:
    if isinstance(layer, EchoState):
        radius = layer.spectral_radius
        return Spectrum(radius, 2 * radius)
    if isinstance(layer, Rnn) and layer.parametrization == "orthogonal":
        return Spectrum(1.0, 1.0)
    return spectrum(layer.recurrent_init, layer.units)


def _ln(gain: float | Numbers) -> Logs:
    return np.log(np.asarray(gain, np.float64))


def _size(logs: Logs) -> float:
    """log10 of the root of the mean square over all timesteps."""
    square = np.logaddexp.reduce(np.atleast_1d(logs)) - np.log(max(1, logs.size))
    return float(square / (2 * np.log(10)))
