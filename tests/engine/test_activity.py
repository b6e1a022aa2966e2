"""Saturated and dead units, on networks made by hand."""

import numpy as np
import pytest
import torch

from tests.engine.cases import ACTIVATIONS as EVERY
from tests.engine.cases import LAST, Preset, fixed, layer, preset, wave
from tests.engine.comparison import experiment_of
from vgviewer import engine
from vgviewer.engine.build.activations import ACTIVATIONS
from vgviewer.engine.probe.activity import LEVELS
from vgviewer.frames import Frame
from vgviewer.frames.quantities import DEAD_AFTER, DEAD_BATCHES, SATURATED

ONE_TO_ONE = {"weight_init": {"type": "identity"}, "bias_init": {"type": "zeros"}}
INPUTS = [-1e3, -5.0, -2.0, -0.5, 0.0, 0.3, 1.0, 2.5, 8.0, 1e3]


def first_frame(case: Preset) -> Frame:
    messages = engine.train(experiment_of(case))
    next(messages)
    frame = next(messages)
    assert isinstance(frame, Frame)
    return frame


def slopes(name: str, x: np.ndarray) -> np.ndarray:
    """φ′ by autograd, in float64."""
    at = torch.tensor(x, dtype=torch.float64, requires_grad=True)
    (slope,) = torch.autograd.grad(ACTIVATIONS[name](at).sum(), at)
    return slope.numpy()


@pytest.mark.parametrize("name", LEVELS)
def test_that_saturated_outputs_are_those_of_a_flat_slope(name: str) -> None:
    rows = [[value] for value in INPUTS]
    dense = {**layer("dense", units=1, activation=name), **ONE_TO_ONE}
    frame = first_frame(preset(dense, task=fixed(rows, rows), batch_size=len(rows)))
    steepest = slopes(name, np.linspace(-3, 3, 6001)[:-1]).max() if name != "softplus" else 1.0
    share = np.mean(slopes(name, np.array(INPUTS)) < SATURATED * steepest)
    assert 0 < share < 1
    assert frame.readings["saturation"][0] == pytest.approx(share)


@pytest.mark.parametrize("name", sorted(set(EVERY) - set(LEVELS)))
def test_that_other_activations_have_no_saturation(name: str) -> None:
    case = preset(layer("activation", function=name), task=fixed(wave(4, 3), wave(4, 3)))
    assert np.isnan(first_frame(case).readings["saturation"]).all()


@pytest.mark.parametrize(("kind", "gates"), [("lstm", "ifgo"), ("gru", "rzn")])
def test_that_the_saturation_of_a_gated_layer_is_that_of_its_gates(kind: str, gates: str) -> None:
    large = {"type": "normal", "std": 6.0}
    case = preset(layer(kind, units=12, recurrent_init=large, weight_init=large), LAST)
    arrays = engine.gradients(experiment_of(case))
    shares = []
    for gate in gates:
        values = arrays[f"gate/{kind}1/{gate}"].astype(np.float64)
        slope = 1 - values**2 if gate in "gn" else 4 * values * (1 - values)
        shares.append(np.mean(slope < SATURATED))
    share = first_frame(case).readings["saturation"][0]
    assert 0.1 < share < 0.99
    assert share == pytest.approx(np.mean(shares), abs=1e-3)


def silent_for(case: Preset, steps: int) -> np.ndarray:
    """The readings of `dead`, a row for each step."""
    case = case | {"training": case["training"] | {"steps": steps}}
    messages = engine.train(experiment_of(case))
    return np.array([frame.readings["dead"] for frame in messages if isinstance(frame, Frame)])


def test_that_a_unit_is_dead_when_many_batches_in_a_row_leave_it_at_zero() -> None:
    rows = [[1.0, 0.0], [2.0, 0.0]]
    weights = {"type": "values", "values": [[1.0, 0.0], [-1.0, 0.0], [0.0, 1.0], [-2.0, 1.0]]}
    relu = layer("dense", units=4, activation="relu", weight_init=weights, bias_init={"type": "zeros"})
    case = preset(
        relu,
        layer("dense", 2, units=3, activation="tanh"),
        task=fixed(rows, rows),
        optimizer={"type": "sgd", "lr": 0.0},
    )
    batches = -(-DEAD_AFTER // len(rows))
    dead = silent_for(case, batches + 2)
    assert np.isnan(dead[: batches - 1]).all()
    assert (dead[batches - 1 :, 0] == 0.75).all()
    assert np.isnan(dead[:, 1:]).all()


def test_that_one_sample_in_many_batches_keeps_a_unit_alive() -> None:
    batches = 2 * DEAD_AFTER // 3
    rows = [[-1.0]] * (batches - 1) + [[1.0]]
    relu = layer("dense", units=1, activation="relu", **ONE_TO_ONE)
    case = preset(relu, task=fixed(rows, rows), batch_size=1, optimizer={"type": "sgd", "lr": 0.0})
    assert (silent_for(case, 3 * DEAD_AFTER)[2 * batches :, 0] == 0).all()


def test_that_every_timestep_counts_for_a_recurrent_layer() -> None:
    rows = [[[1.0], [-1.0], [-1.0]]]
    weights = {"type": "values", "values": [[1.0], [0.0]]}
    zero = {"type": "zeros"}
    relu = layer("rnn", units=2, activation="relu", weight_init=weights, recurrent_init=zero, bias_init=zero)
    case = preset(relu, LAST, task=fixed(rows, [[1.0]]), optimizer={"type": "sgd", "lr": 0.0})
    assert silent_for(case, DEAD_AFTER)[-1, 0] == 0.5


def test_that_one_large_batch_is_no_proof_of_death() -> None:
    rows = [[-1.0]] * DEAD_AFTER
    relu = layer("dense", units=1, activation="relu", **ONE_TO_ONE)
    case = preset(relu, task=fixed(rows, rows), batch_size=DEAD_AFTER, optimizer={"type": "sgd", "lr": 0.0})
    dead = silent_for(case, DEAD_BATCHES)[:, 0]
    assert np.isnan(dead[:-1]).all()
    assert dead[-1] == 1
