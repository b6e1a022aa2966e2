"""What a layer gives, against torch's own or the definition; and what the reservoir of an echo state is."""

from typing import Any

import numpy as np
import pytest
import torch
from torch import nn

from tests.engine.cases import LAST, SYMBOLS_TASK, Preset, fixed, layer, preset, wave
from tests.engine.comparison import experiment_of
from vgviewer import engine
from vgviewer.engine.build.draw_recurrent import draw_reservoir
from vgviewer.network.layers.echo_state import EchoState

SEQUENCES = fixed(wave(3, 6, 4), wave(3, 2))


def answered(
    one: Preset, task: Preset = SEQUENCES, last: bool = True, steps: int = 0
) -> dict[str, np.ndarray]:
    """The gradients file of the layer alone, after some steps with Adam."""
    case = preset(one, *([LAST] if last else []), task=task, optimizer={"type": "adam", "lr": 0.1})
    return engine.gradients(experiment_of(case), steps)


@pytest.mark.parametrize("eps", [1e-5, 0.1])
@pytest.mark.parametrize("task", [SEQUENCES, fixed(wave(3, 4), wave(3, 2))])
def test_that_layer_norm_is_torchs(task: Preset, eps: float) -> None:
    found = answered(layer("layer_norm", eps=eps), task, task is SEQUENCES, steps=3)
    norm = nn.LayerNorm(4, eps)
    with torch.no_grad():
        norm.weight.copy_(torch.from_numpy(found["param/layernorm1/weight"]))
        norm.bias.copy_(torch.from_numpy(found["param/layernorm1/bias"]))
        expected = norm(torch.from_numpy(found["x"])).numpy()
    np.testing.assert_allclose(found["output/layernorm1"], expected, rtol=1e-5, atol=1e-6)
    assert found["param/layernorm1/bias"].any()


def test_that_an_embedding_is_torchs() -> None:
    found = answered(layer("embedding", size=5), SYMBOLS_TASK, steps=3)
    rows = nn.Embedding.from_pretrained(torch.from_numpy(found["param/embedding1/weight"]), freeze=False)
    output = rows(torch.from_numpy(found["x"]))
    output.backward(torch.from_numpy(found["output_grad/embedding1"]))
    np.testing.assert_array_equal(found["output/embedding1"], output.detach().numpy())
    assert rows.weight.grad is not None
    np.testing.assert_allclose(
        found["grad/embedding1/weight"], rows.weight.grad.numpy(), rtol=1e-5, atol=1e-8
    )


def test_that_the_mean_over_time_is_the_mean() -> None:
    found = answered(layer("mean_over_time"), last=False)
    np.testing.assert_allclose(found["output/meanovertime1"], found["x"].mean(1), rtol=1e-6, atol=1e-7)


def test_that_a_flat_sequence_begins_with_its_first_timestep() -> None:
    found = answered(layer("flatten"), last=False)
    np.testing.assert_array_equal(found["output/flatten1"], found["x"].reshape(3, 24))


def reservoir(units: int, seed: int = 0, **settings: Any) -> np.ndarray:
    described = EchoState(id="e", units=units, **settings)
    drawn = draw_reservoir(described, 3, torch.Generator().manual_seed(seed))
    return drawn["weight_hh"].double().numpy()


def spectral_radius(matrix: np.ndarray) -> float:
    return float(np.abs(np.linalg.eigvals(matrix)).max())


@pytest.mark.parametrize("radius", [0.0, 0.5, 0.9, 1.5, 100.0])
@pytest.mark.parametrize("sparsity", [0.0, 0.5, 0.9, 0.99])
def test_that_a_reservoir_has_the_radius_and_the_share_of_zeros_asked_for(
    sparsity: float, radius: float
) -> None:
    w = reservoir(100, sparsity=sparsity, spectral_radius=radius)
    assert spectral_radius(w) == pytest.approx(radius, rel=1e-4)
    if radius > 0:
        assert np.mean(w == 0) == pytest.approx(sparsity, abs=1e-9)


@pytest.mark.parametrize("units", [1, 2, 3, 5, 10])
def test_that_a_reservoir_in_which_nothing_comes_back_gets_a_loop(units: int) -> None:
    """So few entries are often nilpotent: without a loop no factor gives them a spectral radius."""
    for seed in range(50):
        w = reservoir(units, seed, sparsity=0.95)
        assert np.count_nonzero(w) == max(units * units - round(0.95 * units * units), 1)
        assert spectral_radius(w) == pytest.approx(0.9, rel=1e-3)


def test_that_reservoirs_differ_by_seed_and_are_the_same_for_the_same_seed() -> None:
    assert np.array_equal(reservoir(30, 1), reservoir(30, 1))
    assert not np.array_equal(reservoir(30, 1), reservoir(30, 2))


def test_that_inputs_reach_the_reservoir_by_their_number_and_its_biases_are_zero() -> None:
    drawn = draw_reservoir(EchoState(id="e", units=500), 16, torch.Generator().manual_seed(0))
    assert 0.24 < drawn["weight_ih"].abs().max() <= 0.25
    assert not drawn["bias_ih"].any()
    assert not drawn["bias_hh"].any()


def test_that_a_reservoir_does_not_change_in_training_and_still_has_gradients() -> None:
    one = layer("echo_state", units=20, leak=0.5)
    before, after = answered(one), answered(one, steps=5)
    for name in ("weight_ih", "weight_hh", "bias_ih", "bias_hh"):
        np.testing.assert_array_equal(before[f"param/echostate1/{name}"], after[f"param/echostate1/{name}"])
        assert after[f"grad/echostate1/{name}"].any()
    assert not np.array_equal(before["param/output/weight"], after["param/output/weight"])
