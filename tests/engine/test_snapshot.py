"""What the published rules are given: exact, and without a trace in the run."""

from typing import Any

import numpy as np
import pytest
import torch

from tests.engine.cases import LAST, SPIRALS, fixed, layer, preset
from tests.engine.comparison import experiment_of
from tests.engine.test_inspections import RUNS, traces
from vgviewer import engine
from vgviewer.engine.snapshot import Snapshots
from vgviewer.frames.snapshot import Snapshot


def identity(kind: str, function: str) -> Any:
    """A layer whose pre-activations are its inputs."""
    weight = {"type": "identity"}
    return layer(kind, units=2, activation=function, weight_init=weight, bias_init={"type": "zeros"})


def first(case: Any) -> Snapshot:
    return Snapshots(engine.Trainer(experiment_of(case))).take()


def only(values: tuple[np.ndarray, ...]) -> np.ndarray:
    (value,) = values
    return value


@pytest.mark.parametrize("name", RUNS)
def test_that_a_run_with_snapshots_is_the_same_run_to_the_bit(name: str) -> None:
    alone, looked_at = (engine.Trainer(experiment_of(RUNS[name])) for _ in range(2))
    view = Snapshots(looked_at)
    for _ in range(6):
        before = traces(looked_at)
        snapshot = view.take()
        for key, value in traces(looked_at).items():
            np.testing.assert_array_equal(value, before[key], err_msg=key)
        frame = looked_at.advance()[0]
        assert (
            (snapshot.step, snapshot.loss)
            == (frame.step, frame.loss)
            == (frame.step, alone.advance()[0].loss)
        )
    assert alone.measure() == looked_at.measure()


def test_that_the_numbers_of_each_tensor_are_those_of_its_gradient_and_weight() -> None:
    case = preset(layer("lstm", units=5), LAST, layer("dense", units=4, activation="relu"), loss_scale=10.0)
    seen = first(case)
    exact = engine.gradients(experiment_of(case))
    assert len(seen.names) == 8
    for index, name in enumerate(seen.names):
        weight, gradient = exact[f"param/{name}"].astype(float), exact[f"grad/{name}"].astype(float)
        assert seen.counts[index] == weight.size
        assert seen.is_weight[index] == (weight.ndim == 2)
        assert seen.mean_gradient[index] == pytest.approx(np.abs(gradient).mean(), rel=1e-4)
        assert seen.gradient_norm[index] == pytest.approx(np.linalg.norm(gradient), rel=1e-4)
        assert seen.zeros[index] == (gradient == 0).mean()
        assert seen.variance[index] == pytest.approx(weight.var())


def test_that_the_update_ratio_is_of_the_step_before() -> None:
    trainer = engine.Trainer(experiment_of(preset(layer("dense", units=4, activation="tanh"), task=SPIRALS)))
    view = Snapshots(trainer)
    assert np.isnan(view.take().update_ratio).all()
    before = [weight.detach().numpy().copy() for weight in trainer.net.learned()]
    trainer.advance()
    after = [weight.detach().numpy() for weight in trainer.net.learned()]
    expected = [np.abs(b - a).mean() / np.abs(a).mean() for a, b in zip(before, after, strict=True)]
    np.testing.assert_allclose(view.take().update_ratio, expected, rtol=1e-4)


def test_that_a_frozen_layer_is_not_among_the_tensors() -> None:
    dense = {**layer("dense", units=4), "frozen": True}
    assert first(preset(dense, task=SPIRALS)).names == ("output/weight", "output/bias")


def test_that_activity_is_the_share_of_samples_at_which_a_relu_unit_is_above_zero() -> None:
    task = fixed([[1.0, -1.0], [2.0, -1.0], [-1.0, -1.0], [0.0, 3.0]], [[0.0]] * 4)
    seen = first(preset(identity("dense", "relu"), task=task))
    np.testing.assert_array_equal(only(seen.activity), [0.5, 0.25])
    assert seen.beyond == seen.rho == ()


def test_that_inputs_far_out_in_tanh_are_counted_and_those_half_way_are_not() -> None:
    task = fixed([[9.6, 8.0], [-9.6, 2.0]], [[0.0]] * 2)
    seen = first(preset(identity("dense", "tanh"), task=task))
    np.testing.assert_array_equal(only(seen.beyond), [1.0, 0.0])
    np.testing.assert_allclose(only(seen.rho), [1.0, (np.tanh(8.0) + np.tanh(2.0)) / 2], rtol=1e-6)


def test_that_the_head_is_no_hidden_layer() -> None:
    head = {"activation": "sigmoid"}
    assert first(preset(identity("dense", "relu"), task=fixed([[1.0, 1.0]], [[0.5]]), output=head)).rho == ()


def test_that_rho_is_measured_from_the_middle_of_the_range() -> None:
    task = fixed([[0.0, 50.0], [0.0, -50.0]], [[0.0]] * 2)
    np.testing.assert_allclose(
        only(first(preset(identity("dense", "sigmoid"), task=task)).rho), [0.0, 1.0], atol=1e-6
    )


def test_that_every_timestep_of_a_relu_rnn_counts() -> None:
    zeros, ones = {"type": "zeros"}, {"type": "constant", "value": 1.0}
    rnn = layer("rnn", units=2, activation="relu", weight_init=ones, recurrent_init=zeros, bias_init=zeros)
    task = fixed([[[1.0], [-1.0], [-1.0], [1.0]]], [[0.0]])
    np.testing.assert_array_equal(only(first(preset(rnn, LAST, task=task)).activity), [0.5, 0.5])


def test_that_a_network_with_numbers_that_are_not_finite_is_told_as_it_is() -> None:
    trainer = engine.Trainer(experiment_of(RUNS["a loss at every step"]))
    with torch.no_grad():
        for value in trainer.net.parameters():
            value.fill_(torch.nan)
    seen = Snapshots(trainer).take()
    assert np.isnan(seen.loss)
    assert not seen.finite.any()
