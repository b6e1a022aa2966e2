"""What one recurrent layer expects along time: its states, its gates, and what a hop back lets through."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from vgviewer.network.initializers import Default, Identity, Initializer
from vgviewer.network.layers.echo_state import EchoState
from vgviewer.network.layers.rnn import Rnn
from vgviewer.network.recurrence import LearnedRecurrent
from vgviewer.theory.activations import respond
from vgviewer.theory.population import Population
from vgviewer.theory.quadrature import Numbers, mean
from vgviewer.theory.transport import MOST_HOPS
from vgviewer.theory.units import normals
from vgviewer.theory.weights import Entries, bias_entries, entries


@dataclass(frozen=True)
class Drive:
    """What one gate's pre-activations are made of, as variances: `inputs` from below, `weight` times the mean square
    of the state, `bias`, and the bias's mean `middle`. A layer's input is taken as constant in time."""

    inputs: float
    weight: float
    bias: float
    middle: float = 0.0
    copies: float | None = None


@dataclass(frozen=True)
class Recurrence:
    """Of T timesteps. `chain` is where memory lives: the cell of an LSTM, the state of others.

    `carry` (T − 1, M) and `detour` (T − 1,) are what transport.py takes. Factors on mean squares: `inwards` (T,) from
    the gradient of the chain to that of the layer's input, `entry` (T,) from the state to the chain, and where these
    are not the same (LSTM) `outwards` (T,) from the chain at t + 1 to the state at t. `gate` (T,) is the mean of the
    forget or update gate.
    """

    output: Population
    carry: Numbers
    detour: Numbers
    inwards: Numbers
    entry: Numbers
    outwards: Numbers | None = None
    gate: Numbers | None = None


def drive(layer: LearnedRecurrent | EchoState, features: int, entering: Population) -> Drive:
    """That of a gate whose bias is not set apart; the contract's biases: an explicit one leaves the other zero."""
    units = layer.units
    if isinstance(layer, EchoState):
        return Drive(entering.square / 3, layer.spectral_radius**2, 0.0)
    weight = recurrent_entries(layer)
    below = _entries(layer.weight_init, units, features)
    bias = bias_entries(layer.bias_init or Default(), units, units)
    variance = bias.square - bias.middle**2
    if layer.bias_init is None:
        variance *= 2
    known = np.nan if weight.middle or below.middle else 1.0
    return Drive(
        known * features * below.square * entering.square,
        known * units * weight.square,
        variance,
        bias.middle,
        weight.copies,
    )


def recurrent_entries(layer: LearnedRecurrent) -> Entries:
    """Of one gate's block of W_hh; an orthogonal parametrization loses the gain."""
    if isinstance(layer, Rnn) and layer.parametrization == "orthogonal":
        return Entries(1 / layer.units, 0.0, 1.0 if isinstance(layer.recurrent_init, Identity) else None)
    return _entries(layer.recurrent_init, layer.units, layer.units)


def below_share(layer: LearnedRecurrent | EchoState, features: int) -> float:
    """units · E[w²] of W_ih, or of one gate's block of it: the factor on the way down."""
    if isinstance(layer, EchoState):
        return layer.units / (3 * features)
    return layer.units * _entries(layer.weight_init, layer.units, features).square


def plain(layer: Rnn | EchoState, features: int, entering: Population, timesteps: int) -> Recurrence:
    """h_t = φ(W_ih x_t + W_hh h_{t−1} + b); leaky: (1 − α) h_{t−1} + α φ(…). Its variance settles within some
    timesteps (Poole et al. 2016 for depth; with one W_hh for all timesteps the variance is the same)."""
    by = drive(layer, features, entering)
    if by.copies is not None and isinstance(layer, Rnn):
        return _copying(layer, by, below_share(layer, features), timesteps)
    function = layer.activation if isinstance(layer, Rnn) else "tanh"
    leak = 1.0 if isinstance(layer, Rnn) else layer.leak
    share = entering.common / entering.square if entering.square > 0 else 1.0
    state, common = 0.0, 0.0
    steep = []
    output = entering
    for _ in range(min(timesteps, MOST_HOPS)):
        fixed = by.bias + by.middle**2
        before = Population.normal(
            by.inputs + by.weight * state + fixed, by.inputs * share + by.weight * common + fixed, by.middle
        )
        response = respond(function, before.values, layer.units)
        output = before.mapped(response.values)
        state = ((1 - leak) * np.sqrt(state) + leak * np.sqrt(output.square)) ** 2
        common = state * output.common / output.square if output.square > 0 else 0.0
        steep.append(mean(np.square(response.slopes)))
    slope = leak**2 * held(steep, timesteps)
    return Recurrence(
        output,
        np.full((timesteps - 1, 1), 1 - leak),
        np.sqrt(by.weight * slope[1:]),
        below_share(layer, features) * slope,
        np.ones(timesteps),
    )


def _copying(layer: Rnn, by: Drive, below: float, timesteps: int) -> Recurrence:
    """W_hh a multiple of the identity: each unit lives by itself, and its slopes are its own. Le et al. 2015."""
    assert by.copies is not None
    push = np.sqrt(by.inputs + by.bias) * normals()[0] + by.middle
    state = np.zeros_like(push)
    each = []
    for _ in range(min(timesteps, MOST_HOPS)):
        state, slope = respond(layer.activation, by.copies * state + push, layer.units)
        each.append(slope)
    slopes = held(each, timesteps)
    return Recurrence(
        Population.normal(float(np.mean(np.square(state))), np.nan, float(state.mean())),
        by.copies * slopes[1:],
        np.zeros(timesteps - 1),
        below * np.mean(np.square(slopes), axis=1),
        np.ones(timesteps),
    )


def held(rows: Sequence[float] | Sequence[Numbers], timesteps: int) -> Numbers:
    """(T, …): the last of the rows stays until the end."""
    found = np.asarray(rows, np.float64)
    return found[np.minimum(np.arange(timesteps), len(found) - 1)]


def _entries(init: Initializer, units: int, columns: int) -> Entries:
    """PyTorch's recurrent layers draw everything within ±1/√units."""
    return entries(init, units, columns, units if isinstance(init, Default) else columns)
