"""LSTM and GRU: gates, states and hops of representative units. Gilboa et al. 2019, arXiv 1901.08987, take W_hh anew
for each timestep; here it is the same at all of them (transport.py)."""

import numpy as np

from vgviewer.network.layers.gru import Gru
from vgviewer.network.layers.lstm import Chrono, Lstm
from vgviewer.theory.activations import sigmoid
from vgviewer.theory.population import Population
from vgviewer.theory.quadrature import Numbers
from vgviewer.theory.recurrence import Drive, Recurrence, below_share, drive, held
from vgviewer.theory.transport import MOST_HOPS
from vgviewer.theory.units import UNITS, normals, shares


def lstm(layer: Lstm, features: int, entering: Population, timesteps: int) -> Recurrence:
    """c_t = f c_{t−1} + i g, h_t = o tanh c_t. A hop back: dC_t = f dC_{t+1} + o(1 − tanh² c_t) W_hhᵀδ, δ the
    gradients of i, f and g; that of the output gate goes along the states and is left out, as are peepholes."""
    by = drive(layer, features, entering)
    middles, spreads = _biases(layer, by)
    below = below_share(layer, features)
    state, cell = np.zeros(UNITS), np.zeros(UNITS)
    gates, opened, inner = [], [], []
    for _ in range(min(timesteps, MOST_HOPS)):
        before = cell
        z = middles + np.sqrt(by.inputs + spreads + by.weight * np.mean(np.square(state))) * normals()
        i, f, o = sigmoid(z[0]), sigmoid(z[1]), sigmoid(z[3])
        g = np.tanh(z[2])
        cell = f * before + i * g
        state = o * np.tanh(cell)
        gates.append(f)
        opened.append(_square(o * (1 - np.square(np.tanh(cell)))))
        inner.append(_square(g * i * (1 - i), before * f * (1 - f), i * (1 - g * g)))
    gate, entry, within = held(gates, timesteps), held(opened, timesteps), held(inner, timesteps)
    return Recurrence(
        _population(state),
        gate[1:],
        np.sqrt(by.weight * within[1:] * entry[:-1]),
        below * within,
        entry,
        by.weight * within,
        gate.mean(axis=1),
    )


def gru(layer: Gru, features: int, entering: Population, timesteps: int) -> Recurrence:
    """h_t = z h_{t−1} + (1 − z) n, n = tanh(x + r m), m = W_hn h_{t−1} + b_hn. A hop back: z dH + W_hhᵀδ."""
    by = drive(layer, features, entering)
    below = below_share(layer, features)
    half = by.bias / 2 if layer.bias_init is None else 0.0  # b_hn is inside r∘(…), b_in outside
    state = np.zeros(UNITS)
    opening, spread = (by.middle, by.bias) if layer.update_bias is None else (layer.update_bias, 0.0)
    gates, inner, down = [], [], []
    reset, update, new, inside = normals()
    for _ in range(min(timesteps, MOST_HOPS)):
        before = state
        moving = by.inputs + by.weight * np.mean(np.square(before))
        r = sigmoid(by.middle + np.sqrt(moving + by.bias) * reset)
        z = sigmoid(opening + np.sqrt(moving + spread) * update)
        m = np.sqrt(by.weight * np.mean(np.square(before)) + half) * inside
        n = np.tanh(by.middle + np.sqrt(by.inputs + by.bias - half) * new + r * m)
        state = z * before + (1 - z) * n
        k_n = (1 - z) * (1 - n * n)
        k_r, k_z = k_n * m * r * (1 - r), (before - n) * z * (1 - z)
        gates.append(z)
        inner.append(_square(k_r, k_z, k_n * r))
        down.append(_square(k_r, k_z, k_n))
    gate = held(gates, timesteps)
    return Recurrence(
        _population(state),
        gate[1:],
        np.sqrt(by.weight * held(inner, timesteps)[1:]),
        below * held(down, timesteps),
        np.ones(timesteps),
        gate=gate.mean(axis=1),
    )


def _biases(layer: Lstm, by: Drive) -> tuple[Numbers, Numbers]:
    """Means (4, M) or (4, 1) and variances (4, 1) of the biases of i, f, g, o."""
    middles, spreads = np.full((4, 1), by.middle), np.full((4, 1), by.bias)
    bias = layer.forget_bias
    if isinstance(bias, Chrono):  # Tallec & Ollivier 2018, arXiv 1804.11188, eq. 16
        lag = np.log(1 + (bias.t_max - 2) * shares()[-1])
        middles = np.stack([-lag, lag, *np.broadcast_to(middles[2:], (2, UNITS))])
        spreads[:2] = 0.0
    elif bias is not None:
        middles[1], spreads[1] = bias, 0.0
    return middles, spreads


def _square(*factors: Numbers) -> float:
    """The mean over the units of the sum of the squares."""
    return float(np.mean(sum(np.square(factor) for factor in factors)))


def _population(state: Numbers) -> Population:
    """How much of it two samples share is not followed."""
    return Population.normal(float(np.mean(np.square(state))), np.nan, float(state.mean()))
