"""Known numbers about gradients at initialization, reproduced by this engine. Each expected figure was found
independently of it; where it says "typical", a few seeds were behind it."""

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Any, NamedTuple

import numpy as np
import pytest
import torch

from tests.engine.cases import LAST, Preset, layer, preset
from tests.engine.comparison import experiment_of
from vgviewer import engine
from vgviewer.engine.inspections import INSPECTIONS
from vgviewer.frames.inspections import HopAccounts, Hops

SEEDS = range(5)
ZEROS = {"type": "zeros"}
ORTHOGONAL = {"recurrent_init": {"type": "orthogonal"}}
IRNN = {"activation": "relu", "recurrent_init": {"type": "identity"}, "bias_init": ZEROS}
CHRONO = {"forget_bias": {"type": "chrono", "t_max": 100}}


class Cell(NamedTuple):
    """A recurrent layer of 128 units, its W_hh scaled to a spectral radius where one is given."""

    kind: str
    settings: Mapping[str, Any] = MappingProxyType({})
    radius: float | None = None


TANH, RELU, GRU, LSTM = Cell("rnn"), Cell("rnn", {"activation": "relu"}), Cell("gru"), Cell("lstm")
CELLS = {  # name → cell, factor per timestep, size of the gradient at t = 1 over that at t = 100 (typical)
    "tanh RNN": (TANH, 0.584, 1e-22),
    "relu RNN": (RELU, 0.417, 2e-38),
    "orthogonal RNN, biases 0": (Cell("rnn", ORTHOGONAL | {"bias_init": ZEROS}), 0.980, 0.13),
    "orthogonal RNN": (Cell("rnn", ORTHOGONAL), 0.948, 5e-3),
    "spectral radius 0.9": (Cell("rnn", radius=0.9), 0.867, 4e-7),
    "spectral radius 1.2": (Cell("rnn", radius=1.2), 0.994, 1.0),
    "spectral radius 1.5": (Cell("rnn", radius=1.5), 1.048, 3e2),
    "spectral radius 3": (Cell("rnn", radius=3.0), 1.336, 2e13),
    "IRNN": (Cell("rnn", IRNN), 0.9998, 0.71),
    "LSTM": (LSTM, 0.639, 3e-20),
    "LSTM, forget bias 1": (Cell("lstm", {"forget_bias": 1.0}), 0.865, 2e-7),
    "LSTM, forget bias 3": (Cell("lstm", {"forget_bias": 3.0}), 1.014, 4.0),
    "LSTM, forget bias 5": (Cell("lstm", {"forget_bias": 5.0}), 1.031, 35.0),
    "chrono LSTM": (Cell("lstm", CHRONO), 0.986, 0.21),
    "GRU": (GRU, 0.638, 3e-20),
    "GRU, update bias 3": (Cell("gru", {"update_bias": 3.0}), 0.959, 0.016),
}
HOPS = {  # name → factors of a hop, of its detour
    "tanh RNN": ({"activation": 0.99, "weights": 0.59}, {}),
    "spectral radius 3": ({"activation": 0.48, "weights": 2.86}, {}),
    "relu RNN": ({"activation": 0.71, "weights": 0.59}, {}),
    "GRU": ({"carry": 0.505, "merge": 1.268}, {"gates": 0.247, "weights": 0.592}),
    "LSTM": (
        {"cell path": 0.505, "merge": 1.263, "gain": 0.638},
        {"gates": 0.50, "weights": 0.57, "output gate": 0.50},
    ),
    "LSTM, forget bias 1": ({"cell path": 0.733, "merge": 1.175}, {}),
    "chrono LSTM": ({"cell path": 0.984, "merge": 1.001}, {}),
}


@cache
def hops_of(name: str) -> tuple[Hops, ...]:
    """The adding problem over 100 timesteps, batches of 64, one account for each seed."""
    cell = CELLS[name][0]
    found = []
    for seed in SEEDS:
        task = {"type": "adding", "length": 100}
        case = preset(layer(cell.kind, units=128, **cell.settings), LAST, task=task, batch_size=64, seed=seed)
        trainer = engine.Trainer(experiment_of(case))
        if cell.radius is not None:
            weight = trainer.net.get_parameter("_registered.0.weight_hh")
            with torch.no_grad():
                weight.mul_(cell.radius / torch.linalg.eigvals(weight).abs().max())
        found += account(trainer).time
    return tuple(found)


def account(trainer: engine.Trainer) -> HopAccounts:
    found = INSPECTIONS["hops"](trainer)
    assert isinstance(found, HopAccounts)
    return found


def log_sizes(hops: Hops) -> np.ndarray:
    """(100,): log10 of ‖∂L/∂state‖ at each timestep over that at the last."""
    backwards = np.cumsum(np.log10(hops.gain[::-1]))
    return np.concatenate([backwards[::-1], [0.0]])


@pytest.mark.parametrize("name", CELLS)
def test_that_the_gradient_changes_by_the_known_factor_per_timestep(name: str) -> None:
    _, factor, _ = CELLS[name]
    mean = np.mean([log_sizes(hops) for hops in hops_of(name)], axis=0)
    slope = np.polyfit(np.arange(100), mean, 1)[0]
    print(f"{name}: factor {10**-slope:.4f}, expected {factor}")
    assert 10**-slope == pytest.approx(factor, rel=0.05)


@pytest.mark.parametrize("name", CELLS)
def test_that_the_ratio_of_far_and_near_end_is_known_up_to_the_spread_of_seeds(name: str) -> None:
    """That of other seeds is no further from the mean of these than they are from each other; a range among five is
    about two standard deviations of that distance."""
    _, _, ratio = CELLS[name]
    found = [log_sizes(hops)[0] for hops in hops_of(name)]
    print(f"{name}: log10 ratio {min(found):.2f} … {max(found):.2f}, expected {np.log10(ratio):.2f}")
    assert abs(np.log10(ratio) - np.mean(found)) <= np.ptp(found)


@pytest.mark.parametrize("name", HOPS)
def test_that_a_hop_has_the_known_factors(name: str) -> None:
    factors, detour = HOPS[name]
    means = [hops.mean() for hops in hops_of(name)]
    for factor, expected in factors.items():
        value = np.mean([mean[factor] for mean in means])
        print(f"{name}: {factor} {value:.3f}, expected {expected}")
        assert value == pytest.approx(expected, rel=0.05)
    detours = [hops.mean_detour() for hops in hops_of(name)]
    for factor, expected in detour.items():
        value = np.mean([mean[factor] for mean in detours])
        print(f"{name}, detour: {factor} {value:.3f}, expected {expected}")
        assert value == pytest.approx(expected, rel=0.05)


@pytest.mark.parametrize(("name", "expected"), [("GRU", 0.146), ("LSTM", 0.142)])
def test_that_a_detour_lets_the_known_part_through(name: str, expected: float) -> None:
    value = np.mean([np.prod(list(hops.mean_detour().values())) for hops in hops_of(name)])
    print(f"{name}, detour: {value:.4f}, expected {expected}")
    assert value == pytest.approx(expected, rel=0.05)


WIDTH = 100
NOISE = {"type": "random", "features": WIDTH}
HE = {"weight_init": {"type": "kaiming_normal"}, "bias_init": ZEROS}


def dense(number: int, **settings: Any) -> Preset:
    return layer("dense", number, **({"units": WIDTH} | settings))


def plain(depth: int, **settings: Any) -> list[Preset]:
    return [dense(number, **settings) for number in range(1, depth + 1)]


def skipping(depth: int, **settings: Any) -> list[Preset]:
    """Each dense layer with an identity skip around it, not scaled."""
    layers = []
    for number in range(1, depth + 1):
        source = "input" if number == 1 else f"skip{number - 1}"
        layers += [dense(number, **settings), layer("skip", number, **{"from": source})]
    return layers


def normalized(depth: int, function: str) -> list[Preset]:
    """Each dense layer with batch norm before its activation."""
    layers = []
    for number in range(1, depth + 1):
        activation = layer("activation", number, function=function)
        layers += [dense(number), layer("batch_norm", number), activation]
    return layers


def depth_ratios(
    layers: list[Preset], seeds: int = 5, batch: int = 64, task: Preset = NOISE
) -> tuple[float, np.ndarray]:
    """How many hops lie between the blocks' outputs, and for each seed the size at the first over that at the last."""
    blocks = {one["id"] for one in layers if one["type"] == layers[-1]["type"]}
    found = []
    for seed in range(seeds):
        case = preset(*layers, task=task, batch_size=batch, seed=seed)
        between = account(engine.Trainer(experiment_of(case))).depth[1:]
        ends = max(index for index, hop in enumerate(between) if hop.layer in blocks)
        found.append(np.prod([float(hop.gain[0]) for hop in between[: ends + 1]]))
    return len(blocks) - 1, np.array(found)


def middle(ratios: np.ndarray) -> float:
    return float(np.exp(np.log(ratios).mean()))


DEPTH = {
    "sigmoid, 5 layers": (plain(5, activation="sigmoid"), 4e-4),
    "sigmoid, 10 layers": (plain(10, activation="sigmoid"), 2e-8),
    "sigmoid, 20 layers": (plain(20, activation="sigmoid"), 6e-17),
    "relu, 20 layers": (plain(20, activation="relu"), 3e-8),
    "relu, Xavier, 30 layers": (
        plain(30, activation="relu", weight_init={"type": "xavier_normal"}, bias_init=ZEROS),
        2**-14.5,
    ),
    "relu, He, 30 layers": (plain(30, activation="relu", **HE), 0.9),
    "relu, He, skips, 30 layers": (skipping(30, activation="relu", **HE), 7.6e5),
}


@pytest.mark.parametrize("name", DEPTH)
def test_that_the_ratio_along_depth_is_known_up_to_a_factor_of_two(name: str) -> None:
    layers, expected = DEPTH[name]
    _, ratios = depth_ratios(layers)
    print(
        f"{name}: ratio {middle(ratios):.2g} ({min(ratios):.2g} … {max(ratios):.2g}), expected {expected:.2g}"
    )
    assert expected / 2 < middle(ratios) < expected * 2


GROWTH = {  # Yang et al. 2019: √(π/(π−1)) per hop for relu and large batches
    "relu, 256 samples": ("relu", 256, 1.211),
    "relu, 128 samples": ("relu", 128, 1.211),
    "relu, 16 samples": ("relu", 16, 1.26),
    "tanh": ("tanh", 128, 1.10),
    "sigmoid": ("sigmoid", 128, 1.02),
    "linear": ("linear", 128, 1.00),
}


@pytest.mark.parametrize("name", GROWTH)
def test_that_batch_norm_makes_gradients_grow_backwards_by_the_known_factor_per_hop(name: str) -> None:
    function, batch, expected = GROWTH[name]
    hops, ratios = depth_ratios(normalized(30, function), 3, batch)
    print(f"batch norm, {name}: {middle(ratios) ** (1 / hops):.3f} per hop, expected {expected}")
    assert middle(ratios) ** (1 / hops) == pytest.approx(expected, rel=0.02)


def mean_field(variance: float) -> tuple[float, float]:
    """q* and χ₁ of tanh with σ_w² = `variance` and σ_b² = 0.05, by quadrature. Poole et al. 2016, eqs. 3 and 7."""
    nodes, weights = np.polynomial.hermite_e.hermegauss(101)
    weights = weights / weights.sum()
    q = 1.0
    for _ in range(2000):
        q = variance * (weights @ np.tanh(np.sqrt(q) * nodes) ** 2) + 0.05
    return q, float(variance * (weights @ (1 - np.tanh(np.sqrt(q) * nodes) ** 2) ** 2))


CHI = {1.0: 0.759, 1.3: 0.880, 1.761: 1.0, 2.5: 1.134, 4.0: 1.342}


@pytest.mark.parametrize("variance", CHI)
def test_that_wide_tanh_layers_multiply_the_mean_square_by_chi(variance: float) -> None:
    q, chi = mean_field(variance)
    assert chi == pytest.approx(CHI[variance], abs=1e-3)
    layers = []
    for number in range(1, 9):
        gain = (
            np.sqrt(variance) if number > 1 else np.sqrt(q - 0.05)
        )  # the noise has variance 1: q* from the start
        init = {"type": "scaled_normal", "gain": float(gain)}
        bias = {"type": "normal", "std": float(np.sqrt(0.05))}
        layers.append(dense(number, units=500, activation="tanh", weight_init=init, bias_init=bias))
    hops, ratios = depth_ratios(layers, 3, 16, NOISE | {"features": 500})
    print(f"σ_w² {variance}: χ₁ {middle(ratios) ** (2 / hops):.3f}, expected {chi:.3f}")
    assert middle(ratios) ** (2 / hops) == pytest.approx(chi, rel=0.02)


def test_that_the_critical_variance_and_its_fixed_point_are_known() -> None:
    q, chi = mean_field(1.761)
    assert (q, chi) == pytest.approx((0.570, 1.0), abs=1e-3)
