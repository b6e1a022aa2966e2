"""The true numbers of one step, on networks so small that they can be computed by hand."""

import math

import numpy as np
import pytest
import torch

from tests.engine.cases import LAST, Preset, layer
from tests.labelled.measure import dead_share, gradients_of, size

BATCH, TIMESTEPS = 3, 6


def alone(*layers: Preset, **training: object) -> Preset:
    """A network without a file: what the unrolled one reads of a preset."""
    return {"network": {"layers": list(layers), "output": {"bias": False}}, "training": training}


def chain(*weights: float) -> dict[str, np.ndarray]:
    """Linear layers of one unit each, then a head that passes on."""
    arrays = {f"param/dense{n}/weight": np.array([[w]]) for n, w in enumerate(weights, 1)}
    ones = {"x": np.ones((BATCH, 1)), "y": np.zeros((BATCH, 1)), "param/output/weight": np.ones((1, 1))}
    return arrays | ones


def recurrence(kind: str, gates: int, hidden: float, bias: float = 0.0) -> dict[str, np.ndarray]:
    """One recurrent unit; with every weight W_hh and bias b_ih alike, only the last timestep is asked."""
    name = f"param/{kind}1"
    return {
        f"{name}/weight_ih": np.full((gates, 1), 0.1),
        f"{name}/weight_hh": np.full((gates, 1), hidden),
        f"{name}/bias_ih": np.full(gates, bias),
        f"{name}/bias_hh": np.zeros(gates),
        "param/output/weight": np.ones((1, 1)),
        "x": np.ones((BATCH, TIMESTEPS, 1)),
        "y": np.zeros((BATCH, 1)),
    }


def test_that_depth_is_the_product_of_the_weights_in_between() -> None:
    network = alone(*(layer("dense", n, units=1, bias=False) for n in (1, 2, 3)))
    reading = gradients_of(network, chain(7.0, 0.02, 0.01), None)
    assert reading.depth == pytest.approx(0.02 * 0.01)
    assert reading.depth_growth == pytest.approx(0.01)


def test_that_a_single_layer_has_no_depth() -> None:
    assert gradients_of(alone(layer("dense", units=1, bias=False)), chain(7.0), None).depth is None


def test_that_the_scale_of_the_loss_changes_no_ratio() -> None:
    layers = [layer("dense", n, units=1, bias=False) for n in (1, 2, 3)]
    plain = gradients_of(alone(*layers), chain(1.0, 0.5, 0.3), None)
    scaled = gradients_of(alone(*layers, loss_scale=1e-4), chain(1.0, 0.5, 0.3), None)
    assert scaled[1:3] == pytest.approx(plain[1:3])


def test_that_time_is_what_is_left_after_the_dependency() -> None:
    network = alone(layer("rnn", units=1, activation="linear"), LAST)
    reading = gradients_of(network, recurrence("rnn", 1, 0.5), 3)
    assert reading.time == pytest.approx(0.5**3)
    assert reading.time_growth == pytest.approx(1.0)


def test_that_a_loss_at_every_timestep_does_not_hide_what_is_forgotten() -> None:
    network = alone(layer("rnn", units=1, activation="linear"))
    arrays = recurrence("rnn", 1, 0.5) | {"y": np.zeros((BATCH, TIMESTEPS, 1))}
    assert gradients_of(network, arrays, 4).time == pytest.approx(0.5**4)


def test_that_growth_along_time_is_taken_at_its_largest() -> None:
    network = alone(layer("rnn", units=1, activation="linear"), LAST)
    assert gradients_of(network, recurrence("rnn", 1, 3.0), None).time_growth == pytest.approx(3.0**5)


def test_that_a_dependency_longer_than_the_sequence_means_all_of_it() -> None:
    network = alone(layer("rnn", units=1, activation="linear"), LAST)
    assert gradients_of(network, recurrence("rnn", 1, 0.5), 99).time == pytest.approx(0.5**5)


def test_that_an_lstm_is_judged_by_its_cell() -> None:
    reading = gradients_of(alone(layer("lstm", units=1), LAST), recurrence("lstm", 4, 0.0, bias=2.0), 2)
    forget = 1 / (1 + math.exp(-2.1))
    assert reading.time == pytest.approx(forget**2)


def test_that_of_two_recurrent_layers_the_better_memory_counts() -> None:
    forgetful = layer("rnn", 2, units=1, activation="linear")
    second = {key.replace("rnn1", "rnn2"): array for key, array in recurrence("rnn", 1, 0.01).items()}
    network = alone(layer("rnn", 1, units=1, activation="linear"), forgetful, LAST)
    reading = gradients_of(network, second | recurrence("rnn", 1, 0.9), 1)
    assert reading.time is not None
    assert reading.time > 0.9


def test_that_a_unit_is_dead_when_no_sample_wakes_it() -> None:
    arrays = {
        "param/dense1/weight": np.array([[1.0], [1.0], [1.0], [1.0]]),
        "param/dense1/bias": np.array([0.0, -9.0, 2.0, -1.9]),
        "param/output/weight": np.ones((1, 4)),
        "x": np.array([[-1.0], [2.0]]),
        "y": np.zeros((2, 1)),
    }
    _, share = dead_share(alone(layer("dense", units=4, activation="relu")), arrays)
    assert share == 0.25


def test_that_a_network_without_relus_has_no_dead_units() -> None:
    assert dead_share(alone(layer("dense", units=1, bias=False)), chain(1.0))[1] is None


def test_that_the_loss_on_fresh_samples_has_no_scale() -> None:
    network = alone(layer("dense", units=1, bias=False), loss_scale=1e4)
    assert dead_share(network, chain(3.0))[0] == pytest.approx(9.0)


def test_that_a_size_does_not_underflow() -> None:
    assert size(torch.full((2, 2), 1e-200, dtype=torch.float64)) / 1e-200 == pytest.approx(1.0)
