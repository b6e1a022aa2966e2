"""Runs made by hand, so that a picture can be tested without training anything."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from vgviewer.frames import QUANTITIES, Details, Frame, Histograms, History, Site, Started
from vgviewer.frames.details import BINS_PER_OCTAVE, LOWEST_OCTAVE

T = 100
OUTPUT = Site("output", "output", has_weights=True)
RECURRENT = (
    Site("rnn1", "rnn", recurrent=True, has_weights=True),
    Site("lstm2", "lstm", recurrent=True, has_cell=True, has_weights=True, gates=("i", "f", "g", "o")),
    Site("last1", "last_step"),
    Site("dense1", "dense", has_weights=True),
    OUTPUT,
)
FEED_FORWARD = (*(Site(f"dense{i}", "dense", has_weights=True) for i in range(1, 4)), OUTPUT)


def started(sites: Sequence[Site] = RECURRENT, timesteps: int = T, steps: int = 400) -> Started:
    """A run of the adding problem, whose baseline is 1/6."""
    return Started(
        tuple(sites),
        timesteps,
        steps,
        metric_name="accuracy",
        baseline=1 / 6,
        baseline_text="ignoring the past: 1/6",
        dependency=50,
    )


def vanishing_history(steps: int = 400, gains: Sequence[float] = (0.58, 0.71)) -> History:
    """Each recurrent layer keeps its gain per timestep, the loss falls to its baseline and stays there."""
    dice = np.random.default_rng(1)
    history = History(started(steps=steps))
    for step in range(steps):
        loss = 0.165 + 0.45 * np.exp(-step / 15) + 0.01 * dice.normal()
        metric = 0.1 if step % 50 == 0 else None
        history.append(Frame(step, float(loss), metric, readings=_readings(gains, dice)))
    return history


def uniform_history(
    value: float, frames: int = 3, sites: Sequence[Site] = RECURRENT, timesteps: int = T
) -> History:
    """Every reading of every frame is `value`, and the loss as well."""
    history = History(started(sites, timesteps, frames))
    gates = max(len(site.gates) for site in sites)
    for step in range(frames):
        readings = {
            name: np.full(quantity.shape(len(sites), gates, timesteps), value, np.float32)
            for name, quantity in QUANTITIES.items()
        }
        history.append(Frame(step, value, readings=readings, details=details(sites, timesteps, value)))
    return history


def detailed_history(sites: Sequence[Site] = RECURRENT, timesteps: int = T) -> History:
    """One frame that was looked at: unit u (from 1) of 5 has the size 10^(−u/10) at the last timestep, a tenth of it at
    the one before, and so on; gates pass 0.9, candidates are −0.5."""
    history = uniform_history(-1.0, 1, sites, timesteps)
    latest = history.latest
    assert latest is not None
    back = np.arange(timesteps - 1, -1, -1)[:, None]
    units = (-np.arange(1, 6) / 10 - back).astype(np.float32)
    found = details(sites, timesteps, -1.0)
    of_last = (-np.arange(1, 6) / 10).astype(np.float32)
    made = {name: units if sizes.ndim == 2 else of_last for name, sizes in found.units.items()}
    gate = np.full_like(latest.readings["gate"], 0.9)
    for place, site in enumerate(sites):
        for row, name in enumerate(site.gates):
            gate[place, row] = -0.5 if name in "gn" else 0.9
    readings = {**latest.readings, "gate": gate}
    history.append(Frame(1, 0.5, readings=readings, details=replace(found, units=made)))
    return history


def details(sites: Sequence[Site], timesteps: int, value: float, units: int = 5) -> Details:
    """Every size is `value`; of each layer 2 entries are 0, 1 is not finite, 4 are in [1, 1.25) and 1 is in [4, 5)."""
    recurrent = [site for site in sites if site.recurrent]

    def filled(*shape: int) -> NDArray[np.float32]:
        return np.full(shape, value, np.float32)

    counts = np.zeros((len(sites), 9), np.int64)
    counts[:, 0], counts[:, 8] = 4, 1
    ones = np.ones(len(sites), np.int64)
    first = BINS_PER_OCTAVE * (1 - LOWEST_OCTAVE)  # the bin of 1
    histograms = Histograms(first, counts, 2 * ones, ones)
    return Details(
        {site.id: filled(timesteps, units) if site.recurrent else filled(units) for site in sites},
        {site.id: filled(timesteps, units) for site in recurrent if site.has_cell},
        {site.id: filled(len(site.gates), timesteps, units) for site in recurrent if site.gates},
        dict.fromkeys(("output_gradient", "weight_gradient", "output", "weight"), histograms),
        {site.id: np.full(timesteps, 1 / max(1, timesteps)) for site in recurrent},
    )


def deep_history(layers: int = 40, steps: int = 300) -> History:
    """A feed-forward network whose gradient loses a third per layer."""
    sites = (*(Site(f"dense{i}", "dense", has_weights=True) for i in range(1, layers + 1)), OUTPUT)
    dice = np.random.default_rng(2)
    history = History(started(sites, 0, steps))
    slope = np.arange(-layers, 1) * 0.18 - 1
    for step in range(steps):
        rows = (slope + 0.1 * dice.normal(size=layers + 1)).astype(np.float32)
        readings = {name: rows for name, quantity in QUANTITIES.items() if quantity.axes == "layers"}
        history.append(Frame(step, float(10 ** (-step / 80)), readings=readings))
    return history


def _readings(gains: Sequence[float], dice: np.random.Generator) -> dict[str, NDArray[np.float32]]:
    """Two recurrent layers (the second with a cell), then layers without time."""
    back = np.arange(T - 1, -1, -1)
    logs = np.log10(np.asarray(gains))[:, None]
    state = np.full((5, T), np.nan, np.float32)
    state[:2] = logs * back - 1.5 + np.minimum(back, 3) * 0.003 * dice.normal(size=(2, T))
    cell, transport = np.full_like(state, np.nan), np.full_like(state, np.nan)
    cell[1] = state[1] + 0.2
    transport[:2, :-1] = logs
    sizes = np.array([-9.0, -4.0, -1.2, -1.1, -1.0]) + 0.3 * dice.normal(size=5)
    layer = sizes.astype(np.float32)
    return {
        "output_gradient": layer,
        "weight_gradient": np.where([True, True, False, True, True], layer + 0.5, np.nan).astype(np.float32),
        "output": np.array([-0.3, -0.5, -0.5, -0.1, 0.0], np.float32),
        "weight": np.array([-1.0, -1.0, np.nan, -0.8, -0.9], np.float32),
        "update": np.array([-4.0, -4.0, np.nan, -3.9, -3.8], np.float32),
        "update_ratio": np.array([-3.0, -3.0, np.nan, -3.1, -2.9], np.float32),
        "state_gradient": state,
        "cell_gradient": cell,
        "transport": transport,
    }
